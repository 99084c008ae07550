import { addWeeks, formatDate, type IsoDate } from "../calendar/date.ts";
import { rawChangeWords } from "../measures/change.ts";
import { targetFor } from "../measures/reliable-change.ts";
import { isCase } from "../measures/score.ts";
import type { ObjectiveRating } from "../note/note.ts";
import { reasons } from "../plan/draft/draft-context.ts";
import type { AchievementStatus } from "../plan/objective-progress.ts";
import type { Because } from "../plan/plan.ts";
import type { ReviewDecision, ReviewProposal } from "./review.ts";
import type { ObjectiveEvidence, ReviewEvidence } from "./review-evidence.ts";

/** The field's words for how an objective went in one session. */
export const tickWords: Record<ObjectiveRating, string> = {
  none: "no progress",
  some: "some progress",
  good: "good progress",
  achieved: "achieved",
  worse: "worse",
};

export const decisionWords: Record<ReviewDecision, string> = {
  continue: "Continue",
  achieved: "Achieved",
  "revise-target": "Revise the target",
  "change-intervention": "Change the intervention",
  discontinue: "Discontinue",
};

/** What one rule looks at. */
interface Asked {
  readonly evidence: ObjectiveEvidence;
  readonly all: ReviewEvidence;
}

interface Proposed {
  readonly decision: ReviewDecision;
  /** The one reason that decided. */
  readonly why: string;
  readonly target?: number;
  readonly targetDate?: IsoDate;
}

/** A rule of proposals as data. All are practice-based: rules of our own for a first suggestion, which clinician and client decide on. */
export interface ProposalRule {
  readonly id: string;
  readonly source: string;
  readonly propose: (asked: Asked) => Proposed | null;
}

/** A target date that has passed is moved on by so many weeks: the longer end of the usual time between two reviews. Ours, not a norm. */
const moreWeeks = 6;
/** So many sessions in which nobody worked on an objective say that it is not one of the present. Ours, not a norm. */
const sessionsWithout = 4;

const ours = "Practice-based: a rule of Trellis’s own";

/**
 * What is proposed for an objective: the first rule that holds. Conservative on purpose: one good session, one score or one tick is never an achievement,
 * and nothing is ended because it was forgotten once.
 */
export const proposalRules: readonly ProposalRule[] = [
  {
    id: "worse",
    source: "Reliable deterioration: Jacobson NS, Truax P. J Consult Clin Psychol 1991;59:12-19, with the measure’s own threshold",
    propose: ({ evidence: { course, sinceReview, progress, measure } }) => {
      if (sinceReview?.change === "deteriorated")
        return {
          decision: "change-intervention",
          why: `${measure?.name ?? "The measure"} is ${rawChangeWords(sinceReview.better)} since the last review, more than measurement error. Find out what happened before the same is done again.`,
        };
      return course?.state === "deteriorated" || (course === null && progress?.state === "worsening")
        ? { decision: "change-intervention", why: "It is worse than at the start, more than measurement error alone would make." }
        : null;
    },
  },
  {
    id: "worse-in-sessions",
    source: ours,
    propose: ({ evidence: { ticks } }) =>
      ticks.length >= 2 && ticks.slice(-2).every(({ rating }) => rating === "worse")
        ? { decision: "change-intervention", why: "The last two sessions that worked on it found it worse." }
        : null,
  },
  {
    id: "met-and-still-in-the-clinical-range",
    source: `${ours}; the range is the measure’s own cutoff`,
    propose: ({ evidence: { progress, measure, objective } }) => {
      const now = progress?.current?.value;
      if (progress?.proposeAchieved !== true || measure === null || now === undefined || objective.metric?.item !== undefined) return null;
      const further = isCase(measure, now) === true ? targetFor(measure, now, "cutoff") : null;
      return further === null || further.target === progress.target
        ? null
        : {
            decision: "revise-target",
            why: `The target was met twice in a row, and a ${measure.name} of ${now} is still in the clinical range (cutoff ${measure.cutoff?.atLeast}). The next step would be ${further.target}.`,
            target: further.target,
          };
    },
  },
  {
    id: "client-sees-it-otherwise",
    source: ours,
    propose: ({ evidence }) =>
      saidAchieved(evidence) !== null && evidence.clientRating !== null && evidence.clientRating <= 3
        ? {
            decision: "continue",
            why: `The numbers say achieved, and the client rates the progress ${evidence.clientRating} of 10. Ask what is still missing before it is closed.`,
          }
        : null,
  },
  {
    id: "achieved",
    source: `${ours}: met at two measurements in a row, or noted as achieved in the last two sessions that worked on it`,
    propose: ({ evidence }) => {
      const why = saidAchieved(evidence);
      return why === null ? null : { decision: "achieved", why };
    },
  },
  {
    id: "little-progress",
    source: "The rules of a course that is not on track (measures/course.ts)",
    propose: ({ evidence: { course } }) =>
      course !== null && (course.state === "no-progress" || course.state === "little-progress")
        ? { decision: "change-intervention", why: course.rule?.words ?? "There is little progress for the time it has taken." }
        : null,
  },
  {
    id: "no-progress-in-sessions",
    source: ours,
    propose: ({ evidence: { ticks, progress } }) =>
      progress?.state !== "improving" && ticks.length >= 3 && ticks.slice(-3).every(({ rating }) => rating === "none" || rating === "worse")
        ? { decision: "change-intervention", why: "The last three sessions that worked on it found no progress." }
        : null,
  },
  {
    id: "not-worked-on",
    source: ours,
    propose: ({ evidence, all }) =>
      evidence.targetDatePassed &&
      evidence.ticks.length === 0 &&
      all.sessions >= sessionsWithout &&
      !movedForward(evidence) &&
      !evidence.objective.safety
        ? {
            decision: "discontinue",
            why: `None of the ${all.sessions} sessions since the last review worked on it, and its target date has passed. Discontinue it, or say why it stays.`,
          }
        : null,
  },
  {
    id: "date-passed",
    source: ours,
    propose: ({ evidence: { targetDatePassed, objective, progress }, all }) =>
      targetDatePassed && objective.targetDate !== null
        ? {
            decision: "revise-target",
            why: `The target date ${formatDate(objective.targetDate)} has passed${progress?.met === true ? "; the target was met once, and a second time confirms it" : ", and the target is not reached"}. Give it until ${formatDate(addWeeks(all.today, moreWeeks))}, or choose a smaller step.`,
            targetDate: addWeeks(all.today, moreWeeks),
          }
        : null,
  },
  {
    id: "met-once",
    source: `${ours}: one measurement may be chance`,
    propose: ({ evidence: { progress, ticks } }) =>
      progress?.met === true || ticks.at(-1)?.rating === "achieved"
        ? { decision: "continue", why: "The target was met once. A second time confirms it; until then it goes on." }
        : null,
  },
  {
    id: "goes-on",
    source: ours,
    propose: ({ evidence }) => ({
      decision: "continue",
      why: movedForward(evidence)
        ? "It moves in the right direction and is not there yet."
        : evidence.values.length < 2 && evidence.ticks.length === 0
          ? "Too little is known yet to decide otherwise."
          : "Nothing calls for a change yet.",
    }),
  },
];

/** Why an objective counts as achieved: the target met twice in a row, or two sessions in a row that said so where nothing is measured. Never one alone. */
function saidAchieved({ progress, ticks, measure, objective }: ObjectiveEvidence): string | null {
  if (progress !== null) return progress.proposeAchieved ? "The target was met at the last two measurements in a row." : null;
  // An instrument that is not there to ask cannot be replaced by an impression.
  if (measure !== null || objective.metric?.kind === "measure") return null;
  const [before, last] = ticks.slice(-2);
  return before?.rating === "achieved" && last?.rating === "achieved" && before.noteId !== last.noteId
    ? `Noted as achieved in the last two sessions that worked on it (${formatDate(before.date)} and ${formatDate(last.date)}).`
    : null;
}

function movedForward({ progress, ticks }: ObjectiveEvidence): boolean {
  const last = ticks.at(-1)?.rating;
  return progress?.state === "improving" || progress?.state === "achieved" || last === "good" || last === "achieved" || last === "some";
}

/** One proposal for each objective that is worked on, in the order of the plan, each with why in plain words and numbers. */
export function proposals(all: ReviewEvidence): ReviewProposal[] {
  return all.objectives.map((evidence): ReviewProposal => {
    const asked = { evidence, all };
    const found = proposalRules.map(({ propose }) => propose(asked)).find((proposed) => proposed !== null);
    const proposed: Proposed = found ?? { decision: "continue", why: "Nothing calls for a change yet." };
    return {
      objectiveId: evidence.objective.id,
      decision: proposed.decision,
      because: reasons([{ kind: "practice", text: proposed.why }, ...facts(evidence)]),
      target: proposed.target ?? null,
      // With another intervention an objective needs time as well.
      targetDate:
        proposed.targetDate ??
        (evidence.targetDatePassed && proposed.decision === "change-intervention" ? addWeeks(all.today, moreWeeks) : null),
      achievement: achievementOf(evidence, proposed.decision),
    };
  });
}

/** What is known, in sentences with numbers. */
export function facts({ progress, measure, sinceReview, ticks, homework, clientRating, clinicianRating }: ObjectiveEvidence): Because[] {
  const found: Because[] = [];
  if (progress?.current != null && measure !== null)
    found.push({
      kind: "score",
      ref: measure.id,
      text: `${measure.name}: ${progress.baseline ?? "no baseline"} at the start, ${progress.current.value} on ${formatDate(progress.current.date)}, target ${progress.target ?? "not set"}. ${progress.rule}`,
    });
  else if (measure !== null) found.push({ kind: "score", ref: measure.id, text: `The ${measure.name} was not given since the baseline.` });
  if (sinceReview !== null)
    found.push({
      kind: "score",
      text: `Since the last review: ${sinceReview.from.value} to ${sinceReview.to.value}, ${rawChangeWords(sinceReview.better)}${sinceReview.change === null ? "" : sinceReview.change === "no-reliable-change" ? ", which measurement error alone can make" : ", more than measurement error"}.`,
    });
  if (ticks.length > 0) {
    const count = (rating: ObjectiveRating) => ticks.filter((tick) => tick.rating === rating).length;
    const parts = (["achieved", "good", "some", "none", "worse"] as const).flatMap((rating) =>
      count(rating) === 0 ? [] : [`${tickWords[rating]} ${count(rating)}`],
    );
    found.push({
      kind: "clinician",
      text: `Worked on in ${ticks.length} ${ticks.length === 1 ? "session" : "sessions"}: ${parts.join(", ")}.`,
    });
  } else found.push({ kind: "clinician", text: "No signed note since the last review says how it went." });
  const looked = homework.done + homework.partly + homework.notDone;
  if (looked > 0)
    found.push({
      kind: "history",
      text: `Homework: ${homework.done} of ${looked} done${homework.partly === 0 ? "" : `, ${homework.partly} in part`}.${homework.notDone * 2 > looked ? " Most of it was not done: look at what got in the way before the technique is changed." : ""}`,
    });
  if (clientRating !== null || clinicianRating !== null)
    found.push({
      kind: "preference",
      text: `Progress as rated, 0 to 10: ${[clientRating === null ? null : `client ${clientRating}`, clinicianRating === null ? null : `clinician ${clinicianRating}`].filter((words) => words !== null).join(", ")}.`,
    });
  return found;
}

/** FHIR Goal.achievementStatus as the evidence has it; `null` where nothing is known. */
function achievementOf({ progress, ticks }: ObjectiveEvidence, decision: ReviewDecision): AchievementStatus | null {
  if (decision === "achieved") return "achieved";
  // Met twice, and still to go on: it improves.
  if (progress?.current != null) return progress.state === "achieved" ? "improving" : progress.state;
  const last = ticks.at(-1)?.rating;
  if (last === undefined) return null;
  return last === "worse" ? "worsening" : last === "none" ? "no-change" : "improving";
}
