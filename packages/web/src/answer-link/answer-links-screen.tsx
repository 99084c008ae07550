import { Button, Checkbox, Group, List, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { Measure } from "@trellis/domain/measures/measure";
import { useEffect, useRef, useState } from "react";
import type { Chart } from "../api/clients.ts";
import { queryClient } from "../api/query-client.ts";
import { useChart } from "../client/use-chart.ts";
import { SelectField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { useMeasures } from "../give-measure/use-measures.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import {
  type AnswerLink,
  answerableMeasures,
  answerLinksQuery,
  choices,
  lastAnswered,
  type MadeLink,
  makeAnswerLink,
  stateWords,
  when,
  withdrawAnswerLink,
} from "./answer-links.ts";
import { LinkAddress } from "./link-address.tsx";

/** Makes a private link by which the client answers on their own phone, and shows how those made so far stand. */
export function AnswerLinksScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/answer-links" });
  const chart = useChart(clientId);
  const measures = useMeasures(chart);
  usePageTitle(`Private links · ${initials(chart.client.name)}`);
  if (measures.error !== null) return <PageFault error={measures.error} retry={measures.refetch} />;
  if (measures.data === undefined) return <Waiting what="the measures" />;
  return (
    <Stack gap="lg" maw="56rem">
      <PageHeading lead="Your client answers on their own phone or computer, without an account. The page names nobody, and the answers come straight into the chart.">
        Send a link
      </PageHeading>
      <NewLink chart={chart} measures={answerableMeasures(measures.data, chart)} />
      <LinksSoFar clientId={clientId} measures={measures.data} />
      <Text>
        <Link to="/clients/$clientId/measures" params={{ clientId }}>
          Back to the measures
        </Link>
      </Text>
    </Stack>
  );
}

const lifetimes = [
  { value: "1", label: "1 hour" },
  { value: "12", label: "12 hours" },
  { value: "24", label: "1 day" },
  { value: "72", label: "3 days" },
  { value: "168", label: "1 week" },
  { value: "336", label: "2 weeks" },
  { value: "720", label: "30 days" },
] as const;

function NewLink({ chart, measures }: { readonly chart: Chart; readonly measures: readonly Measure[] }) {
  const today = useToday();
  const { words, due } = lastAnswered(measures, chart, today);
  const [chosen, setChosen] = useState<readonly string[]>(due);
  const [hours, setHours] = useState<(typeof lifetimes)[number]["value"]>("72");
  const [made, setMade] = useState<MadeLink | null>(null);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setAttempt((n) => n + 1);
    setError(undefined);
    setProblems(chosen.length === 0 ? new Map([["/measures", "Choose at least one measure."]]) : noProblems);
    if (chosen.length === 0) return;
    setBusy(true);
    try {
      setMade(await makeAnswerLink(chart.id, chosen, Number(hours)));
      await queryClient.invalidateQueries({ queryKey: answerLinksQuery(chart.id).queryKey });
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught));
      setAttempt((n) => n + 1);
    } finally {
      setBusy(false);
    }
  }

  if (made !== null) return <Made made={made} onAnother={() => setMade(null)} />;
  return (
    <Card title="A new link">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <ErrorSummary title="The link is not made yet" error={error} problems={problems} attempt={attempt} />
          <Checkbox.Group
            label="What to ask"
            description={due.length > 0 ? "What is due again is chosen already." : undefined}
            size="md"
            value={[...chosen]}
            onChange={setChosen}
            error={problems.get("/measures")}
            errorProps={{ mt: "sm" }}
          >
            <Stack gap="sm" mt="xs">
              {choices(measures, chart, today).map((group) => (
                <div key={group.title}>
                  <Text size="sm" c="dimmed" mb={4}>
                    {group.title}
                  </Text>
                  <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
                    {group.measures.map(({ id, name, title, items }) => (
                      <Checkbox
                        key={id}
                        value={id}
                        label={name}
                        description={`${title}: ${items.length} questions${words.has(id) ? `, ${words.get(id)}` : ""}`}
                      />
                    ))}
                  </SimpleGrid>
                </div>
              ))}
            </Stack>
          </Checkbox.Group>
          <div style={{ maxWidth: "16rem" }}>
            <SelectField
              label="It works for"
              description="From now on, and once."
              value={hours}
              choices={lifetimes}
              onChange={setHours}
              error={problems.get("/hours")}
            />
          </div>
          <Group>
            <Button type="submit" size="lg" loading={busy}>
              Make the link
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

/** A link that was just made: its address is shown this once. */
function Made({ made, onAnother }: { readonly made: MadeLink; readonly onAnother: () => void }) {
  // The form that had the focus is gone.
  const heading = useRef<HTMLSpanElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Card
      title={
        <span ref={heading} tabIndex={-1} style={{ outline: "none" }}>
          The link is made
        </span>
      }
    >
      <Stack>
        <LinkAddress made={made}>
          <Title order={3} size="h3">
            What to tell your client
          </Title>
          <List spacing={4}>
            <List.Item>It works once, in the browser where it is begun, until {when(made.expiresAt)}.</List.Item>
            <List.Item>There is no name on the page. Each answer is saved at once: after an interruption, the same link goes on.</List.Item>
            <List.Item>The answers are not read at once. In danger, call for help and do not wait.</List.Item>
            <List.Item>Whoever has the link first can answer it: do not pass it on.</List.Item>
          </List>
        </LinkAddress>
        <Text>Send it in the way that you two have agreed on. A message that others may see should not say what it is about.</Text>
        <Group>
          <Button variant="default" onClick={onAnother}>
            Make another link
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

function LinksSoFar({ clientId, measures }: { readonly clientId: string; readonly measures: readonly Measure[] }) {
  const links = useQuery(answerLinksQuery(clientId));
  const [said, setSaid] = useState("");
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const nameOf = (id: string) => measures.find((measure) => measure.id === id)?.name ?? id;
  const again = () => queryClient.invalidateQueries({ queryKey: answerLinksQuery(clientId).queryKey });

  async function withdraw({ id }: AnswerLink): Promise<void> {
    setError(undefined);
    try {
      await withdrawAnswerLink(clientId, id);
      setSaid("The link is withdrawn.");
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
    }
    await again();
  }

  if (links.error !== null) return <PageFault error={links.error} retry={() => void links.refetch()} />;
  return (
    <Card
      title="Links so far"
      actions={
        <Button variant="subtle" size="compact-md" loading={links.isFetching} onClick={() => void again()}>
          Look again
        </Button>
      }
    >
      <ErrorSummary title="The link was not withdrawn" error={error} attempt={attempt} />
      <Stack gap="sm">
        {links.data?.links.length === 0 && (
          <Text c="dimmed">None yet. A link that you make stands here until it is answered, and after.</Text>
        )}
        {links.data?.links.map((link) => (
          <Group key={link.id} justify="space-between" gap="sm">
            <div style={{ flex: "1 1 16rem" }}>
              <Text fw={600}>{link.measures.map(nameOf).join(", ")}</Text>
              <Text>{stateWords(link)}</Text>
              <Text size="sm" c="dimmed">
                Made {when(link.createdAt)} by {link.createdBy}
              </Text>
            </div>
            {(link.state === "open" || link.state === "opened") && (
              <Button variant="default" size="compact-md" onClick={() => void withdraw(link)}>
                Withdraw
                <span style={{ position: "absolute", clipPath: "inset(50%)" }}> the link for {link.measures.map(nameOf).join(", ")}</span>
              </Button>
            )}
          </Group>
        ))}
      </Stack>
      <p role="status" style={{ margin: 0 }}>
        {said}
      </p>
    </Card>
  );
}
