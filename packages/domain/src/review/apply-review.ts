import { formatDate } from "../calendar/date.ts";
import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import { asLine } from "../plan/draft/draft-context.ts";
import type { DraftNote } from "../plan/draft/draft-notes.ts";
import type { Edit } from "../plan/edit-plan.ts";
import { hasEnded, isReached } from "../plan/lifecycle.ts";
import { numberOf, planNumbers } from "../plan/numbering.ts";
import type { Goal, Intervention, Objective, Plan, Profile } from "../plan/plan.ts";
import type { DecidedObjective, Review } from "./review.ts";
import { reviewDueOn } from "./review-due.ts";
import { decisionWords } from "./review-proposals.ts";

const set = (value: unknown, ...path: string[]): Edit => ({ type: "set", path, value });
const ends = ({ decision }: Pick<DecidedObjective, "decision">): boolean => decision === "achieved" || decision === "discontinue";

/** The decisions about objectives that the plan still has and that have not ended. */
function standing(plan: Plan, review: Pick<Review, "decided">): (DecidedObjective & { readonly objective: Objective })[] {
  return review.decided.flatMap((decided) => {
    const objective = plan.objectives.find(({ id }) => id === decided.objectiveId);
    return objective === undefined || hasEnded(objective) ? [] : [{ ...decided, objective }];
  });
}

/** The plan with the objectives that were decided to end as ended; nothing else of the review is in it. For what hangs on them. */
export function withDecidedEnds(plan: Plan, review: Pick<Review, "decided">): Plan {
  const over = new Set(
    standing(plan, review)
      .filter(ends)
      .map(({ objectiveId }) => objectiveId),
  );
  return {
    ...plan,
    objectives: plan.objectives.map((entry) => (over.has(entry.id) ? { ...entry, lifecycleStatus: "completed" as const } : entry)),
  };
}

/** An intervention whose every objective ends at this review, or has ended before. */
export interface InterventionAtItsEnd {
  readonly intervention: Intervention;
  /** Why it ends with them, in words; a clinician may keep it for another objective instead. */
  readonly why: string;
}

/** The interventions that serve nothing any more once the review is applied. */
export function interventionsAtTheirEnd(plan: Plan, review: Pick<Review, "decided">): InterventionAtItsEnd[] {
  const decided = new Map(standing(plan, review).map((entry) => [entry.objectiveId, entry]));
  const numbers = planNumbers(plan).objectives;
  const over = (id: string) => {
    const objective = plan.objectives.find((entry) => entry.id === id);
    const now = decided.get(id);
    return objective === undefined || hasEnded(objective) || (now !== undefined && ends(now));
  };
  return plan.interventions.flatMap((intervention): InterventionAtItsEnd[] => {
    // One that served nothing before this review is no outcome of it.
    const now = intervention.objectiveIds.filter((id) => decided.has(id));
    if (now.length === 0 || !intervention.objectiveIds.every(over)) return [];
    const words = now.map(
      (id) =>
        `objective ${numberOf(numbers, id)}, ${decided.get(id)?.decision === "achieved" ? "which is achieved" : "which is discontinued"}`,
    );
    return [{ intervention, why: `It served only ${new Intl.ListFormat("en").format(words)}.` }];
  });
}

interface Applied {
  readonly id: string;
  readonly reviewWeeks: number;
  readonly profile: Profile;
  /** Ids of the administrations that the evidence came from. */
  readonly scores?: readonly string[];
  /** The chart's diagnoses, for those that are taken up. */
  readonly diagnoses?: readonly Diagnosis[];
}

/**
 * The edits that make what was decided out of the draft of the next revision. Nothing else changes: an objective without a decision stays as it is, and so
 * does everything that no decision is about.
 *
 * - *achieved*: lifecycle completed, achievement achieved. *discontinue*: lifecycle cancelled, achievement not-achieved (FHIR Goal).
 * - *revise-target* and any other decision with a new target or date: those numbers.
 * - A goal whose objectives have all ended is completed, with achievement achieved where all of them are; cancelled where none is.
 * - Interventions that serve nothing any more end with their objectives, or are kept for another one.
 */
export function applyReview(plan: Plan, review: Review, { id, reviewWeeks, profile, scores = [], diagnoses = [] }: Applied): Edit[] {
  const decided = standing(plan, review);
  const edits: Edit[] = [];
  const reasons: Plan["changeReasons"] = [];
  const because = (itemId: string, text: string) => {
    if (text.trim() !== "") reasons.push({ id: itemId, reason: text.trim().slice(0, 1000) });
  };

  const after = new Map<string, Objective>();
  for (const entry of decided) {
    const { objective, decision, reason, target, targetDate } = entry;
    const achievement =
      decision === "discontinue" ? "not-achieved" : decision === "achieved" ? "achieved" : evidenceOf(review, objective.id);
    const changed: Objective = {
      ...objective,
      ...(decision === "achieved" ? { lifecycleStatus: "completed" as const } : {}),
      ...(decision === "discontinue" ? { lifecycleStatus: "cancelled" as const } : {}),
      ...(achievement === null ? {} : { achievementStatus: achievement }),
    };
    after.set(objective.id, changed);
    const at = (...field: string[]) => ["objectives", objective.id, ...field];
    if (changed.lifecycleStatus !== objective.lifecycleStatus) edits.push(set(changed.lifecycleStatus, ...at("lifecycleStatus")));
    if (changed.achievementStatus !== objective.achievementStatus) edits.push(set(changed.achievementStatus, ...at("achievementStatus")));
    const numbers: string[] = [];
    if (!ends(entry)) {
      if (target !== null && objective.metric !== null && target !== objective.metric.target) {
        edits.push(set(target, ...at("metric", "target")));
        numbers.push(`target ${objective.metric.target ?? "not set"} → ${target}`);
      }
      if (targetDate !== null && targetDate !== objective.targetDate) {
        edits.push(set(targetDate, ...at("targetDate")));
        numbers.push(
          `target date ${objective.targetDate === null ? "not set" : formatDate(objective.targetDate)} → ${formatDate(targetDate)}`,
        );
      }
    }
    if (decision !== "continue" || reason.trim() !== "" || numbers.length > 0)
      because(objective.id, reason.trim() === "" ? whyOf(review, entry) : reason);
  }

  edits.push(...goalEdits(plan, after, because));
  edits.push(...interventionEdits(plan, review, because));
  for (const added of review.additions) {
    if (added.kind !== "diagnosis" || review.decidedAdditions.find((entry) => entry.id === added.id)?.decision !== "take-up") continue;
    const diagnosis = diagnoses.find((entry) => entry.id === added.about);
    if (diagnosis === undefined || plan.diagnoses.some((entry) => entry.id === diagnosis.id)) continue;
    edits.push({ type: "insert", list: ["diagnoses"], item: { ...diagnosis }, before: null });
    because(diagnosis.id, `Taken up at the review on ${formatDate(review.on)}.`);
  }

  const due = reviewDueOn(plan, review.on, { profile, reviewWeeks });
  const next = review.nextReview ?? due.reviewDue;
  edits.push(set(next, "reviewDue"));
  edits.push(
    set(
      next === due.reviewDue ? due.reviewBecause : [{ kind: "clinician", text: `Chosen at the review on ${formatDate(review.on)}.` }],
      "reviewBecause",
    ),
  );
  edits.push({ type: "insert", list: ["reviews"], item: { ...entryOf(plan, review, id, scores) }, before: null });
  if (reasons.length > 0) {
    const said = new Map([...plan.changeReasons, ...reasons].map((entry) => [entry.id, entry]));
    edits.push(set([...said.values()].slice(0, 300), "changeReasons"));
  }
  const part = clientTookPart(review);
  if (part !== null && plan.participation.client.trim() === "") edits.push(set(part, "participation", "client"));
  return edits;
}

/** What the evidence said of an objective when the review was opened. */
function evidenceOf(review: Review, objectiveId: string): Objective["achievementStatus"] {
  const achievement = review.proposals.find((proposal) => proposal.objectiveId === objectiveId)?.achievement ?? null;
  // Decided otherwise than proposed: what is not closed is not achieved.
  return achievement === "achieved" ? "improving" : achievement;
}

/** The reason for a decision without words of its own: that of the proposal where it was followed. */
function whyOf(review: Review, { objectiveId, decision }: DecidedObjective): string {
  const proposal = review.proposals.find((entry) => entry.objectiveId === objectiveId);
  return proposal?.decision === decision
    ? (proposal.because[0]?.text ?? "")
    : `${decisionWords[decision]}, decided at the review on ${formatDate(review.on)}.`;
}

function goalEdits(plan: Plan, after: ReadonlyMap<string, Objective>, because: (id: string, text: string) => void): Edit[] {
  return plan.goals.flatMap((goal): Edit[] => {
    const own = plan.objectives.filter(
      ({ goalId, lifecycleStatus }) => goalId === goal.id && lifecycleStatus !== "rejected" && lifecycleStatus !== "entered-in-error",
    );
    if (hasEnded(goal) || !own.some(({ id }) => after.has(id))) return [];
    const now = own.map((objective) => after.get(objective.id) ?? objective);
    const changed = goalAfter(goal, now);
    if (changed.lifecycleStatus !== goal.lifecycleStatus)
      because(
        goal.id,
        changed.achievementStatus === "achieved" ? "All its objectives are achieved." : "Nothing is worked on toward it any more.",
      );
    return (["lifecycleStatus", "achievementStatus"] as const).flatMap((field) =>
      changed[field] === goal[field] ? [] : [set(changed[field], "goals", goal.id, field)],
    );
  });
}

function goalAfter(goal: Goal, objectives: readonly Objective[]): Pick<Goal, "lifecycleStatus" | "achievementStatus"> {
  const statuses = objectives.map(({ achievementStatus }) => achievementStatus);
  if (objectives.every(hasEnded)) {
    if (objectives.every(isReached)) return { lifecycleStatus: "completed", achievementStatus: "achieved" };
    return { lifecycleStatus: objectives.some(isReached) ? "completed" : "cancelled", achievementStatus: "not-achieved" };
  }
  const { lifecycleStatus } = goal;
  if (statuses.includes("worsening")) return { lifecycleStatus, achievementStatus: "worsening" };
  if (statuses.includes("improving") || objectives.some(isReached)) return { lifecycleStatus, achievementStatus: "improving" };
  if (statuses.every((status) => status === "no-change" || status === "no-progress"))
    return { lifecycleStatus, achievementStatus: "no-change" };
  return { lifecycleStatus, achievementStatus: goal.achievementStatus };
}

function interventionEdits(plan: Plan, review: Review, because: (id: string, text: string) => void): Edit[] {
  return interventionsAtTheirEnd(plan, review).map(({ intervention, why }): Edit => {
    const chosen = review.interventions.find((entry) => entry.id === intervention.id);
    const kept = chosen?.decision === "keep" ? plan.objectives.find((objective) => objective.id === chosen.forObjective) : undefined;
    if (kept !== undefined) {
      because(
        intervention.id,
        chosen?.reason.trim() === "" || chosen === undefined ? `${why} It goes on for another objective.` : chosen.reason,
      );
      return set([...new Set([...intervention.objectiveIds, kept.id])], "interventions", intervention.id, "objectiveIds");
    }
    because(intervention.id, chosen === undefined || chosen.reason.trim() === "" ? why : chosen.reason);
    return { type: "remove", list: ["interventions"], id: intervention.id };
  });
}

/** The review as the plan keeps it (what reviewers ask for: progress by goal, decision, rationale). */
function entryOf(plan: Plan, review: Review, id: string, scores: readonly string[]): Plan["reviews"][number] {
  const numbers = planNumbers(plan).objectives;
  return {
    id,
    on: review.on,
    participants: [...review.participants],
    byGoal: plan.goals.flatMap((goal) => {
      const own = standing(plan, review).filter(({ objective }) => objective.goalId === goal.id);
      if (own.length === 0) return [];
      const words = own.map((entry) => {
        const proposal = review.proposals.find(({ objectiveId }) => objectiveId === entry.objectiveId);
        const evidence = (proposal?.because ?? []).slice(1).map(({ text }) => text);
        return `Objective ${numberOf(numbers, entry.objectiveId)}: ${evidence.length === 0 ? "no evidence recorded." : evidence.join(" ")}`;
      });
      return [
        {
          goalId: goal.id,
          progress: words.join("\n").slice(0, 2000),
          decision: asLine(
            own.map((entry) => `${numberOf(numbers, entry.objectiveId)} ${decisionWords[entry.decision].toLowerCase()}`).join("; "),
            200,
          ),
        },
      ];
    }),
    scores: scores.slice(0, 60),
    decision: review.summary,
    rationale: review.rationale,
  };
}

/** How the client took part, where the client's part of the review says anything; `null` otherwise. */
function clientTookPart({ clientsPart, on }: Review): string | null {
  const { helps, doesNotHelp, mattersNow, satisfaction } = clientsPart;
  const said = [
    ["What helps", helps],
    ["What does not help", doesNotHelp],
    ["What matters now", mattersNow],
    ["Satisfaction, 0 to 10", satisfaction === null ? "" : String(satisfaction)],
  ].flatMap(([label = "", text = ""]) => (text.trim() === "" ? [] : [`${label}: ${text.trim()}`]));
  if (said.length === 0) return null;
  const whole = [`Took part in the review on ${formatDate(on)}.`, ...said].join("\n");
  return whole.length <= 2000 ? whole : `${whole.slice(0, 1999)}…`;
}

/** What the review leaves to be done in the draft, for whoever goes on with it there. */
export function notesOfReview(plan: Plan, review: Review): DraftNote[] {
  const numbers = planNumbers(plan).objectives;
  const notes: string[] = [
    ...standing(plan, review)
      .filter(({ decision }) => decision === "change-intervention")
      .map(
        (entry) =>
          `Objective ${numberOf(numbers, entry.objectiveId)}: the review asks for another or a stronger intervention. ${entry.reason.trim() || whyOf(review, entry)}`,
      ),
    ...review.additions
      .filter(({ id }) => review.decidedAdditions.find((entry) => entry.id === id)?.decision === "take-up")
      .map(({ kind, what, text }) =>
        kind === "diagnosis"
          ? `Add a problem that rests on ${what}, or add it to one that is there.`
          : kind === "measure"
            ? `Add an objective for it: ${text}`
            : `Add an objective, or end the goal: ${text}`,
      ),
  ];
  return notes.map((text) => ({ kind: "review", text }));
}

/** Why this revision differs, in one sentence: the reason that stands with the whole plan. */
export function reasonOfReview(review: Pick<Review, "on" | "decided">): string {
  const counts = new Map<DecidedObjective["decision"], number>();
  for (const { decision } of review.decided) counts.set(decision, (counts.get(decision) ?? 0) + 1);
  const words: Record<DecidedObjective["decision"], string> = {
    achieved: "achieved",
    "revise-target": "with a new target or date",
    "change-intervention": "with another intervention",
    discontinue: "discontinued",
    continue: "continued",
  };
  const order = ["achieved", "revise-target", "change-intervention", "discontinue", "continue"] as const;
  const parts = order
    .filter((decision) => counts.has(decision))
    .map((decision, index) => {
      const count = counts.get(decision) ?? 0;
      return `${count}${index > 0 ? "" : count === 1 ? " objective" : " objectives"} ${words[decision]}`;
    });
  return `Review on ${formatDate(review.on)}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}.`;
}
