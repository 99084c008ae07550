import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { line, longText } from "../client/client.ts";
import { Slug } from "../library/chapter.ts";
import { Author, Subject } from "../plan/plan.ts";
import type { Picture } from "../progress/picture.ts";

const Id = z.string().min(1).max(64);

/** Written when treatment ends here; or when somebody else goes on with it. */
export const SummaryKind = z.enum(["discharge", "transfer"]);
export type SummaryKind = z.infer<typeof SummaryKind>;

export const summarySectionKeys = [
  "reason",
  "diagnosesAtStart",
  "diagnosesAtEnd",
  "course",
  "ending",
  "outcome",
  "open",
  "homework",
  "outline",
  "nextSession",
  "risk",
  "medication",
  "stayingWell",
  "recommendations",
  "followUp",
  "referrals",
] as const;
export type SummarySection = (typeof summarySectionKeys)[number];

/** The parts of each kind, in the order in which they are read. Scores and goals stand between `ending` and what comes after. */
export const sectionsOf: Record<SummaryKind, readonly SummarySection[]> = {
  discharge: [
    "reason",
    "diagnosesAtStart",
    "diagnosesAtEnd",
    "course",
    "ending",
    "outcome",
    "risk",
    "medication",
    "stayingWell",
    "recommendations",
    "followUp",
    "referrals",
  ],
  transfer: [
    "reason",
    "diagnosesAtStart",
    "diagnosesAtEnd",
    "course",
    "outcome",
    "open",
    "homework",
    "outline",
    "nextSession",
    "risk",
    "medication",
    "stayingWell",
    "recommendations",
    "referrals",
  ],
};

export const sectionTitles: Record<SummarySection, string> = {
  reason: "Reason for treatment",
  diagnosesAtStart: "Diagnoses at the start",
  diagnosesAtEnd: "Diagnoses at the end",
  course: "Course of treatment",
  ending: "How it ended",
  outcome: "Outcome",
  open: "What is still open",
  homework: "Homework under way",
  outline: "Course of sessions under way",
  nextSession: "The next session",
  risk: "Risk at the end",
  medication: "Medication",
  stayingWell: "Plan for staying well",
  recommendations: "Recommendations",
  followUp: "Follow-up",
  referrals: "Referrals",
};

/** What is asked for where the record holds nothing. */
export const sectionQuestions: Record<SummarySection, string> = {
  reason: "The intake does not say what brought the client. Say it in a sentence or two.",
  diagnosesAtStart: "No signed plan holds the diagnoses from the start. Name them, or write that none was made.",
  diagnosesAtEnd: "No diagnosis is recorded. Name those at the end, or write that none applies.",
  course: "No sessions are recorded. Say how often you met and what was worked on.",
  ending: "Say how and why treatment ended. What you code when you end the episode is drafted here.",
  outcome: "Say what came of it in your and the client’s view.",
  open: "Nothing in the record is open. Add what the next clinician has to know.",
  homework: "No homework is under way. Leave this empty, or add what was agreed.",
  outline: "No course of sessions is under way. Leave this empty where there is none.",
  nextSession: "The last note does not say what comes next. Say what you would do in the next session.",
  risk: "Risk has not been assessed. Assess it now, or say when and by whom it will be.",
  medication: "No medication is recorded. Write “None known” if that is so.",
  stayingWell: "There is no finished plan for staying well. Say what the client takes along, or that none was made.",
  recommendations: "Say what you recommend from here on, or that nothing more is needed.",
  followUp: "No follow-up is planned. Leave this empty, or say what was agreed.",
  referrals: "No referral is recorded. Leave this empty where there was none.",
};

/** Without these nobody signs: a summary that leaves them out serves nobody. */
export const neededToSign: Record<SummaryKind, readonly SummarySection[]> = {
  discharge: ["reason", "course", "ending", "risk", "recommendations"],
  transfer: ["reason", "course", "nextSession", "risk", "recommendations"],
};

export const GoalEnd = z.enum(["achieved", "partly", "not-achieved", "stopped", "no-evidence"]);
export type GoalEnd = z.infer<typeof GoalEnd>;
export const goalEndWords: Record<GoalEnd, string> = {
  achieved: "Achieved",
  partly: "In part",
  "not-achieved": "Not achieved",
  stopped: "No longer worked on",
  "no-evidence": "Cannot be told",
};

export const SummaryGoal = z.strictObject({
  id: Id,
  /** "1.2" */
  number: line(20),
  text: longText(2000),
  status: GoalEnd,
  words: longText(1000).default(""),
  objectives: z
    .array(z.strictObject({ id: Id, number: line(20), text: longText(2000), status: GoalEnd, words: longText(1000).default("") }))
    .max(60),
});
export type SummaryGoal = z.infer<typeof SummaryGoal>;

export const SummaryOutcome = z.strictObject({
  measure: Slug,
  measureName: line(80),
  text: longText(1500),
  /** Its course is drawn in the document. */
  drawn: z.boolean(),
});
export type SummaryOutcome = z.infer<typeof SummaryOutcome>;

/**
 * A discharge or transfer summary: the content of a note of that kind. Drafted from the record, changed by hand where `ownWords` says so, and from its
 * signature on as it is. Identification and author stand as they were when it was drafted.
 */
export const EndingSummary = z.strictObject({
  kind: SummaryKind,
  /** The day on which it was drafted last. */
  date: IsoDate,
  /** Number of the episode of care. */
  episode: z.number().int().min(1),
  from: IsoDate,
  to: IsoDate,
  /** To whom it goes; a transfer names the next clinician or service. */
  recipient: line(300).default(""),
  subject: Subject,
  author: Author,
  plan: z.strictObject({ id: Id, revision: z.number().int().min(1) }).nullable(),
  sections: z.partialRecord(z.enum(summarySectionKeys), longText(8000)),
  outcomes: z.array(SummaryOutcome).max(40),
  goals: z.array(SummaryGoal).max(60),
  /** Places that were changed by hand, which a later draft leaves alone: "sections/risk", "outcomes/phq9", "goals/…", "objectives/…". */
  ownWords: z.array(line(90)).max(300).default([]),
  /** The pictures as they were signed; empty while it is a draft, which draws them anew each time. */
  pictures: z
    .array(
      z.strictObject({
        measure: Slug,
        picture: z.custom<Picture>((value) => typeof value === "object" && value !== null && "shapes" in value),
      }),
    )
    .max(12)
    .default([]),
});
export type EndingSummary = z.infer<typeof EndingSummary>;

/** At most so many pictures in one document. */
export const mostPictures = 8;

/** What is missing before it can be signed, by pointer into the summary. */
export function missingToSign({ kind, sections, recipient }: Pick<EndingSummary, "kind" | "sections" | "recipient">): {
  readonly pointer: string;
  readonly message: string;
}[] {
  return [
    ...(kind === "transfer" && recipient.trim() === "" ? [{ pointer: "/recipient", message: "Say to whom the client goes." }] : []),
    ...neededToSign[kind].flatMap((key) =>
      (sections[key] ?? "").trim() === ""
        ? [{ pointer: `/sections/${key}`, message: `“${sectionTitles[key]}” is empty. ${sectionQuestions[key]}` }]
        : [],
    ),
  ];
}

/** A newer draft, with everything that was changed by hand kept. */
export function withOwnWords(fresh: EndingSummary, before: EndingSummary): EndingSummary {
  const own = new Set(before.ownWords);
  const outcomes = new Map(before.outcomes.map((outcome) => [outcome.measure, outcome]));
  const goals = new Map(before.goals.map((goal) => [goal.id, goal]));
  const objectives = new Map(before.goals.flatMap((goal) => goal.objectives.map((objective) => [objective.id, objective] as const)));
  return {
    ...fresh,
    recipient: before.recipient,
    ownWords: before.ownWords,
    sections: Object.fromEntries(
      summarySectionKeys.flatMap((key) => {
        const text = own.has(`sections/${key}`) ? before.sections[key] : fresh.sections[key];
        return text === undefined ? [] : [[key, text]];
      }),
    ) as EndingSummary["sections"],
    outcomes: fresh.outcomes.map((outcome) => {
      const known = outcomes.get(outcome.measure);
      return {
        ...outcome,
        text: known !== undefined && own.has(`outcomes/${outcome.measure}`) ? known.text : outcome.text,
        drawn: known?.drawn ?? outcome.drawn,
      };
    }),
    goals: fresh.goals.map((goal) => {
      const known = goals.get(goal.id);
      return {
        ...goal,
        ...(known !== undefined && own.has(`goals/${goal.id}`) ? { status: known.status, words: known.words } : {}),
        objectives: goal.objectives.map((objective) => {
          const was = objectives.get(objective.id);
          return was !== undefined && own.has(`objectives/${objective.id}`)
            ? { ...objective, status: was.status, words: was.words }
            : objective;
        }),
      };
    }),
  };
}
