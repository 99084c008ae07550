import { Badge, Button, Group, Stack, Text, VisuallyHidden } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import { type FollowUpHold, type FollowUpStanding, type FollowUpState, followUpsOf } from "@trellis/domain/ending/follow-up";
import type { Episode } from "@trellis/domain/episode/episode";
import type { Measure } from "@trellis/domain/measures/measure";
import { useState } from "react";
import { type MadeLink, makeAnswerLink } from "../answer-link/answer-links.ts";
import type { Chart } from "../api/clients.ts";
import { episodeChanged, saveFollowUps } from "../api/ending.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { CopyField } from "../settings/copy-field.tsx";
import { Card } from "../shell/card.tsx";
import classes from "./ending.module.css";
import { FollowUpsField } from "./follow-ups-field.tsx";

/** How long a link to a follow-up works, in hours: two weeks, because nobody sits beside the client to send another. */
export const followUpLinkHours = 14 * 24;

const stateWords: Record<FollowUpState, string> = { later: "Planned", due: "Due", answered: "Answered", missed: "Not answered" };
const stateColors: Record<FollowUpState, string> = { later: "stone", due: "straw", answered: "leaf", missed: "stone" };
const holdWords: Record<FollowUpHold, string> = { better: "Better still", held: "Held", slipped: "Slipped", "cannot-tell": "" };
const holdColors: Record<FollowUpHold, string> = { better: "leaf", held: "leaf", slipped: "clay", "cannot-tell": "stone" };

interface Props {
  readonly chart: Chart;
  readonly episode: { readonly version: number; readonly content: Episode };
  readonly measures: readonly Measure[];
  /** Those that can be asked for. */
  readonly fit: readonly Measure[];
  readonly today: string;
}

/** What was agreed for after the end, how the client does since then, and the link to ask with. */
export function FollowUpsCard({ chart, episode, measures, fit, today }: Props) {
  const { end, endedOn } = episode.content;
  const [changing, setChanging] = useState(false);
  if (end === null || endedOn === null) return null;
  const standings = followUpsOf(end.followUps, endedOn, { measures, administrations: chart.administrations }, today);
  const slipped = standings.some(({ results }) => results.some(({ hold }) => hold === "slipped"));
  return (
    <Card
      title="How it is going since the end"
      tone={slipped ? "attention" : "plain"}
      actions={
        !changing && (
          <Button variant="subtle" size="compact-md" onClick={() => setChanging(true)}>
            Change the days
          </Button>
        )
      }
    >
      {slipped && <Text mb="sm">Reliably worse than at the end of treatment. Call, and offer to come back if it is needed.</Text>}
      {changing ? (
        <ChangeFollowUps
          key={episode.version}
          clientId={chart.id}
          version={episode.version}
          before={end.followUps}
          endedOn={endedOn}
          fit={fit}
          onDone={() => setChanging(false)}
        />
      ) : standings.length === 0 ? (
        <Text c="dimmed">No follow-up is planned. Add one to see whether what was reached lasts.</Text>
      ) : (
        <ul className={classes.list}>
          {standings.map((standing) => (
            <Standing
              key={standing.date}
              chart={chart}
              standing={standing}
              asked={end.followUps.find(({ date }) => date === standing.date)?.measures ?? []}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Standing({
  chart,
  standing,
  asked,
}: {
  readonly chart: Chart;
  readonly standing: FollowUpStanding;
  readonly asked: readonly string[];
}) {
  const { date, state, results } = standing;
  return (
    <li className={classes.line}>
      <div style={{ flex: "1 1 18rem" }}>
        <Group gap="xs">
          <Text fw={600}>{formatDate(date)}</Text>
          <Badge color={stateColors[state]}>{stateWords[state]}</Badge>
          {results.map(({ measure, measureName, hold }) =>
            hold === null || hold === "cannot-tell" ? null : (
              <Badge key={measure} color={holdColors[hold]}>
                {results.length > 1 ? `${measureName}: ${holdWords[hold].toLowerCase()}` : holdWords[hold]}
              </Badge>
            ),
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {state === "later" || (state === "due" && results.every(({ hold }) => hold === null))
            ? results.map(({ measureName }) => measureName).join(", ")
            : results.map(({ words }) => words).join(" ")}
        </Text>
      </div>
      {(state === "due" || state === "missed") && (
        <FollowUpLink
          clientId={chart.id}
          measures={asked.filter((id) => results.some(({ measure, hold }) => measure === id && hold === null))}
          whose={`for ${formatDate(date)}`}
        />
      )}
    </li>
  );
}

/** One click to the private link for a follow-up, which is then shown to be copied. */
export function FollowUpLink({
  clientId,
  measures,
  whose,
}: {
  readonly clientId: string;
  readonly measures: readonly string[];
  readonly whose: string;
}) {
  const [made, setMade] = useState<MadeLink | null>(null);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  async function make(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      setMade(await makeAnswerLink(clientId, measures, followUpLinkHours));
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      {made === null && (
        <Button size="compact-md" loading={busy} onClick={() => void make()}>
          Make the link
          <VisuallyHidden> {whose}</VisuallyHidden>
        </Button>
      )}
      {(made !== null || error !== undefined) && (
        <div style={{ flex: "1 0 100%" }}>
          <ErrorSummary title="The link is not made" error={error} attempt={attempt} />
          {made !== null && <CopyField label="The link works for two weeks, once, and is shown this once" text={made.link} />}
        </div>
      )}
    </>
  );
}

function ChangeFollowUps({
  clientId,
  version,
  before,
  endedOn,
  fit,
  onDone,
}: {
  readonly clientId: string;
  readonly version: number;
  readonly before: NonNullable<Episode["end"]>["followUps"];
  readonly endedOn: string;
  readonly fit: readonly Measure[];
  readonly onDone: () => void;
}) {
  const [followUps, setFollowUps] = useState(before);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    setProblems(noProblems);
    try {
      await saveFollowUps(clientId, version, followUps);
      await episodeChanged(clientId);
      onDone();
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught));
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <ErrorSummary title="The follow-ups are not saved" error={error} problems={problems} attempt={attempt} />
        <FollowUpsField
          followUps={followUps}
          endedOn={endedOn}
          measures={fit}
          problems={problems}
          under="/followUps"
          onChange={(next) => {
            setFollowUps(next);
            setProblems(noProblems);
          }}
        />
        <Group>
          <Button type="submit" loading={busy}>
            Save
          </Button>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
