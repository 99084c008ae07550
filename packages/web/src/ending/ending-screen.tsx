import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { RelapsePlan } from "@trellis/domain/client-document/relapse-plan";
import { type CriterionState, criteriaMet } from "@trellis/domain/ending/discharge-criteria";
import { firstDayOf } from "@trellis/domain/ending/draft-summary";
import { lastSessionHeld, stillOpen } from "@trellis/domain/ending/still-open";
import { taperProposal } from "@trellis/domain/ending/taper";
import type { CriterionJudgement, EpisodeEnd } from "@trellis/domain/episode/episode";
import { endOutcomeWords, endReasonWords } from "@trellis/domain/episode/episode-words";
import { Intake } from "@trellis/domain/intake/intake";
import type { ApproachId } from "@trellis/domain/library/approach";
import type { Measure } from "@trellis/domain/measures/measure";
import type { Plan } from "@trellis/domain/plan/plan";
import { useMemo, useState } from "react";
import type { Chart } from "../api/clients.ts";
import { type Ending, endingQuery, episodeChanged, resumeEpisode, saveCourseOfEnding } from "../api/ending.ts";
import { planQuery } from "../api/plans.ts";
import { type Treatment, useTreatment } from "../api/treatment.ts";
import { useChart } from "../client/use-chart.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { useMeasures } from "../give-measure/use-measures.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { CriteriaCard } from "./criteria-card.tsx";
import { EarlierEpisodes } from "./earlier-episodes.tsx";
import { EndDialog } from "./end-dialog.tsx";
import classes from "./ending.module.css";
import { FollowUpsCard } from "./follow-ups-card.tsx";
import { ReopenDialog } from "./reopen-dialog.tsx";
import { SummaryCard } from "./summary-card.tsx";
import { TaperCard } from "./taper-card.tsx";
import { followUpMeasures, usualMeasures } from "./what-to-ask.ts";

/** How a treatment comes to its end, and what is left of it: criteria, fewer sessions, the summary, the end itself, follow-ups and coming back. */
export function EndingScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/ending" });
  const chart = useChart(clientId);
  const treatment = useTreatment(clientId);
  const measures = useMeasures(chart);
  const ending = useQuery(endingQuery(clientId));
  // The signed revision, whatever is being drafted beside it.
  const signed = chart.plans.find(({ status }) => status === "active") ?? chart.plans.find(({ status }) => status === "completed");
  const plan = useQuery({ ...planQuery(signed?.id ?? "", signed?.revision ?? 1), enabled: signed !== undefined, staleTime: 60_000 });
  usePageTitle(`Ending · ${initials(chart.client.name)}`);
  const fault = measures.error ?? ending.error ?? plan.error;
  if (fault !== null) return <PageFault error={fault} retry={() => void ending.refetch()} />;
  if (measures.data === undefined || ending.data === undefined || (signed !== undefined && plan.data === undefined))
    return <Waiting what="how treatment ends" />;
  return <EndingPage chart={chart} treatment={treatment} measures={measures.data} ending={ending.data} plan={plan.data?.plan ?? null} />;
}

interface Props {
  readonly chart: Chart;
  readonly treatment: Treatment;
  readonly measures: readonly Measure[];
  readonly ending: Ending;
  /** The newest signed revision; of a new episode without a plan of its own, that of the episode before. */
  readonly plan: Plan | null;
}

function EndingPage({ chart, treatment, measures, ending, plan }: Props) {
  const today = useToday();
  const [said, setSaid] = useState("");
  const current = treatment.episodes.at(-1);
  const ended = current?.content.endedOn != null;
  const [freshId] = useState(newId);
  const episode = {
    id: current?.id ?? freshId,
    version: current?.version ?? 0,
    openedOn: current?.content.openedOn ?? firstDayOf(chart.sessions, chart.plans, chart.administrations, today),
  };
  const fit = useMemo(() => followUpMeasures(chart, measures), [chart, measures]);
  const number = current?.content.number ?? 1;
  return (
    <div className={classes.page}>
      <PageHeading
        lead={
          ended
            ? `Treatment ended on ${formatDate(current.content.endedOn ?? today)}.`
            : `${number > 1 ? `Episode ${number}, since` : "In treatment since"} ${formatDate(episode.openedOn)}.`
        }
      >
        Ending
      </PageHeading>
      <p role="status" style={{ margin: said === "" ? 0 : "0 0 1rem", fontWeight: 600 }}>
        {said}
      </p>
      <Stack gap="lg">
        {current !== undefined && ended ? (
          <>
            <Ended chart={chart} treatment={treatment} plan={plan} today={today} onDone={setSaid} />
            <FollowUpsCard chart={chart} episode={current} measures={measures} fit={fit} today={today} />
          </>
        ) : (
          <TowardsTheEnd chart={chart} treatment={treatment} measures={measures} plan={plan} episode={episode} today={today} />
        )}
        <StayingWellCard clientId={chart.id} treatment={treatment} />
        <SummaryCard clientId={chart.id} summaries={ending.summaries} ended={ended} />
        {!ended && (
          <EndCard
            chart={chart}
            treatment={treatment}
            measures={measures}
            fit={fit}
            episode={episode}
            links={ending.links}
            today={today}
            onEnded={setSaid}
          />
        )}
        <EarlierEpisodes episodes={treatment.episodes.map(({ content }) => content)} />
      </Stack>
    </div>
  );
}

type EpisodeNow = { readonly id: string; readonly version: number; readonly openedOn: string };

function TowardsTheEnd({
  chart,
  treatment,
  measures,
  plan,
  episode,
  today,
}: Pick<Props, "chart" | "treatment" | "measures" | "plan"> & { readonly episode: EpisodeNow; readonly today: string }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const current = treatment.episodes.at(-1)?.content;
  const judgements = current?.criteria ?? [];
  const risk = useMemo(() => Intake.parse({ risk: chart.intake.risk?.content ?? {} }).risk, [chart.intake.risk]);
  const inForce = chart.plans.some(({ status }) => status === "active");
  const criteria = useMemo(
    (): readonly CriterionState[] =>
      plan === null || !inForce
        ? []
        : criteriaMet(plan, { measures, administrations: chart.administrations, risk }, { notes: treatment.notes, judgements }, today),
    [plan, inForce, measures, chart.administrations, risk, treatment.notes, judgements, today],
  );

  async function save(course: { readonly criteria?: readonly CriterionJudgement[]; readonly plannedEnd?: string | null }): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await saveCourseOfEnding(chart.id, episode, { criteria: judgements, plannedEnd: current?.plannedEnd ?? null, ...course });
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
    }
    await episodeChanged(chart.id);
    setBusy(false);
  }

  if (plan === null || !inForce)
    return (
      <EmptyState
        icon="leaf"
        title="No signed plan yet"
        action={
          <Button component={Link} to={`/clients/${chart.id}`}>
            Go to the overview
          </Button>
        }
      >
        A plan says when therapy can end. Once it is signed, its discharge criteria are followed here. Treatment can be ended all the same,
        below.
      </EmptyState>
    );
  const others = (id: string) => judgements.filter(({ criterionId }) => criterionId !== id);
  return (
    <>
      <ErrorSummary title="It was not saved" error={error} attempt={attempt} />
      {criteria.length === 0 ? (
        <Card title="When therapy can end">
          <Text c="dimmed">The plan names neither discharge criteria nor objectives. The next revision can say when therapy can end.</Text>
        </Card>
      ) : (
        <CriteriaCard
          criteria={criteria}
          today={today}
          busy={busy}
          onJudge={(id, judgement) => void save({ criteria: judgement === null ? others(id) : [...others(id), judgement] })}
        />
      )}
      <TaperCard
        clientId={chart.id}
        proposal={taperProposal(plan, criteria, { risk, lastSession: lastSessionHeld(chart.sessions), today })}
        plannedEnd={current?.plannedEnd ?? null}
        today={today}
        busy={busy}
        onPlan={(plannedEnd) => void save({ plannedEnd })}
      />
    </>
  );
}

function newestRelapsePlan(treatment: Treatment): { readonly finishedAt: string | null; readonly content: RelapsePlan } | null {
  const documents = treatment.documents.filter(({ kind }) => kind === "relapse-plan");
  const document = documents.findLast(({ finishedAt }) => finishedAt !== null) ?? documents.at(-1);
  const parsed = document === undefined ? null : RelapsePlan.safeParse(document.content);
  return document === undefined || parsed?.success !== true ? null : { finishedAt: document.finishedAt, content: parsed.data };
}

function StayingWellCard({ clientId, treatment }: { readonly clientId: string; readonly treatment: Treatment }) {
  const document = newestRelapsePlan(treatment);
  return (
    <Card
      title="Plan for staying well"
      actions={
        <Link to="/clients/$clientId/safety" params={{ clientId }}>
          {document === null ? "Begin it together" : "Open"}
        </Link>
      }
    >
      <Text c="dimmed">
        {document === null
          ? "What helped, early signs, what to do when it comes back. What your client takes along is made together, before the last session."
          : document.finishedAt === null
            ? "It is begun and not finished yet."
            : `Finished ${formatDate(document.finishedAt.slice(0, 10))}. It is in the summary.`}
      </Text>
    </Card>
  );
}

function EndCard({
  chart,
  treatment,
  measures,
  fit,
  episode,
  links,
  today,
  onEnded,
}: Pick<Props, "chart" | "treatment" | "measures"> & {
  readonly fit: readonly Measure[];
  readonly episode: EpisodeNow;
  readonly links: number;
  readonly today: string;
  readonly onEnded: (words: string) => void;
}) {
  const [asked, setAsked] = useState<EpisodeEnd["reason"] | "any" | null>(null);
  const running = { ...treatment, alerts: chart.alerts, plans: chart.plans, links };
  const things = stillOpen(running, today);
  return (
    <Card title="End treatment">
      {things.length === 0 ? (
        <Text c="dimmed" mb="sm">
          Nothing is open. The plan is completed with the treatment, and nothing more is due.
        </Text>
      ) : (
        <ul className={classes.because} style={{ marginBottom: "0.9rem" }}>
          {things.map(({ kind, words }) => (
            <li key={kind}>{words}</li>
          ))}
        </ul>
      )}
      <Group>
        <Button onClick={() => setAsked("any")}>End treatment…</Button>
        <Button variant="default" onClick={() => setAsked("lost-contact")}>
          The client stopped coming…
        </Button>
      </Group>
      {asked !== null && (
        <EndDialog
          clientId={chart.id}
          episode={episode}
          reason={asked === "any" ? null : asked}
          lastSession={lastSessionHeld(chart.sessions)}
          today={today}
          open={(endsOn) => stillOpen(running, endsOn)}
          measures={fit}
          usual={usualMeasures(chart, measures)}
          onClose={() => setAsked(null)}
          onEnded={(words) => {
            setAsked(null);
            onEnded(words);
          }}
        />
      )}
    </Card>
  );
}

/** The approach that most interventions of a plan are of. */
function mainApproach(plan: Plan | null): ApproachId | null {
  const counts = new Map<ApproachId, number>();
  for (const { approach, format } of plan?.interventions ?? [])
    if (format !== "coordination") counts.set(approach, (counts.get(approach) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function Ended({
  chart,
  treatment,
  plan,
  today,
  onDone,
}: Pick<Props, "chart" | "treatment" | "plan"> & { readonly today: string; readonly onDone: (words: string) => void }) {
  const [reopening, setReopening] = useState(false);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const current = treatment.episodes.at(-1);
  if (current === undefined || current.content.endedOn === null) return null;
  const { openedOn, endedOn, end } = current.content;

  async function resume(version: number): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await resumeEpisode(chart.id, version);
      await episodeChanged(chart.id);
      onDone("Treatment goes on. What was taken out of the calendar has to be planned anew.");
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }

  return (
    <Card title={end === null ? "Treatment has ended" : endReasonWords[end.reason]}>
      <ErrorSummary title="It was not changed" error={error} attempt={attempt} />
      <Text>
        {formatDate(openedOn)} to {formatDate(endedOn)}
        {end === null ? "" : ` · Outcome: ${endOutcomeWords[end.outcome].toLowerCase()}`}
      </Text>
      {end !== null && end.detail !== "" && (
        <Text mt="xs" style={{ whiteSpace: "pre-wrap" }}>
          <bdi>{end.detail}</bdi>
        </Text>
      )}
      {chart.alerts.length > 0 && (
        <Alert color="straw" mt="sm" title="An alert is open">
          <Link to="/clients/$clientId/alerts" params={{ clientId: chart.id }}>
            Look at it
          </Link>
        </Alert>
      )}
      <Group mt="md">
        <Button variant="default" onClick={() => setReopening(true)}>
          The client comes back…
        </Button>
        <Button variant="subtle" loading={busy} onClick={() => void resume(current.version)}>
          Ended by mistake: go on
        </Button>
      </Group>
      {reopening && (
        <ReopenDialog
          clientId={chart.id}
          last={{ openedOn, endedOn, end }}
          approach={mainApproach(plan)}
          whatHelped={(newestRelapsePlan(treatment)?.content.whatHelped ?? []).join("; ")}
          today={today}
          onClose={() => setReopening(false)}
          onBegun={(words) => {
            setReopening(false);
            onDone(words);
          }}
        />
      )}
    </Card>
  );
}
