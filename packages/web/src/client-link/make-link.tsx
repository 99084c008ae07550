import { Button, Group, List, Modal, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { LinkKind } from "@trellis/domain/client-link/client-link";
import { linkDays } from "@trellis/domain/client-link/what-is-shown";
import { useState } from "react";
import { type MadeLink, when } from "../answer-link/answer-links.ts";
import { LinkAddress } from "../answer-link/link-address.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import {
  type ClientLink,
  clientLinksChanged,
  clientLinksQuery,
  isLive,
  linkWords,
  makeClientLink,
  withdrawClientLink,
} from "./client-links.ts";

interface Props {
  readonly clientId: string;
  readonly kind: LinkKind;
  /** The homework or review; none for a document, of which the newest finished version is shown. */
  readonly subjectId?: string;
  /** What the button says. */
  readonly label?: string;
  readonly size?: "sm" | "md" | "compact-md";
}

const opens: Record<LinkKind, string> = {
  homework: "the homework, with its form to fill in",
  review: "a few questions on how it is going",
  "safety-plan": "the safety plan, with every number one tap away",
  "relapse-plan": "the plan for staying well, with every number one tap away",
};

/** How long a link of this kind works, in words. */
const lives = (kind: LinkKind) => (linkDays[kind] === 365 ? "a year" : `${linkDays[kind] / 7} weeks`);

/** Makes a private link for the client's phone, shows it once, and says how the links made so far stand. */
export function MakeLink({ clientId, kind, subjectId, label = "Send to the phone", size = "sm" }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" size={size} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open && (
        <Modal opened onClose={() => setOpen(false)} title="A private link" size="lg">
          <Links clientId={clientId} kind={kind} subjectId={subjectId ?? null} />
        </Modal>
      )}
    </>
  );
}

function Links({ clientId, kind, subjectId }: { readonly clientId: string; readonly kind: LinkKind; readonly subjectId: string | null }) {
  const links = useQuery(clientLinksQuery(clientId));
  // Kept until it has arrived, so that clicking again after an answer that got lost makes one link.
  const [id, setId] = useState(newId);
  const [made, setMade] = useState<MadeLink | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [said, setSaid] = useState("");
  const mine = links.data?.links.filter((link) => link.kind === kind && link.subjectId === subjectId) ?? [];
  const live = mine.filter((link) => isLive(link) && link.id !== made?.id);

  async function doing(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
    } finally {
      setBusy(false);
      void clientLinksChanged(clientId);
    }
  }

  return (
    <Stack>
      <ErrorSummary title="That did not work" error={error} attempt={attempt} />
      {made === null ? (
        <>
          <Text>
            It opens {opens[kind]}, on your client’s own phone and without an account. The page names nobody. It works for {lives(kind)}
            {kind === "homework" || kind === "review"
              ? ", in the browser where it is opened first"
              : ", without a connection too once it was opened"}
            .
          </Text>
          <Group>
            <Button
              loading={busy}
              data-autofocus
              onClick={() =>
                void doing(async () => {
                  setMade(await makeClientLink(clientId, { id, kind, subjectId }));
                  setId(newId());
                })
              }
            >
              {live.length === 0 ? "Make the link" : "Make another link"}
            </Button>
          </Group>
        </>
      ) : (
        <>
          <LinkAddress made={made}>
            <Title order={3} size="h3">
              What to tell your client
            </Title>
            <List spacing={4}>
              {tell(kind, made).map((words) => (
                <List.Item key={words}>{words}</List.Item>
              ))}
            </List>
          </LinkAddress>
          <Text>Send it in the way that you two have agreed on. A message that others may see should not say what it is about.</Text>
        </>
      )}
      {live.map((link) => (
        <LinkLine
          key={link.id}
          link={link}
          onWithdraw={() =>
            void doing(async () => {
              await withdrawClientLink(clientId, link.id);
              setSaid("The link is withdrawn.");
            })
          }
        />
      ))}
      <p role="status" style={{ margin: 0 }}>
        {said}
      </p>
    </Stack>
  );
}

function tell(kind: LinkKind, made: MadeLink): readonly string[] {
  const until = when(made.expiresAt);
  if (kind === "homework" || kind === "review")
    return [
      `It works in the browser where it is opened first, until ${until}.`,
      "There is no name on the page. What is typed is saved at once: the same link goes on where it was.",
      "What is written there is not read at once. In danger, call for help and do not wait.",
    ];
  return [
    `It works until ${until}, and always shows the newest finished version.`,
    "Open it once with a connection: from then on it opens without one. It stays on the phone until it is forgotten there.",
    "Put it on the home screen and open it there once, so that it is at hand on a bad day.",
  ];
}

function LinkLine({ link, onWithdraw }: { readonly link: ClientLink; readonly onWithdraw: () => void }) {
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
      <div>
        <Text>{linkWords(link)}</Text>
        <Text size="sm" c="dimmed">
          Made {when(link.createdAt)} by {link.createdBy}
        </Text>
      </div>
      <Button variant="default" size="compact-md" style={{ flex: "none" }} onClick={onWithdraw}>
        Withdraw
      </Button>
    </Group>
  );
}
