import { addDays, formatDate, type IsoDate } from "../calendar/date.ts";
import type { ClientRecord } from "../client/client-record.ts";
import { RelapsePlan } from "../client-document/relapse-plan.ts";
import type { CourseEvent } from "../course/course-event.ts";
import { type SessionDetail, type SessionRecord, tookPlace } from "../course/session.ts";
import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import type { Episode } from "../episode/episode.ts";
import { endOutcomeWords, endReasonWords } from "../episode/episode-words.ts";
import type { AssignedHomework } from "../homework/assigned-homework.ts";
import { approaches } from "../library/approach.ts";
import { changeFigures } from "../measures/change.ts";
import type { Measure } from "../measures/measure.ts";
import type { OutlineCourse } from "../outline/outline-course.ts";
import { subjectOf } from "../plan/blank-plan.ts";
import { isReached } from "../plan/lifecycle.ts";
import { numberOf, planNumbers } from "../plan/numbering.ts";
import type { Plan } from "../plan/plan.ts";
import { type MeasureProgress, spanOf } from "../progress/progress.ts";
import { outOf } from "../progress/progress-table.ts";
import type { Appointment } from "../schedule/appointment.ts";
import { type HeadOfNote, type ObjectiveEnd, objectiveStates } from "./objective-states.ts";
import { isOpenHomework } from "./still-open.ts";
import { type EndingSummary, type GoalEnd, mostPictures, type SummaryGoal, type SummaryKind, type SummarySection } from "./summary.ts";

/** What happened in a treatment, as far as a summary tells of it. */
export interface TreatmentForSummary {
  readonly sessions: readonly (SessionRecord & { readonly detail: SessionDetail })[];
  readonly appointments: readonly Pick<Appointment, "id" | "date" | "startTime">[];
  readonly notes: readonly HeadOfNote[];
  readonly homework: readonly { readonly content: AssignedHomework }[];
  readonly outlines: readonly { readonly content: OutlineCourse }[];
  readonly reviews: readonly { readonly state: "open" | "done" | "abandoned"; readonly content: { readonly on: IsoDate } }[];
  readonly documents: readonly {
    readonly kind: "safety-plan" | "relapse-plan";
    readonly revision: number;
    readonly content: unknown;
    /** The day on which this version was finished; `null` while it is worked on. */
    readonly finishedOn: IsoDate | null;
  }[];
}

export interface SummaryInput {
  readonly kind: SummaryKind;
  readonly record: ClientRecord;
  /** As the client's practice uses them. */
  readonly measures: readonly Measure[];
  /** Courses of scores, as the progress page has them. */
  readonly courses: readonly MeasureProgress[];
  readonly events: readonly CourseEvent[];
  /** What nobody has acknowledged yet, in words. */
  readonly alerts: readonly string[];
  readonly treatment: TreatmentForSummary;
  /** Signed revisions of this episode, oldest first. */
  readonly revisions: readonly Plan[];
  readonly episode: Episode;
  readonly author: EndingSummary["author"];
  readonly today: IsoDate;
}

/** Scores from so many days before the first session belong to the treatment: what was given before the intake is its baseline. Ours. */
const baselineDays = 60;

const joined = (sentences: readonly string[]) => sentences.filter((sentence) => sentence !== "").join(" ");
const lines = (entries: readonly string[]) => entries.filter((entry) => entry !== "").join("\n");
const sentence = (text: string): string => (text.trim() === "" ? "" : /[.!?…”]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
const list = (entries: readonly string[]): string =>
  entries.length < 2 ? (entries[0] ?? "") : `${entries.slice(0, -1).join(", ")} and ${entries.at(-1)}`;
const times = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** The first day of a treatment: of its first session, or of its first plan if that was earlier; without both, of its first score. */
export function firstDayOf(
  sessions: readonly SessionRecord[],
  plans: readonly { readonly establishedOn: IsoDate }[],
  administrations: readonly { readonly date: IsoDate }[],
  today: IsoDate,
): IsoDate {
  const earliest = (dates: readonly IsoDate[]) => dates.toSorted()[0];
  const days = [
    ...sessions.filter(({ attendance }) => tookPlace(attendance)).map(({ date }) => date),
    ...plans.map(({ establishedOn }) => establishedOn),
  ];
  const first = earliest(days) ?? earliest(administrations.map(({ date }) => date)) ?? today;
  return first < today ? first : today;
}

/**
 * Drafts a discharge or transfer summary from the record. Each sentence rests on something that is recorded; what is not there stays empty, and the form
 * asks for it. Pure: the same record gives the same draft.
 */
export function draftSummary(input: SummaryInput): EndingSummary {
  const { kind, record, revisions, episode, author, today } = input;
  const to = episode.endedOn ?? today;
  const plan = revisions.at(-1) ?? null;
  const courses = coursesWithin(input.courses, episode.openedOn, to);
  const within: Within = { ...input, from: episode.openedOn, to, plan, courses };
  return {
    kind,
    date: today,
    episode: episode.number,
    from: episode.openedOn,
    to,
    recipient: "",
    subject: subjectOf(record.client),
    author,
    plan: plan === null ? null : { id: plan.id, revision: plan.revision },
    sections: sectionsFor(within),
    outcomes: courses.slice(0, 40).map((course, index) => ({
      measure: course.measure.id,
      measureName: course.measure.name,
      text: outcomeText(course),
      drawn: course.scores.length > 1 && index < mostPictures,
    })),
    goals: plan === null ? [] : goalsAtEnd(plan, within),
    ownWords: [],
    pictures: [],
  };
}

/** The courses of one episode: scores from shortly before its first day to its last, and what happened meanwhile. */
export function coursesWithin(courses: readonly MeasureProgress[], from: IsoDate, to: IsoDate): MeasureProgress[] {
  const start = addDays(from, -baselineDays);
  const inside = ({ date }: { readonly date: IsoDate }) => date >= start && date <= to;
  return courses.flatMap((course) => {
    const scores = course.scores.filter(inside);
    return scores.length === 0
      ? []
      : [
          {
            ...course,
            scores,
            gaps: course.gaps.filter((gap) => gap.from >= start && gap.to <= to),
            expected: course.expected.filter(inside),
            sessions: course.sessions.filter(inside),
            events: course.events.filter(inside),
            plans: course.plans.filter(inside),
          },
        ];
  });
}

/** Courses that a document draws, and the days that they have in common. */
export function coursesToDraw(summary: Pick<EndingSummary, "outcomes" | "from" | "to">, courses: readonly MeasureProgress[]) {
  const shown = new Set(summary.outcomes.filter(({ drawn }) => drawn).map(({ measure }) => measure));
  const drawn = coursesWithin(courses, summary.from, summary.to)
    .filter(({ measure, scores }) => shown.has(measure.id) && scores.length > 1)
    .slice(0, mostPictures);
  return { drawn, span: spanOf(drawn) ?? { from: summary.from, to: summary.to } };
}

interface Within extends SummaryInput {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly plan: Plan | null;
}

const sectionsFor = (input: Within): EndingSummary["sections"] => {
  const both: Partial<Record<SummarySection, string>> = {
    reason: reasonText(input),
    diagnosesAtStart: lines((input.revisions[0]?.diagnoses ?? []).map(diagnosisWords)),
    diagnosesAtEnd: lines(input.record.diagnoses.filter(({ verification }) => verification !== "refuted").map(diagnosisWords)),
    course: courseText(input),
    outcome: input.episode.end === null ? "" : `${endOutcomeWords[input.episode.end.outcome]}, as client and clinician judge it.`,
    risk: riskText(input),
    medication: medicationText(input),
    stayingWell: stayingWellText(input),
    recommendations: sentence(input.plan?.transitionPlan ?? ""),
    referrals: lines((input.plan?.referrals ?? []).map(({ to, why, status }) => `${to}${why === "" ? "" : `, for ${why}`}: ${status}.`)),
  };
  const own: Partial<Record<SummarySection, string>> =
    input.kind === "discharge"
      ? { ending: endingText(input.episode), followUp: followUpText(input) }
      : { open: openText(input), homework: openHomeworkText(input), outline: outlineText(input), nextSession: nextSessionText(input) };
  return { ...both, ...own } as EndingSummary["sections"];
};

const quoted = (text: string): string => `“${text.trim()}”`;

function reasonText({ record, plan }: Within): string {
  const { problems, whyNow } = record.intake.presentingProblems;
  const said = problems.filter(({ words }) => words.trim() !== "");
  const impact = problems.filter(({ impact: effect }) => effect.trim() !== "").map(({ impact: effect }) => sentence(effect));
  const titles = plan?.problems.filter(({ status }) => status !== "deferred").map(({ title }) => title) ?? [];
  return joined([
    said.length === 0
      ? ""
      : `What brought the client, in their own words: ${said.map(({ words, since }) => `${quoted(words)}${since.trim() === "" ? "" : ` (${since.trim()})`}`).join("; ")}.`,
    whyNow.trim() === "" ? "" : `Why at that time: ${sentence(whyNow)}`,
    impact.length === 0 ? "" : `Effect on daily life: ${impact.join(" ")}`,
    titles.length === 0 ? "" : `Problems in the plan: ${list(titles)}.`,
  ]);
}

function diagnosisWords({ code, description, rank, verification, clinicalStatus, specifiers }: Diagnosis): string {
  const state = clinicalStatus === "active" ? [] : [clinicalStatus === "remission" ? "in remission" : "resolved"];
  return `${code} ${description} (${[rank, verification, ...specifiers, ...state].join(", ")})`;
}

const formatWords = { individual: "individual", couple: "couple", family: "family", group: "group" } as const;
const modalityWords = { "in-person": "in person", video: "by video", phone: "by phone" } as const;

function courseText(input: Within): string {
  const { treatment, revisions, plan, from, to, events } = input;
  const inside = ({ date }: { readonly date: IsoDate }) => date >= from && date <= to;
  const sessions = treatment.sessions.filter(inside).toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const held = sessions.filter(({ attendance }) => tookPlace(attendance));
  const count = (attendance: SessionRecord["attendance"]) => sessions.filter((session) => session.attendance === attendance).length;
  const [first] = held;
  const last = held.at(-1);
  const kinds = (words: (session: (typeof held)[number]) => string) => [...new Set(held.map(words))];
  const how = [...kinds(({ detail }) => formatWords[detail.format]), ...kinds(({ detail }) => modalityWords[detail.modality])];
  const was = (number: number, what: string) => (number === 0 ? [] : [`${number} ${number === 1 ? "was" : "were"} ${what}`]);
  const notHeld = [...was(count("cancelled"), "cancelled"), ...was(count("missed"), "missed")];
  const late = count("late");
  const meetings =
    first === undefined || last === undefined
      ? ""
      : held.length === 1
        ? `One session took place, on ${formatDate(first.date)} (${how.join(", ")}).`
        : `${held.length} sessions took place, the first on ${formatDate(first.date)} and the last on ${formatDate(last.date)} (${how.join(", ")}).`;
  const reviews = treatment.reviews.filter(({ state, content }) => state === "done" && inside({ date: content.on })).length;
  const happened = events.filter(inside).map(({ date, label }) => `${label} (${formatDate(date)})`);
  return joined([
    meetings,
    notHeld.length === 0 ? "" : `${list(notHeld)}.`,
    late === 0 ? "" : `The client came late ${late === 1 ? "once" : `${late} times`}.`,
    approachText(revisions, treatment.notes.filter(inside)),
    ...treatment.outlines.map(({ content }) => outlineCourseText(content)),
    plan === null
      ? ""
      : `A plan was signed on ${formatDate(plan.establishedOn)}${revisions.length > 1 ? ` and changed ${times(revisions.length - 1, "time", "times")}` : ""}.`,
    reviews === 0 ? "" : `It was reviewed with the client ${times(reviews, "time", "times")}.`,
    homeworkText(treatment.homework.filter(({ content }) => inside({ date: content.assignedOn }))),
    happened.length === 0 ? "" : `Recorded along the way: ${happened.join("; ")}.`,
  ]);
}

/** What the signed notes name as used; without any, what the plan provided for, and said so. */
function approachText(revisions: readonly Plan[], notes: readonly HeadOfNote[]): string {
  const interventions = new Map(
    revisions.flatMap((plan) => plan.interventions.map((intervention) => [intervention.id, intervention] as const)),
  );
  const names = (ids: readonly string[]) => [
    ...new Set(ids.flatMap((id) => interventions.get(id)?.approach ?? []).map((id) => approaches[id].name)),
  ];
  const used = notes.flatMap(({ head, signedAt }) =>
    signedAt === null ? [] : (head?.interventions ?? []).map(({ interventionId }) => interventionId),
  );
  const techniques = [...new Set(used.flatMap((id) => interventions.get(id)?.technique ?? []).filter((technique) => technique !== ""))];
  const named = names(used);
  if (named.length > 0) return `Approaches used: ${list(named)}${techniques.length === 0 ? "" : `, with ${list(techniques)}`}.`;
  const planned = names([...(revisions.at(-1)?.interventions ?? [])].map(({ id }) => id));
  return planned.length === 0 ? "" : `The plan provided for: ${list(planned)}.`;
}

const doneSteps = ({ steps }: OutlineCourse, what: readonly OutlineCourse["steps"][number]["what"][]) =>
  new Set(steps.filter((step) => what.includes(step.what)).map(({ session }) => session));

function outlineCourseText(course: OutlineCourse): string {
  const held = doneSteps(course, ["held", "repeated"]).size;
  return `The course “${course.outline.title}” was followed for ${held} of its ${times(course.outline.sessions.length, "session", "sessions")}.`;
}

function homeworkText(homework: TreatmentForSummary["homework"]): string {
  const given = homework.filter(({ content }) => content.withdrawnOn === null);
  const count = (outcome: AssignedHomework["outcome"]) => given.filter(({ content }) => content.outcome === outcome).length;
  const parts = [
    ...(count("done") > 0 ? [`${count("done")} done`] : []),
    ...(count("partly") > 0 ? [`${count("partly")} done in part`] : []),
    ...(count("not-done") > 0 ? [`${count("not-done")} not done`] : []),
  ];
  return given.length === 0
    ? ""
    : `Homework was given ${times(given.length, "time", "times")}${parts.length === 0 ? "" : `: ${list(parts)}`}.`;
}

function endingText({ end, endedOn }: Episode): string {
  if (end === null || endedOn === null) return "";
  return joined([`Treatment ended on ${formatDate(endedOn)}.`, `${endReasonWords[end.reason]}.`, sentence(end.detail)]);
}

/** One measure from the first score to the last, with what the change means. */
function outcomeText({ measure, scores }: MeasureProgress): string {
  const [first] = scores;
  const last = scores.at(-1);
  if (first === undefined || last === undefined) return "";
  const said = ({ total, band, date }: typeof first) => `${outOf(measure, total)}${band === "" ? "" : ` (${band})`} on ${formatDate(date)}`;
  if (scores.length === 1) return `${measure.name}: ${said(first)}. It was given once, so no change can be told.`;
  const figures = changeFigures(measure, first, last).filter(({ id }) => id === "raw" || id === "reliable" || id === "clinical");
  const reliable = figures.some(({ id, words }) => id === "reliable" && words.startsWith("No established"));
  const words = figures.filter(({ id }) => !(reliable && id === "raw")).map(({ words: text }) => text);
  return `${measure.name}: ${said(first)} to ${said(last)}, given ${scores.length} times. ${words.map(sentence).join(" ")}`;
}

const goalOf: Record<ObjectiveEnd, GoalEnd> = {
  achieved: "achieved",
  improved: "partly",
  unchanged: "not-achieved",
  worse: "not-achieved",
  stopped: "stopped",
  "no-evidence": "no-evidence",
};

function goalsAtEnd(plan: Plan, { measures, record, treatment, to }: Within): SummaryGoal[] {
  const numbers = planNumbers(plan).goals;
  const states = objectiveStates(plan, { measures, administrations: record.administrations }, treatment.notes, to);
  return plan.goals
    .filter(({ lifecycleStatus }) => lifecycleStatus !== "rejected" && lifecycleStatus !== "entered-in-error")
    .map((goal) => {
      const own = states.filter(({ goalId }) => goalId === goal.id);
      return {
        id: goal.id,
        number: numberOf(numbers, goal.id),
        text: goal.text,
        ...goalEnd(
          goal,
          own.map(({ state }) => state),
        ),
        objectives: own.map(({ id, number, text, state, why }) => ({ id, number, text, status: goalOf[state], words: why })),
      };
    });
}

function goalEnd(
  { lifecycleStatus, achievementStatus }: Plan["goals"][number],
  states: readonly ObjectiveEnd[],
): Pick<SummaryGoal, "status" | "words"> {
  if (lifecycleStatus === "completed" || isReached({ achievementStatus }))
    return { status: "achieved", words: "Recorded in the plan as achieved." };
  if (lifecycleStatus === "cancelled") return { status: "stopped", words: "Recorded in the plan as no longer worked on." };
  const counted = states.filter((state) => state !== "stopped");
  const achieved = counted.filter((state) => state === "achieved").length;
  const words = counted.length === 0 ? "" : `${achieved} of ${times(counted.length, "objective", "objectives")} achieved.`;
  if (counted.length === 0) return { status: states.length > 0 ? "stopped" : "no-evidence", words };
  if (achieved === counted.length) return { status: "achieved", words };
  if (achieved > 0 || counted.includes("improved")) return { status: "partly", words };
  return { status: counted.every((state) => state === "no-evidence") ? "no-evidence" : "not-achieved", words };
}

const ideationWords = {
  "not-asked": "",
  none: "No thoughts of suicide were reported.",
  passive: "Passive thoughts of suicide were reported.",
  active: "Active thoughts of suicide were reported.",
} as const;
const intentWords = { "not-asked": "", none: "No intent.", unclear: "Intent unclear.", present: "Intent present." } as const;
const planWords = { "not-asked": "", none: "No plan.", vague: "A vague plan.", specific: "A specific plan." } as const;
const harmWords = {
  "not-asked": "",
  none: "No thoughts of harming others were reported.",
  thoughts: "Thoughts of harming others were reported.",
  intent: "Intent to harm others was reported.",
} as const;
const notedRisk = { "not-asked": "", none: "no risk was found", unchanged: "risk was unchanged", changed: "risk had changed" } as const;

function riskText({ record, treatment, to }: Within): string {
  const { assessedOn, level, ideation, intent, plan, harmToOthers } = record.intake.risk;
  const assessed = assessedOn === null || level === null ? null : assessedOn;
  const noted = treatment.notes
    .filter(
      ({ head, signedAt, date }) =>
        signedAt !== null && head !== null && head.risk.state !== "not-asked" && date <= to && date > (assessed ?? ""),
    )
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
    .at(-1);
  const safetyPlan = newest(treatment, "safety-plan");
  return joined([
    assessed === null ? "" : `Risk was last assessed on ${formatDate(assessed)}: ${level}.`,
    ...(assessed === null ? [] : [ideationWords[ideation], intentWords[intent], planWords[plan], harmWords[harmToOthers]]),
    noted?.head == null
      ? ""
      : joined([
          `In the session of ${formatDate(noted.date)} ${notedRisk[noted.head.risk.state]}${noted.head.risk.level === null ? "" : ` (${noted.head.risk.level})`}.`,
          sentence(noted.head.risk.text),
        ]),
    // Without any word on risk, a safety plan alone would pass for one.
    assessed === null && noted === undefined
      ? ""
      : safetyPlan?.finishedOn != null
        ? `The client has a safety plan of ${formatDate(safetyPlan.finishedOn)}.`
        : record.intake.risk.safetyPlan === "declined"
          ? "A safety plan was offered and declined."
          : "",
  ]);
}

function newest({ documents }: TreatmentForSummary, kind: "safety-plan" | "relapse-plan") {
  return documents
    .filter((document) => document.kind === kind && document.finishedOn !== null)
    .toSorted((a, b) => a.revision - b.revision)
    .at(-1);
}

function medicationText({ plan, record }: Within): string {
  const inPlan = plan?.medications ?? [];
  const named = (inPlan.length > 0 ? inPlan : record.intake.medical.medications).filter(({ name }) => name.trim() !== "");
  const source = inPlan.length > 0 ? "as the plan has it" : "as the intake has it";
  return named.length === 0
    ? ""
    : lines([
        ...named.map(({ name, dose, purpose, prescriber }) =>
          [
            [name, dose].filter((part) => part.trim() !== "").join(" "),
            purpose.trim() === "" ? "" : `for ${purpose}`,
            prescriber.trim() === "" ? "" : `prescribed by ${prescriber}`,
          ]
            .filter((part) => part !== "")
            .join(", "),
        ),
        `(${source})`,
      ]);
}

function stayingWellText({ treatment }: Within): string {
  const document = newest(treatment, "relapse-plan");
  const parsed = document === undefined ? null : RelapsePlan.safeParse(document.content);
  if (document?.finishedOn == null || parsed?.success !== true) return "";
  const { whatHelped, earlySigns, hardTimes, whatIDo, whenToComeBack } = parsed.data;
  const part = (title: string, entries: readonly string[]) => {
    const said = entries.filter((entry) => entry.trim() !== "");
    return said.length === 0 ? "" : `${title}: ${said.join("; ")}.`;
  };
  return lines([
    `The client has a plan for staying well of ${formatDate(document.finishedOn)}.`,
    part("What helped", whatHelped),
    part("Early signs", earlySigns),
    part("Hard times to expect", hardTimes),
    part("What the client does then", whatIDo),
    part("When to come back", whenToComeBack),
  ]);
}

function followUpText({ episode, measures }: Within): string {
  const names = new Map(measures.map(({ id, name }) => [id, name]));
  return lines(
    (episode.end?.followUps ?? []).map(
      ({ date, measures: asked }) =>
        `${formatDate(date)}: ${list(asked.map((id) => names.get(id) ?? id)) || "no measure chosen"}, by private link.`,
    ),
  );
}

function openText({ plan, measures, record, treatment, to, alerts }: Within): string {
  const states = plan === null ? [] : objectiveStates(plan, { measures, administrations: record.administrations }, treatment.notes, to);
  return lines([
    ...states
      .filter(({ state }) => state !== "achieved" && state !== "stopped")
      .map(({ number, text, why }) => `Objective ${number}: ${sentence(text)} ${why}`),
    ...alerts.map((words) => `Alert that is not acknowledged yet: ${sentence(words)}`),
    ...treatment.reviews
      .filter(({ state }) => state === "open")
      .map(({ content }) => `A review of the plan was opened on ${formatDate(content.on)} and is not closed.`),
  ]);
}

function openHomeworkText({ treatment }: Within): string {
  return lines(
    treatment.homework
      .filter(({ content }) => isOpenHomework(content))
      .map(
        ({ content: { title, assignedOn, dueOn } }) =>
          `${title}, given on ${formatDate(assignedOn)}${dueOn === null ? "" : `, to be looked at by ${formatDate(dueOn)}`}.`,
      ),
  );
}

function outlineText({ treatment }: Within): string {
  return lines(
    treatment.outlines
      .filter(({ content }) => content.endedOn === null)
      .map(({ content }) => {
        const gone = doneSteps(content, ["held", "repeated", "skipped"]);
        const next = content.outline.sessions.findIndex((_, index) => !gone.has(index + 1));
        const session = content.outline.sessions[next];
        return `“${content.outline.title}”: ${doneSteps(content, ["held", "repeated"]).size} of ${content.outline.sessions.length} sessions held.${session === undefined ? "" : ` Next is session ${next + 1}, “${session.title}”: ${sentence(session.aim)}`}`;
      }),
  );
}

function nextSessionText({ treatment, today }: Within): string {
  const last = treatment.notes
    .filter(({ signedAt, head }) => signedAt !== null && head !== null)
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
    .at(-1);
  const recorded = new Set(treatment.sessions.map(({ id }) => id));
  const next = treatment.appointments
    .filter(({ id, date }) => date >= today && !recorded.has(id))
    .toSorted((a, b) => (`${a.date} ${a.startTime}` < `${b.date} ${b.startTime}` ? -1 : 1))[0];
  return joined([
    last?.head == null || last.head.nextTime.trim() === "" ? "" : `As noted on ${formatDate(last.date)}: ${sentence(last.head.nextTime)}`,
    next === undefined ? "" : `The next appointment is on ${formatDate(next.date)} at ${next.startTime}.`,
  ]);
}
