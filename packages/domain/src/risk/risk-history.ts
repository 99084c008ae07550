import type { z } from "zod";
import { decisionWords } from "../alerts/acknowledgement.ts";
import { dayOf, formatDate, type IsoDate, type IsoInstant } from "../calendar/date.ts";
import type { CourseEvent } from "../course/course-event.ts";
import type { Risk } from "../intake/intake.ts";
import type { Administration } from "../measures/administration.ts";
import { answerRange, itemAnswer } from "../measures/item-answer.ts";
import type { Measure } from "../measures/measure.ts";
import type { NoteHead } from "../note/note.ts";
import type { RiskRecord } from "./risk-record.ts";

export const riskLevels = ["low", "moderate", "high", "imminent"] as const;
export type RiskLevel = (typeof riskLevels)[number];

export const riskEntryKinds = ["assessment", "note", "plan", "answer", "alert", "safety-plan", "hospital"] as const;
export type RiskEntryKind = (typeof riskEntryKinds)[number];

export const riskEntryNames: Readonly<Record<RiskEntryKind, string>> = {
  assessment: "Risk assessment",
  note: "Progress note",
  plan: "Treatment plan",
  answer: "Questionnaire",
  alert: "Alert",
  "safety-plan": "Safety plan",
  hospital: "Hospital",
};

/** One thing that says something about risk. */
export interface RiskEntry {
  readonly id: string;
  /** The day that it is about. */
  readonly date: IsoDate;
  readonly kind: RiskEntryKind;
  /** As a clinician judged it; `null` where nobody did. No score sets a level. */
  readonly level: RiskLevel | null;
  /** Of an answer: how far it is on its scale, 0 to 1, and whether it speaks of danger. */
  readonly answer: { readonly share: number; readonly flagged: boolean } | null;
  /** What happened, in a sentence. */
  readonly words: string;
  /** What was done about it. */
  readonly done: string;
  readonly by: string;
}

export interface ChartForRisk {
  readonly administrations: readonly (Administration & { readonly enteredAt?: string })[];
  readonly events: readonly CourseEvent[];
}

export interface TreatmentForRisk {
  readonly notes: readonly {
    readonly id: string;
    readonly date: IsoDate;
    readonly head: NoteHead | null;
    readonly authorName: string;
    readonly signedAt: IsoInstant | null;
  }[];
  readonly documents: readonly {
    readonly kind: string;
    readonly revision: number;
    readonly finishedAt: IsoInstant | null;
    readonly by: string;
  }[];
}

type RiskSection = z.infer<typeof Risk>;

/** Savings of one person within so many minutes of each other are one sitting: the section is saved while it is typed. */
const sittingMinutes = 30;

/** Another day and another level are another assessment, however soon they were entered after each other. */
const isAnother = (one: RiskSection, next: RiskSection) =>
  one.assessedOn !== null && one.level !== null && next.level !== null && one.assessedOn !== next.assessedOn && one.level !== next.level;

const sentence = (text: string) => (text === "" ? "" : `${text.charAt(0).toLocaleUpperCase("en")}${text.slice(1)}.`);
const shortened = (text: string, most: number) => {
  const letters = [...text.replace(/\s+/g, " ").trim()];
  return letters.length <= most ? letters.join("") : `${letters.slice(0, most - 1).join("")}…`;
};

function assessmentWords(risk: RiskSection): string {
  const asked = [
    risk.ideation === "not-asked" ? "" : risk.ideation === "none" ? "no thoughts of suicide" : `${risk.ideation} thoughts of suicide`,
    risk.intent === "not-asked" || risk.intent === "none" ? "" : `intent ${risk.intent}`,
    risk.plan === "not-asked" || risk.plan === "none" ? "" : `a ${risk.plan} plan`,
    risk.harmToOthers === "thoughts" ? "thoughts of harming others" : risk.harmToOthers === "intent" ? "intent to harm others" : "",
    risk.ongoingViolence ? "lives with violence or threat" : "",
  ].filter((part) => part !== "");
  return sentence(asked.join(", "));
}

const hasAssessment = ({ level, ideation, intent, plan, harmToOthers }: RiskSection) =>
  level !== null || [ideation, intent, plan, harmToOthers].some((answer) => answer !== "not-asked");

/** What makes one assessment another than the one before it; wording that was touched up does not. */
const judged = ({ level, assessedOn, ideation, intent, plan, harmToOthers, ongoingViolence, safetyPlan }: RiskSection) =>
  JSON.stringify([level, assessedOn, ideation, intent, plan, harmToOthers, ongoingViolence, safetyPlan]);

/** What stood there at the end of each sitting, where it differs from the sitting before. */
function sittings(assessments: RiskRecord["assessments"]): RiskRecord["assessments"] {
  const ends = assessments.filter((saved, index) => {
    const next = assessments[index + 1];
    return (
      next === undefined ||
      next.by !== saved.by ||
      Date.parse(next.savedAt) - Date.parse(saved.savedAt) > sittingMinutes * 60_000 ||
      isAnother(saved.content, next.content)
    );
  });
  return ends.filter(({ content }, index) => {
    const before = ends[index - 1];
    return hasAssessment(content) && (before === undefined || judged(before.content) !== judged(content));
  });
}

function assessmentEntries({ assessments }: RiskRecord, timeZone: string): RiskEntry[] {
  return sittings(assessments).map(({ id, content, savedAt, by }) => ({
    id,
    date: content.assessedOn ?? dayOf(savedAt, timeZone),
    kind: "assessment",
    level: content.level,
    answer: null,
    words: [content.level === null ? "No level judged yet." : `Risk judged ${content.level}.`, assessmentWords(content)]
      .filter((part) => part !== "")
      .join(" "),
    done:
      content.safetyPlan === "made" ? "A safety plan was made." : content.safetyPlan === "declined" ? "A safety plan was declined." : "",
    by,
  }));
}

/** A plan repeats what the intake said when it was written; it tells something of its own only where no assessment of that day and level is kept. */
function planEntries({ plans }: RiskRecord, known: readonly RiskEntry[], timeZone: string): RiskEntry[] {
  const told = new Set(known.map(({ date, level }) => `${date} ${level}`));
  return plans.flatMap(({ planId, revision, signedAt, risk }): RiskEntry[] => {
    const date = risk.assessedOn ?? dayOf(signedAt, timeZone);
    if (risk.level === null || told.has(`${date} ${risk.level}`)) return [];
    told.add(`${date} ${risk.level}`);
    return [
      {
        id: `${planId}/${revision}`,
        date,
        kind: "plan",
        level: risk.level,
        answer: null,
        words: `Risk ${risk.level} in revision ${revision} of the plan, signed ${formatDate(dayOf(signedAt, timeZone))}.`,
        done: "",
        by: "",
      },
    ];
  });
}

function noteEntries(notes: TreatmentForRisk["notes"]): RiskEntry[] {
  return notes.flatMap(({ id, date, head, authorName, signedAt }): RiskEntry[] => {
    if (head === null) return [];
    const { state, level, text } = head.risk;
    // Asked and nothing there is told in the note; here it would drown what there is.
    if (level === null && state !== "changed" && text.trim() === "") return [];
    const said = [
      level === null ? "" : `Risk judged ${level}.`,
      state === "changed" && level === null ? "Risk has changed." : "",
      shortened(text, 300),
    ];
    return [
      {
        id,
        date,
        kind: "note",
        level,
        answer: null,
        words: said.filter((part) => part !== "").join(" "),
        done: signedAt === null ? "The note is not signed yet." : "",
        by: authorName,
      },
    ];
  });
}

type RiskAlert = RiskRecord["alerts"][number];

const acknowledged = ({ acknowledgement, acknowledgedAt, acknowledgedBy }: RiskAlert, timeZone: string): string => {
  if (acknowledgement === null || acknowledgedAt === null) return "Not acknowledged yet.";
  const decided = acknowledgement.decisions.map((decision) => decisionWords[decision]).join(", ");
  const who = acknowledgedBy === "" ? "" : ` by ${acknowledgedBy}`;
  return [
    `Acknowledged ${formatDate(dayOf(acknowledgedAt, timeZone))}${who}.`,
    decided === "" ? "" : `${decided}.`,
    shortened(acknowledgement.done, 400),
  ]
    .filter((part) => part !== "")
    .join(" ");
};

/** Answers to the items about suicide, of each measure in the order of time: those that speak of danger, those left open, and the first one that no longer does. */
function answerEntries(chart: ChartForRisk, measures: readonly Measure[], alerts: readonly RiskAlert[], timeZone: string): RiskEntry[] {
  const entries: RiskEntry[] = [];
  for (const measure of measures) {
    const flags = measure.flags.filter(({ kind }) => kind === "suicide-risk" || kind === "risk-behavior");
    for (const item of new Set(flags.map((flag) => flag.item))) {
      const atLeast = Math.min(...flags.filter((flag) => flag.item === item).map((flag) => flag.atLeast));
      const given = chart.administrations
        .filter(({ measure: id, status }) => id === measure.id && status !== "entered-in-error")
        .toSorted((a, b) => (a.date === b.date ? (a.enteredAt ?? "").localeCompare(b.enteredAt ?? "") : a.date < b.date ? -1 : 1));
      let spoke = false;
      for (const administration of given) {
        const { id, date, entered } = administration;
        // Scores taken over from elsewhere say nothing of single answers.
        if (entered !== undefined) continue;
        const answer = itemAnswer(measure, administration, item);
        const flagged = answer !== null && answer >= atLeast;
        const ofThis = alerts.filter(({ administrationId }) => administrationId === id);
        if (answer === null ? ofThis.length === 0 : !flagged && !spoke) continue;
        spoke = flagged || (answer === null && spoke);
        const highest = answerRange(measure, item)?.[1] ?? 0;
        entries.push({
          id: `${id}/${item}`,
          date,
          kind: "answer",
          level: null,
          answer: answer === null ? null : { share: highest <= 0 ? 1 : answer / highest, flagged },
          words:
            answer === null
              ? `${measure.name}, question ${item} about risk, was left open.`
              : flagged
                ? `${measure.name}, question ${item}, answered ${answer} of ${highest}. ${flags.find((flag) => flag.item === item)?.message ?? ""}`.trim()
                : `${measure.name}, question ${item}, answered ${answer} of ${highest}: no longer a sign of danger.`,
          done: ofThis.map((alert) => acknowledged(alert, timeZone)).join(" "),
          by: "",
        });
      }
    }
  }
  return entries;
}

/**
 * The history of risk, newest first: levels as judged in the intake, the notes and the plans; answers about suicide with what was done about them;
 * other alerts about danger; versions of the safety plan; stays in hospital. Nothing in it is worked out: it lays side by side what the record says.
 */
export function riskHistory(
  record: RiskRecord,
  chart: ChartForRisk,
  treatment: TreatmentForRisk,
  measures: readonly Measure[],
  timeZone: string,
): readonly RiskEntry[] {
  const answers = answerEntries(chart, measures, record.alerts, timeZone);
  const withAnswer = new Set(answers.map(({ id }) => id.split("/")[0]));
  const assessments = assessmentEntries(record, timeZone);
  const notes = noteEntries(treatment.notes);
  const entries: RiskEntry[] = [
    ...assessments,
    ...notes,
    ...planEntries(record, [...assessments, ...notes], timeZone),
    ...answers,
    ...record.alerts
      .filter(({ administrationId }) => administrationId === null || !withAnswer.has(administrationId))
      .map(
        (alert): RiskEntry => ({
          id: alert.id,
          date: alert.date ?? dayOf(alert.raisedAt, timeZone),
          kind: "alert",
          level: null,
          answer: null,
          words: alert.words,
          done: acknowledged(alert, timeZone),
          by: "",
        }),
      ),
    ...treatment.documents.flatMap(({ kind, revision, finishedAt, by }): RiskEntry[] =>
      kind !== "safety-plan" || finishedAt === null
        ? []
        : [
            {
              id: `safety-plan/${revision}`,
              date: dayOf(finishedAt, timeZone),
              kind: "safety-plan",
              level: null,
              answer: null,
              words:
                revision === 1
                  ? "The first version of the safety plan was finished."
                  : `Version ${revision} of the safety plan was finished.`,
              done: "",
              by,
            },
          ],
    ),
    ...chart.events
      .filter(({ kind }) => kind === "hospital")
      .map(({ id, date, label }): RiskEntry => ({ id, date, kind: "hospital", level: null, answer: null, words: label, done: "", by: "" })),
  ];
  // Of one day, what was judged stands above what it was judged by.
  return entries.toSorted((a, b) =>
    a.date === b.date ? riskEntryKinds.indexOf(a.kind) - riskEntryKinds.indexOf(b.kind) : a.date < b.date ? 1 : -1,
  );
}
