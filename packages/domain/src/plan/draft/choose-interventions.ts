import { type ApproachId, approaches } from "../../library/approach.ts";
import { lookOf } from "../../library/danger.ts";
import type { Because } from "../plan.ts";
import { needsCalling } from "./choose-safety.ts";
import type { DraftContext } from "./draft-context.ts";
import type { MatchedProblem } from "./match-chapters.ts";
import { type HeldBack, type RankedIntervention, rankInterventions, stageWeight } from "./rank-interventions.ts";

/** An intervention chosen for the plan and the library objectives it serves there. */
export interface ChosenIntervention {
  readonly ranked: RankedIntervention;
  readonly objectiveIds: readonly string[];
  readonly problem: MatchedProblem;
  readonly because: readonly Because[];
}

/** What else could serve an objective, best first, with the reasons. */
export interface Alternatives {
  readonly objectiveLibraryId: string;
  readonly interventions: readonly { readonly libraryId: string; readonly because: readonly Because[]; readonly against: boolean }[];
}

export interface InterventionChoice {
  readonly chosen: readonly ChosenIntervention[];
  readonly heldBack: readonly HeldBack[];
  readonly alternatives: readonly Alternatives[];
}

/** How many interventions each objective starts with. */
const perObjective = 2;
/** A plan that stays with one main approach is easier to follow; this much weight keeps it there. */
const leadApproachWeight = 2;
/** Of what could serve safety, what is made for it comes before what serves much else besides; this much for each other objective. */
const besidesSafety = 0.5;
/** One intervention that serves several objectives is better than several. */
const sharedWeight = 1.5;

/** The approach that the evidence, the client's wishes and history together speak for most in this problem. */
function leadApproach(ranked: readonly RankedIntervention[]): ApproachId | null {
  const best = new Map<ApproachId, number[]>();
  for (const entry of ranked) {
    if (entry.against || entry.intervention.approach === "supportive") continue;
    best.set(entry.intervention.approach, [...(best.get(entry.intervention.approach) ?? []), entry.weight]);
  }
  // The mean of an approach's four best, so that a chapter rich in one approach does not win by number; a single one does not make a lead.
  const strength = (list: readonly number[]) => {
    const best4 = list.slice(0, 4);
    return best4.reduce((sum, weight) => sum + weight, 0) / Math.max(2, best4.length);
  };
  return [...best].toSorted((a, b) => strength(b[1]) - strength(a[1]))[0]?.[0] ?? null;
}

/**
 * Chooses interventions for the objectives of each problem, in order of treatment. One that serves several objectives is chosen once;
 * a technique that an earlier problem already brought in is shared instead of repeated. Of rival methods to the same end a plan holds one; the
 * others stay alternatives.
 */
export function chooseInterventions(
  problems: readonly { problem: MatchedProblem; objectiveIds: readonly string[] }[],
  context: DraftContext,
): InterventionChoice {
  const chosen: { ranked: RankedIntervention; objectiveIds: string[]; problem: MatchedProblem; because: Because[] }[] = [];
  const byTechnique = new Map<string, (typeof chosen)[number]>();
  const heldBack: HeldBack[] = [];
  const alternatives: Alternatives[] = [];
  /** The method that this plan holds already for the same end, where it is another one. */
  const rivalOf = ({ intervention: { rival } }: RankedIntervention) =>
    rival &&
    chosen.find(
      ({ ranked: { intervention: other } }) =>
        other.rival?.family === rival.family && !other.rival.methods.some((method) => rival.methods.includes(method)),
    )?.ranked.intervention;
  const isSafety = (id: string) => context.library.objectiveById.get(id)?.safety ?? false;
  const needsOf = (id: string) => needsCalling(context.library.objectiveById.get(id) ?? { signals: [] }, context);
  const couldServe: { readonly entry: RankedIntervention; readonly problem: MatchedProblem; readonly objectiveIds: readonly string[] }[] =
    [];
  const servedBy = (objectiveId: string) => chosen.filter((entry) => entry.objectiveIds.includes(objectiveId)).length;
  for (const { problem, objectiveIds } of problems) {
    const wanted = new Set(objectiveIds);
    const result = rankInterventions(
      problem.chapter.interventions.filter((entry) => entry.objectives.some((id) => wanted.has(id))),
      context,
    );
    heldBack.push(...result.heldBack);
    const lead = leadApproach(result.ranked);
    const served = (entry: RankedIntervention) => entry.intervention.objectives.filter((id) => wanted.has(id));
    const weigh = (entry: RankedIntervention) =>
      entry.weight + (entry.intervention.approach === lead ? leadApproachWeight : 0) + (served(entry).length - 1) * sharedWeight;
    // What keeps the client safe is chosen by what is known to work, before taste and the unity of the plan.
    const followsWholeScore = (id: string) => {
      const metric = context.library.objectiveById.get(id)?.metric;
      return metric?.kind === "measure" && metric.item === undefined && metric.measure === problem.chapter.measures[0]?.id;
    };
    const weighForSafety = (entry: RankedIntervention) =>
      entry.weight - entry.wish - entry.intervention.objectives.filter((id) => !isSafety(id)).length * besidesSafety;
    const orderedBy = (weight: (entry: RankedIntervention) => number) =>
      result.ranked.toSorted((a, b) => weight(b) - weight(a) || (a.intervention.id < b.intervention.id ? -1 : 1));
    const usual = orderedBy(weigh);
    couldServe.push(...usual.map((entry) => ({ entry, problem, objectiveIds: served(entry).filter((id) => !isSafety(id)) })));
    // The score of the whole problem moves by the treatment itself, so that its method comes before what helps with much a little.
    const asMethod = (entry: RankedIntervention) =>
      entry.weight - stageWeight(entry.intervention.stage) + (entry.intervention.approach === lead ? leadApproachWeight : 0);
    const isMethod = ({ intervention, against, reserved }: RankedIntervention) =>
      !against && !reserved && intervention.format !== "coordination" && intervention.approach !== "supportive";
    const methods = orderedBy(asMethod).filter(isMethod);
    const forSafety = orderedBy(weighForSafety);
    for (const objectiveId of objectiveIds) {
      const safety = isSafety(objectiveId);
      const needs = needsOf(objectiveId);
      const method = followsWholeScore(objectiveId)
        ? methods.find((entry) => entry.intervention.objectives.includes(objectiveId))
        : undefined;
      const ordered = safety ? forSafety : method ? [method, ...usual.filter((entry) => entry !== method)] : usual;
      const fitting = ordered.filter((entry) => entry.intervention.objectives.includes(objectiveId));
      let count = servedBy(objectiveId);
      // Another objective that has enough already is left alone, or a step ends up with five methods and no line.
      const serves = (entry: RankedIntervention) =>
        served(entry).filter(
          (id) =>
            id === objectiveId || servedBy(id) < perObjective || (isSafety(id) && lookOf(entry.intervention, needsOf(id)) === "fitting"),
        );
      for (const entry of fitting) {
        if (count >= perObjective && !safety) break;
        const look = safety ? lookOf(entry.intervention, needs) : null;
        if (look === "other" && count > 0) continue;
        if (count >= perObjective && (count > perObjective || look !== "fitting")) continue;
        if (chosen.some((other) => other.ranked === entry)) continue;
        if (rivalOf(entry)) continue;
        // What the client declined, or what the record does not clearly call for, comes in only where nothing else serves, and says so.
        if ((entry.against || entry.reserved) && count > 0) continue;
        // A practice's own intervention may name no technique; two such are not the same one.
        const { technique } = entry.intervention;
        const shared = technique === "" ? undefined : byTechnique.get(technique);
        if (shared) {
          if (shared.problem === problem) continue;
          shared.objectiveIds.push(...serves(entry).filter((id) => !shared.objectiveIds.includes(id)));
          if (!shared.because.some((reason) => reason.text.includes(problem.chapter.title))) {
            shared.because.push({ kind: "practice", text: `Also serves “${problem.chapter.title}”, so it stands here once for both.` });
          }
        } else {
          const added = { ranked: entry, objectiveIds: serves(entry), problem, because: [...entry.because] };
          if (!safety && lead !== null && entry.intervention.approach === lead)
            added.because.push({
              kind: "practice",
              text: `Keeps the work on “${problem.chapter.title}” with one main approach, ${approaches[lead].name}.`,
            });
          chosen.push(added);
          byTechnique.set(technique, added);
        }
        count += 1;
      }
      const inPlan = new Set(chosen.map((entry) => entry.ranked.intervention.id));
      alternatives.push({
        objectiveLibraryId: objectiveId,
        interventions: fitting
          .filter((entry) => !inPlan.has(entry.intervention.id))
          .slice(0, 8)
          .map((entry) => {
            const rival = rivalOf(entry);
            const instead: Because[] = rival
              ? [{ kind: "practice", text: `To be weighed against ${rival.technique}, not added to it: one method at a time.` }]
              : [];
            return { libraryId: entry.intervention.id, because: [...instead, ...entry.because], against: entry.against };
          }),
      });
    }
  }
  // What the client asked for has at least one place in the plan, where the library has anything of it for these objectives.
  for (const approach of context.record.intake.preferences.wanted) {
    if (chosen.some(({ ranked }) => ranked.intervention.approach === approach)) continue;
    const room = (objectiveIds: readonly string[]) => objectiveIds.filter((id) => servedBy(id) <= perObjective);
    const asked = couldServe.find(
      ({ entry, objectiveIds }) =>
        entry.intervention.approach === approach &&
        room(objectiveIds).length > 0 &&
        !entry.against &&
        !entry.reserved &&
        !rivalOf(entry) &&
        !byTechnique.has(entry.intervention.technique),
    );
    if (!asked) continue;
    const added = {
      ranked: asked.entry,
      objectiveIds: room(asked.objectiveIds),
      problem: asked.problem,
      because: [...asked.entry.because],
    };
    chosen.push(added);
    byTechnique.set(asked.entry.intervention.technique, added);
  }
  const inPlan = new Set(chosen.map(({ ranked }) => ranked.intervention.id));
  return {
    chosen,
    heldBack: uniqueById(heldBack),
    alternatives: alternatives.map(({ objectiveLibraryId, interventions }) => ({
      objectiveLibraryId,
      interventions: interventions.filter(({ libraryId }) => !inPlan.has(libraryId)),
    })),
  };
}

function uniqueById(list: readonly HeldBack[]): HeldBack[] {
  return [...new Map(list.map((entry) => [entry.libraryId, entry])).values()];
}
