import { daysBetween, formatDate, type IsoDate } from "../calendar/date.ts";
import type { CriterionJudgement } from "../episode/episode.ts";
import type { Intake } from "../intake/intake.ts";
import type { Plan } from "../plan/plan.ts";
import { seriesOf } from "../progress/series.ts";
import { type HeadOfNote, type ObjectiveState, objectiveStates, type ScoresOnHand } from "./objective-states.ts";
import { type ScoreClause, scoreClause } from "./score-clause.ts";

/** What of a chart the discharge criteria are held against. */
export interface CriteriaRecord extends ScoresOnHand {
  readonly risk: Pick<Intake["risk"], "assessedOn" | "level" | "ideation" | "intent" | "plan">;
}

export interface CriteriaTreatment {
  readonly notes: readonly HeadOfNote[];
  /** What the clinician has said of them in this episode. */
  readonly judgements: readonly CriterionJudgement[];
}

export type CriterionStanding = "met" | "not-yet" | "cannot-tell";

/** A discharge criterion and how it stands. */
export interface CriterionState {
  readonly id: string;
  readonly text: string;
  readonly state: CriterionStanding;
  /** Who says so: the scores and ratings of the record, or the clinician. */
  readonly by: "record" | "clinician";
  readonly judgement: CriterionJudgement | null;
  /** What speaks for it and against it, one sentence each. */
  readonly because: readonly string[];
  /** What came into the record since the clinician judged it says otherwise. */
  readonly doubt: boolean;
}

interface Finding {
  readonly state: CriterionStanding;
  readonly because: readonly string[];
  /** The day of the newest score or assessment that it rests on. */
  readonly on?: IsoDate;
}

const ofDanger = /suicid|self-harm|\bto die\b|\brisk\b/i;
const ofObjectives = /\b(?:goals|objectives)\b.*\b(?:achieved|met|reached)\b/i;

/**
 * How far the discharge criteria of a plan are met. What a criterion asks of scores, objectives and risk is read from the record; what it asks besides is the
 * clinician's to say, and until then it cannot be told. A plan without criteria is followed by its objectives, one criterion each.
 *
 * Our own rules. Scores count in a row, the newest backwards, as often and over as long as the criterion says.
 */
export function criteriaMet(plan: Plan, record: CriteriaRecord, treatment: CriteriaTreatment, today: IsoDate): CriterionState[] {
  const objectives = objectiveStates(plan, record, treatment.notes, today);
  const asked =
    plan.dischargeCriteria.length > 0
      ? plan.dischargeCriteria.map(({ id, text, detail }) => ({
          id,
          text: [text, detail].filter((part) => part.trim() !== "").join(" "),
          found: findingOf([text, detail].join(" "), record, objectives, today),
        }))
      : objectives
          .filter(({ state }) => state !== "stopped")
          .map((objective) => ({
            id: `objective:${objective.id}`,
            text: `Objective ${objective.number}: ${objective.text}`,
            found: ofObjective(objective),
          }));
  return asked.map(({ id, text, found }) => {
    const judgement = treatment.judgements.findLast(({ criterionId }) => criterionId === id) ?? null;
    if (judgement === null) return { id, text, state: found.state, because: found.because, by: "record", judgement, doubt: false };
    const said = `${judgement.state === "met" ? "Judged as met" : "Judged as not met yet"} on ${formatDate(judgement.on)}${judgement.by === "" ? "" : ` by ${judgement.by}`}${judgement.why.trim() === "" ? "." : `: ${judgement.why.trim()}`}`;
    return {
      id,
      text,
      state: judgement.state,
      by: "clinician",
      judgement,
      because: [said, ...found.because],
      // Who judged it knew what was there on that day; only what came later speaks against it.
      doubt: judgement.state === "met" && found.state === "not-yet" && (found.on ?? "") > judgement.on,
    };
  });
}

function ofObjective({ state, why }: ObjectiveState): Finding {
  return { state: state === "achieved" ? "met" : state === "no-evidence" ? "cannot-tell" : "not-yet", because: [why] };
}

function findingOf(text: string, record: CriteriaRecord, objectives: readonly ObjectiveState[], today: IsoDate): Finding {
  const clause = scoreClause(text, record.measures);
  if (clause !== null) return ofScores(clause, record, today);
  if (ofDanger.test(text)) return ofRisk(record.risk);
  if (ofObjectives.test(text)) return ofAllObjectives(objectives);
  return { state: "cannot-tell", because: ["Nothing in the record measures it. It is yours and the client’s to say."] };
}

function ofScores(clause: ScoreClause, { administrations }: CriteriaRecord, today: IsoDate): Finding {
  const { measure, meets, bound, times, weeks, asksMore, hasOther } = clause;
  const scores = seriesOf(measure, administrations).filter(({ date }) => date <= today);
  const last = scores.at(-1);
  if (last === undefined) return { state: "cannot-tell", because: [`The ${measure.name} has not been given yet.`] };
  const unmet = (reason: string): Finding =>
    hasOther
      ? { state: "cannot-tell", because: [reason, "It names another way to be met, which is yours to judge."] }
      : { state: "not-yet", because: [reason], on: last.date };
  const run = scores.slice(scores.findLastIndex(({ total }) => !meets(total)) + 1);
  const [first] = run;
  if (first === undefined) return unmet(`${measure.name} was ${last.total} on ${formatDate(last.date)}, not ${bound}.`);
  const listed = run
    .slice(-Math.max(times, 2))
    .map(({ total, date }) => `${total} on ${formatDate(date)}`)
    .join(", ");
  const span = Math.floor(daysBetween(first.date, last.date) / 7);
  if (run.length < times)
    return unmet(`${measure.name} was ${listed}: ${bound} ${timesInWords(run.length)}, and it asks for ${timesInWords(times)} in a row.`);
  if (span < weeks)
    return unmet(`${measure.name} was ${listed}: ${bound} for ${span === 1 ? "1 week" : `${span} weeks`}, and it asks for ${weeks}.`);
  const met = `${measure.name} was ${listed}: ${bound}${run.length > 1 ? ` ${timesInWords(run.length)} in a row` : ""}.`;
  return asksMore
    ? { state: "cannot-tell", because: [met, "That part is met. What else it asks for is yours and the client’s to say."] }
    : { state: "met", because: [met] };
}

const timesInWords = (count: number): string => (count === 1 ? "once" : count === 2 ? "twice" : `${count} times`);

function ofRisk({ assessedOn, level, ideation, intent, plan }: CriteriaRecord["risk"]): Finding {
  if (level === null || assessedOn === null) return { state: "cannot-tell", because: ["Risk has not been assessed."] };
  const assessed = `Risk was last assessed on ${formatDate(assessedOn)}: ${level}.`;
  const danger = level === "high" || level === "imminent" || ideation === "active" || intent === "present" || plan === "specific";
  return danger
    ? { state: "not-yet", because: [assessed], on: assessedOn }
    : { state: "cannot-tell", because: [assessed, "Whether it has been so for long enough is yours to say."] };
}

function ofAllObjectives(objectives: readonly ObjectiveState[]): Finding {
  const counted = objectives.filter(({ state }) => state !== "stopped");
  const open = counted.filter(({ state }) => state !== "achieved");
  if (counted.length === 0) return { state: "cannot-tell", because: ["The plan has no objectives."] };
  const [first] = open;
  if (first === undefined) return { state: "met", because: [`All ${counted.length} objectives are achieved.`] };
  return {
    state: "not-yet",
    because: [
      `${counted.length - open.length} of ${counted.length} objectives are achieved. Not yet: ${open.map(({ number }) => number).join(", ")}.`,
    ],
  };
}
