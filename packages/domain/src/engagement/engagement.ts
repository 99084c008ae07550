import { addDays, daysBetween, type IsoDate, mondayOf } from "../calendar/date.ts";
import type { Attendance } from "../course/session.ts";
import type { AssignedHomework } from "../homework/assigned-homework.ts";
import type { Administration } from "../measures/administration.ts";
import type { HomeworkOutcome } from "../note/note.ts";
import type { EngagementSign } from "./barrier.ts";

/** The library's form for what a client thinks of a session. */
export const sessionFeedback = "session-feedback";

/** What of a record engagement is read by. */
export interface EngagementRecord {
  readonly sessions: readonly { readonly date: IsoDate; readonly attendance: Attendance }[];
  readonly homework: readonly Pick<AssignedHomework, "title" | "outcome" | "lookedAtOn" | "withdrawnOn">[];
  readonly administrations: readonly Pick<Administration, "measure" | "date" | "status" | "answers">[];
  /** Names of measures that the plan asks for and that were left out for so long that they count as missed. */
  readonly missedMeasures: readonly string[];
}

/** One week, from Monday to Sunday. */
export interface EngagementWeek {
  readonly from: IsoDate;
  readonly sessions: readonly Attendance[];
  /** Homework that was looked at in this week. */
  readonly homework: readonly HomeworkOutcome[];
  /** Questionnaires answered, feedback not among them. */
  readonly measures: number;
  /** The last session feedback of the week, 0 to 40; `null` where there is none, or a question was left open. */
  readonly feedback: number | null;
}

export interface EngagementDrop {
  readonly sign: EngagementSign;
  /** What is seen, in a sentence with its numbers. */
  readonly words: string;
}

export interface Engagement {
  /** Oldest first; empty before anything happened. */
  readonly weeks: readonly EngagementWeek[];
  readonly drops: readonly EngagementDrop[];
}

/** So many weeks are in sight: a review's distance and the one before it. */
export const weeksInSight = 12;

// The bounds from here on are ours, chosen so that one bad week raises no hand; no norm for them exists.
const lastSessions = 4;
const missedOfThem = 2;
const lastHomework = 3;
const notDoneOfThem = 2;
/** An answer of so much or less is worth a question, because most people answer high. */
const lowAnswer = 6;
/** And so is one that is so much below the client's own earlier answers. */
const fallen = 2;

const feedbackSigns = ["feedback-relationship", "feedback-goals", "feedback-approach", "feedback-overall"] as const;
const feedbackWords = ["feeling heard and respected", "working on what matters", "the way of working", "the session as a whole"] as const;

/** How a client takes part, week by week, and where that drops. What is entered in error or lies after today does not count. */
export function engagementOf(record: EngagementRecord, today: IsoDate): Engagement {
  const sessions = record.sessions.filter(({ date }) => date <= today).toSorted(byDate);
  const homework = record.homework
    .flatMap(({ title, outcome, lookedAtOn, withdrawnOn }) =>
      outcome === null || lookedAtOn === null || withdrawnOn !== null || lookedAtOn > today ? [] : [{ title, outcome, date: lookedAtOn }],
    )
    .toSorted(byDate);
  const answered = record.administrations.filter(({ date, status }) => status === "completed" && date <= today).toSorted(byDate);
  const feedback = answered.filter(({ measure }) => measure === sessionFeedback);
  const dates = [...sessions, ...homework, ...answered].map(({ date }) => date).toSorted();
  const [first] = dates;
  return {
    weeks: first === undefined ? [] : weeksBetween(first, today).map((from) => weekOf(from, { sessions, homework, answered, feedback })),
    drops: [
      ...sessionDrops(sessions),
      ...homeworkDrops(homework),
      ...(record.missedMeasures.length === 0
        ? []
        : [{ sign: "measures-not-answered" as const, words: `Not answered for a long time: ${record.missedMeasures.join(", ")}.` }]),
      ...feedbackDrops(feedback),
    ],
  };
}

const byDate = (a: { readonly date: IsoDate }, b: { readonly date: IsoDate }) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0);

/** The Mondays of the weeks in sight. */
function weeksBetween(first: IsoDate, today: IsoDate): IsoDate[] {
  const last = mondayOf(today);
  const count = Math.min(weeksInSight, daysBetween(mondayOf(first), last) / 7 + 1);
  return Array.from({ length: count }, (_, index) => addDays(last, -7 * (count - 1 - index)));
}

interface Dated {
  readonly sessions: readonly { readonly date: IsoDate; readonly attendance: Attendance }[];
  readonly homework: readonly { readonly date: IsoDate; readonly outcome: HomeworkOutcome }[];
  readonly answered: readonly { readonly date: IsoDate; readonly measure: string }[];
  readonly feedback: readonly { readonly date: IsoDate; readonly answers: readonly (number | null)[] }[];
}

function weekOf(from: IsoDate, { sessions, homework, answered, feedback }: Dated): EngagementWeek {
  const to = addDays(from, 6);
  const within = ({ date }: { readonly date: IsoDate }) => date >= from && date <= to;
  return {
    from,
    sessions: sessions.filter(within).map(({ attendance }) => attendance),
    homework: homework.filter(within).map(({ outcome }) => outcome),
    measures: answered.filter((one) => within(one) && one.measure !== sessionFeedback).length,
    feedback: totalOf(feedback.filter(within).at(-1)?.answers ?? []),
  };
}

function totalOf(answers: readonly (number | null)[]): number | null {
  if (answers.length !== feedbackSigns.length) return null;
  return answers.reduce<number | null>((sum, answer) => (sum === null || answer === null ? null : sum + answer), 0);
}

function sessionDrops(sessions: Dated["sessions"]): EngagementDrop[] {
  const last = sessions.slice(-lastSessions);
  const count = (attendance: Attendance) => last.filter((session) => session.attendance === attendance).length;
  const drops: EngagementDrop[] = [];
  if (count("missed") >= missedOfThem)
    drops.push({ sign: "sessions-missed", words: `${count("missed")} of the last ${last.length} sessions were missed without a word.` });
  if (count("cancelled") >= missedOfThem)
    drops.push({ sign: "sessions-cancelled", words: `${count("cancelled")} of the last ${last.length} sessions were cancelled.` });
  return drops;
}

function homeworkDrops(homework: Dated["homework"]): EngagementDrop[] {
  const last = homework.slice(-lastHomework);
  const notDone = last.filter(({ outcome }) => outcome === "not-done").length;
  if (notDone < notDoneOfThem) return [];
  return [{ sign: "homework-not-done", words: `${notDone} of the last ${last.length} pieces of homework were not done.` }];
}

function feedbackDrops(feedback: Dated["feedback"]): EngagementDrop[] {
  const last = feedback.at(-1);
  if (last === undefined) return [];
  return feedbackSigns.flatMap((sign, item): EngagementDrop[] => {
    const answer = last.answers[item] ?? null;
    if (answer === null) return [];
    const earlier = feedback.slice(0, -1).flatMap(({ answers }) => answers[item] ?? []);
    const usual = earlier.length < 2 ? null : earlier.reduce((sum, one) => sum + one, 0) / earlier.length;
    if (answer > lowAnswer && (usual === null || usual - answer < fallen)) return [];
    const before = usual === null ? "" : `, ${Math.round(usual * 10) / 10} on average before`;
    return [{ sign, words: `Last feedback on ${feedbackWords[item]}: ${answer} of 10${before}.` }];
  });
}
