import { Alert, Button, Group, List, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { dayOf, formatDate } from "@trellis/domain/calendar/date";
import { useEffect, useRef, useState } from "react";
import { calendarFeedsQuery, type FeedNaming, type MadeFeed, makeCalendarFeed, withdrawCalendarFeed } from "../api/schedule.ts";
import { hasRole, useSignedIn } from "../api/session.ts";
import { ChoiceField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault } from "../shell/waiting.tsx";
import { CopyField } from "./copy-field.tsx";

const namingWords: Record<FeedNaming, string> = { initials: "Initials", nothing: "No name at all", "record-number": "Record number" };

/** A private address under which one's own calendar program shows the sessions. */
export function CalendarFeedScreen() {
  usePageTitle("Calendar address");
  const { member } = useSignedIn();
  if (!hasRole(member, "owner", "clinician", "supervisor"))
    return (
      <>
        <PageHeading>Calendar</PageHeading>
        <EmptyState icon="lock" title="For those who treat">
          Sessions belong to the chart, and charts are closed to the front desk.
        </EmptyState>
      </>
    );
  return (
    <div style={{ maxWidth: "46rem" }}>
      <PageHeading lead="Your sessions in the calendar of your phone or computer, to look at. They are planned and changed here.">
        Calendar
      </PageHeading>
      <Stack gap="lg">
        <NewFeed />
        <Feeds />
      </Stack>
    </div>
  );
}

function NewFeed() {
  const [naming, setNaming] = useState<FeedNaming>("initials");
  const [id, setId] = useState(newId);
  const [made, setMade] = useState<MadeFeed | null>(null);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  async function make(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      setMade(await makeCalendarFeed(id, naming));
    } catch (caught) {
      setError(caught);
    } finally {
      // An address whose answer got lost is known to nobody: the next attempt makes another.
      setId(newId());
      setBusy(false);
    }
  }

  if (made !== null) return <Made made={made} onDone={() => setMade(null)} />;
  return (
    <Card title="A private address">
      <Stack>
        <ErrorSummary title="The address was not made" error={error} />
        <ChoiceField
          label="How clients are named in it"
          value={naming}
          stacked
          choices={[
            { value: "initials", label: namingWords.initials, description: "“R. E.”" },
            { value: "nothing", label: namingWords.nothing, description: "Every session is called “Session”." },
            { value: "record-number", label: namingWords["record-number"] },
          ]}
          onChange={setNaming}
        />
        <Text size="sm" c="dimmed">
          Never in it: names, rooms and addresses, the names of groups, and what a session is about.
        </Text>
        <Group>
          <Button loading={busy} onClick={() => void make()}>
            Make the address
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

function Made({ made, onDone }: { readonly made: MadeFeed; readonly onDone: () => void }) {
  const heading = useRef<HTMLSpanElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Card
      title={
        <span ref={heading} tabIndex={-1} style={{ outline: "none" }}>
          The address is made
        </span>
      }
    >
      <Stack>
        {!made.publicAddress && (
          <Alert color="straw" title="Can your calendar reach this address?">
            Trellis has no public address here, so that only programs in this network can read it. Whoever looks after the server can set
            one (TRELLIS_ADDRESS).
          </Alert>
        )}
        <CopyField label="The address. It is shown this once" text={made.address} />
        <div>
          <Title order={3} size="h4" mb={4}>
            What to do with it
          </Title>
          <List spacing={4}>
            <List.Item>In your calendar program, add a calendar by subscription or “from URL”, and paste it there.</List.Item>
            <List.Item>The program fetches it by itself, usually within some hours of a change.</List.Item>
            <List.Item>
              Whoever has the address sees when you have sessions. Keep it to yourself, and take it back when a device is lost.
            </List.Item>
            <List.Item>A calendar kept by a company is theirs to read: ask whether your practice has an agreement with them.</List.Item>
          </List>
        </div>
        <Group>
          <Button variant="default" onClick={onDone}>
            Done
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

function Feeds() {
  const feeds = useQuery(calendarFeedsQuery);
  const { practice } = useSignedIn();
  const made = (createdAt: string) => formatDate(dayOf(new Date(createdAt).toISOString(), practice.timeZone));
  const [error, setError] = useState<unknown>();
  const [said, setSaid] = useState("");
  async function withdraw(id: string): Promise<void> {
    setError(undefined);
    try {
      await withdrawCalendarFeed(id);
      setSaid("The address is taken back.");
    } catch (caught) {
      setError(caught);
    }
  }
  if (feeds.error !== null) return <PageFault error={feeds.error} retry={() => void feeds.refetch()} />;
  if (feeds.data === undefined || (feeds.data.feeds.length === 0 && said === "")) return null;
  return (
    <Card title="Addresses in use">
      <Stack>
        <ErrorSummary title="The address was not taken back" error={error} />
        <div role="status">{said !== "" && <Text>{said}</Text>}</div>
        {feeds.data.feeds.map(({ id, naming, createdAt, fetchedOn }) => (
          <Group key={id} justify="space-between" gap="sm">
            <div style={{ flex: "1 1 14rem" }}>
              <Text fw={600}>{namingWords[naming]}</Text>
              <Text size="sm" c="dimmed">
                Made {made(createdAt)} · {fetchedOn === null ? "not fetched yet" : `last fetched ${formatDate(fetchedOn)}`}
              </Text>
            </div>
            <Button variant="default" onClick={() => void withdraw(id)} aria-label={`Take back the address of ${made(createdAt)}`}>
              Take it back
            </Button>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
