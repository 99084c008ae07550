import { Link } from "@tanstack/react-router";
import { dayOf, formatDate } from "@trellis/domain/calendar/date";
import { openHomework } from "@trellis/domain/homework/open-homework";
import type { Measure } from "@trellis/domain/measures/measure";
import { nextSession } from "@trellis/domain/outline/follow-course";
import { comingSessions, unrecordedSessions, whenWords } from "@trellis/domain/schedule/coming-session";
import { modalityWords } from "@trellis/domain/schedule/schedule-words";
import type { Chart } from "../api/clients.ts";
import { useSignedIn } from "../api/session.ts";
import { type Treatment, useTreatment } from "../api/treatment.ts";
import { useEngagement } from "../engagement/use-engagement.ts";
import { AuthorizationWarnings } from "../schedule/authorization-warnings.tsx";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import classes from "./client.module.css";

interface Line {
  readonly name: string;
  readonly words: string;
  readonly to: string;
  /** Worth a look today. */
  readonly standsOut?: boolean;
}

/** Where the treatment stands, one line for each of its parts, and each line the way there. */
export function TreatmentCard({ chart, measures }: { readonly chart: Chart; readonly measures: readonly Measure[] }) {
  const treatment = useTreatment(chart.id);
  const today = useToday();
  const { timeZone } = useSignedIn().practice;
  const { drops } = useEngagement(chart, treatment, measures);
  const lines: Line[] = [
    sessionLine(treatment, today),
    homeworkLine(treatment, today),
    courseLine(treatment),
    ...reviewLine(chart, treatment, today),
    {
      name: "Engagement",
      words: drops.length === 0 ? "Nothing stands out" : drops.map(({ words }) => words).join(" "),
      to: "engagement",
      standsOut: drops.length > 0,
    },
    safetyLine(treatment, timeZone),
    { name: "When it does not work", words: decisionWords(treatment), to: "not-working" },
    {
      name: "Ending",
      words:
        chart.episode?.endedOn != null
          ? `Treatment ended ${formatDate(chart.episode.endedOn)}`
          : chart.episode?.plannedEnd != null
            ? `Last session planned for ${formatDate(chart.episode.plannedEnd)}`
            : "Not planned yet",
      to: "ending",
    },
  ];
  return (
    <Card title="Treatment">
      <AuthorizationWarnings clientId={chart.id} />
      <ul className={classes.plain}>
        {lines.map(({ name, words, to, standsOut }) => (
          <li key={name}>
            <Link to={addressOf(chart.id, to)} className={classes.glance ?? ""}>
              <span className={classes.rowTitle}>{name}</span>{" "}
              <span className={classes.glanceWords} data-stands-out={standsOut || undefined}>
                {words}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const addressOf = (clientId: string, part: string): string => `/clients/${clientId}/${part}`;

function sessionLine({ appointments, sessions }: Treatment, today: string): Line {
  const [next] = comingSessions(appointments, sessions, today);
  const open = unrecordedSessions(appointments, sessions, today).length;
  const when =
    next === undefined
      ? "None planned"
      : `${whenWords(next, today)}${next.detail.modality === "in-person" ? "" : `, ${modalityWords[next.detail.modality].toLowerCase()}`}`;
  const unsaid = open === 0 ? "" : ` · ${open} to record`;
  return { name: "Next session", words: `${when}${unsaid}`, to: "sessions", standsOut: open > 0 };
}

function homeworkLine({ homework }: Treatment, today: string): Line {
  const open = openHomework(homework, today);
  const ready = open.filter(({ state }) => state !== "under-way").length;
  const [first] = open;
  const what = first === undefined ? "None open" : open.length === 1 ? first.content.title : `${open.length} open`;
  return { name: "Homework", words: `${what}${ready === 0 ? "" : " · to look at"}`, to: "homework", standsOut: ready > 0 };
}

function courseLine({ outlines }: Treatment): Line {
  const running = outlines.findLast(({ content }) => nextSession(content) !== null)?.content;
  const next = running === undefined ? null : nextSession(running);
  return {
    name: "Course of sessions",
    words:
      next === null || running === undefined
        ? "Follows none"
        : `${next.number} of ${running.outline.sessions.length}: ${next.session.title}`,
    to: "outline",
  };
}

/** Nothing while there is no plan in force to review. */
function reviewLine({ plans, episode }: Chart, { reviews }: Treatment, today: string): Line[] {
  const plan = plans.find(({ status }) => status === "active");
  if (plan === undefined || plan.reviewDue === null || episode?.endedOn != null) return [];
  const draft = plans.find(({ status }) => status === "draft");
  if (draft !== undefined) return [{ name: "Review", words: "The next revision is being written", to: `plan/${draft.id}` }];
  const begun = reviews.find(({ state }) => state === "open");
  const late = plan.reviewDue < today;
  const due = `${late ? "was due" : "due"} ${plan.reviewDue === today ? "today" : formatDate(plan.reviewDue)}`;
  return [
    {
      name: "Review",
      words: begun === undefined ? `${due.slice(0, 1).toUpperCase()}${due.slice(1)}` : `Begun, ${due}`,
      to: `review/${begun?.id ?? "new"}`,
      standsOut: plan.reviewDue <= today,
    },
  ];
}

function safetyLine({ documents }: Treatment, timeZone: string): Line {
  const versions = documents.filter(({ kind }) => kind === "safety-plan");
  const finished = versions.findLast(({ finishedAt }) => finishedAt !== null);
  const draft = versions.some(({ finishedAt }) => finishedAt === null);
  const words =
    finished?.finishedAt == null
      ? draft
        ? "Begun, not finished"
        : "None yet"
      : `Version ${finished.revision}, ${formatDate(dayOf(finished.finishedAt, timeZone))}${draft ? " · the next one is begun" : ""}`;
  return { name: "Safety plan", words, to: "safety" };
}

function decisionWords({ decisions }: Treatment): string {
  const last = decisions.at(-1);
  return last === undefined ? "What can be done then, step by step" : `Last decided ${formatDate(last.content.on)}`;
}
