import { formatDate, type IsoDate } from "../calendar/date.ts";
import type { EngagementDrop } from "../engagement/engagement.ts";
import { courseOf } from "../measures/course.ts";
import { type Expectation, noExpectation } from "../measures/expected-course.ts";
import { isReached, isWorkedOn } from "../plan/lifecycle.ts";
import { objectiveText } from "../plan/objective-text.ts";
import type { Plan } from "../plan/plan.ts";
import type { MeasureProgress } from "../progress/progress.ts";
import type { Review } from "../review/review.ts";
import type { CareSign } from "./care-option.ts";

/** A sign in this client's record, with what it is seen by. */
export interface SeenSign {
  readonly sign: CareSign;
  readonly words: string;
}

export interface SignsInput {
  /** The plan in force; `null` before there is one. */
  readonly plan: Plan | null;
  readonly courses: readonly Pick<MeasureProgress, "measure" | "scores">[];
  /** The practice's expected course by measure, with the client's sessions. */
  readonly against?: (measure: string) => Expectation;
  readonly drops: readonly EngagementDrop[];
  /** Oldest first. */
  readonly reviews: readonly { readonly state: "open" | "done" | "abandoned"; readonly content: Pick<Review, "on" | "decided"> }[];
  /** Words of open alerts about danger. */
  readonly riskAlerts: readonly string[];
  readonly today: IsoDate;
}

/** Reviews without anything achieved that are one too many. Payers ask for the reason of going on after as many (a requirement of medical necessity). */
const reviewsInVain = 2;

/** What in a record says that treatment does not work as hoped, the most urgent first. */
export function careSignsOf({ plan, courses, against = () => noExpectation, drops, reviews, riskAlerts, today }: SignsInput): SeenSign[] {
  const signs: SeenSign[] = riskAlerts.map((words) => ({ sign: "risk", words }));
  if (plan?.risk.level === "high" || plan?.risk.level === "imminent")
    signs.push({ sign: "risk", words: `The plan rates the risk as ${plan.risk.level}.` });
  for (const { measure, scores } of courses) {
    const { state, rule } = courseOf(measure, scores, against(measure.id));
    if (state !== "deteriorated" && state !== "no-progress" && state !== "little-progress") continue;
    const first = scores[0]?.total;
    const last = scores.at(-1)?.total;
    signs.push({ sign: state, words: `${measure.name}: ${first} at the start, ${last} now. ${rule?.words ?? ""}`.trim() });
  }
  const late = (plan?.objectives ?? []).filter(
    (objective) => objective.targetDate !== null && objective.targetDate < today && isWorkedOn(objective) && !isReached(objective),
  );
  for (const objective of late)
    signs.push({
      sign: "target-date-passed",
      words: `The day of an objective passed on ${formatDate(objective.targetDate ?? today)}: ${shortened(objectiveText(objective, "plain"))}`,
    });
  const done = reviews.filter(({ state }) => state === "done").slice(-reviewsInVain);
  if (done.length === reviewsInVain && done.every(({ content }) => content.decided.every(({ decision }) => decision !== "achieved")))
    signs.push({
      sign: "reviews-without-progress",
      words: `No objective was achieved at the last ${reviewsInVain} reviews (${done.map(({ content }) => formatDate(content.on)).join(", ")}).`,
    });
  const others: Partial<Record<EngagementDrop["sign"], CareSign>> = {
    "sessions-missed": "missed-sessions",
    "sessions-cancelled": "missed-sessions",
    "homework-not-done": "homework-not-done",
    "measures-not-answered": "measures-not-answered",
  };
  for (const { sign, words } of drops) signs.push({ sign: others[sign] ?? "feedback-low", words });
  const active = (plan?.problems ?? []).filter(({ status }) => status === "active");
  if (active.length > 1)
    signs.push({
      sign: "co-occurring",
      words: `${active.length} problems are treated at the same time: ${active.map(({ title }) => title).join(", ")}.`,
    });
  return signs;
}

/** Whether any of these says that something is wrong; more than one problem alone does not. */
export function isOffTrack(signs: readonly SeenSign[]): boolean {
  return signs.some(({ sign }) => sign !== "co-occurring");
}

function shortened(text: string): string {
  return text.length <= 140 ? text : `${text.slice(0, 139).trimEnd()}…`;
}
