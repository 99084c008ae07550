import { type ApproachId, approaches } from "../../library/approach.ts";
import type { Caution, LibraryIntervention } from "../../library/chapter.ts";
import { clientStateNames } from "../../library/client-state.ts";
import type { Evidence } from "../../library/evidence.ts";
import type { Because } from "../plan.ts";
import { asLine, capitalize, type DraftContext } from "./draft-context.ts";

/** An intervention weighed for this client. A higher `weight` is proposed first; `because` says what made it so. */
export interface RankedIntervention {
  readonly intervention: LibraryIntervention;
  readonly weight: number;
  readonly because: readonly Because[];
  readonly adaptations: readonly string[];
  /** The client declined its approach, or it made things worse before. */
  readonly against: boolean;
  /** Depends on something that the record does not say (people who would have to come, a particular situation): proposed only where little else serves. */
  readonly reserved: boolean;
  /** The part of the weight that comes from what the client asked for. */
  readonly wish: number;
}

/** An intervention that is not proposed as things stand, and why. */
export interface HeldBack {
  readonly libraryId: string;
  readonly text: string;
  readonly technique: string;
  readonly approach: ApproachId;
  readonly because: string;
}

/**
 * Weights of what speaks for and against an intervention. Ours, not a norm: they order a list that a clinician decides on.
 * Evidence outweighs nothing the client declined; what made things worse before counts more than what merely did not help.
 */
export const weights = {
  guideline: 3,
  "meta-analysis": 3,
  "systematic-review": 2.5,
  "randomized-trial": 2,
  otherEvidence: 1,
  wanted: 3,
  declined: -8,
  helped: 2,
  "helped-partly": 1,
  "did-not-help": -4,
  "made-worse": -7,
  early: 1,
  late: -1,
  adapted: -0.5,
  /** People who are not the client would have to come, and the client has not said yes to that, or has said no. */
  othersNotAsked: -2.5,
  othersUnwanted: -6,
  /** Written for a situation that the record may or may not show. */
  particular: -2,
} as const;

const evidenceWeight = (evidence: Evidence): number =>
  evidence.kind === "guideline" ||
  evidence.kind === "meta-analysis" ||
  evidence.kind === "systematic-review" ||
  evidence.kind === "randomized-trial"
    ? weights[evidence.kind]
    : weights.otherEvidence;

const evidenceNames: Record<Evidence["kind"], string> = {
  guideline: "guideline",
  "meta-analysis": "meta-analysis",
  "systematic-review": "systematic review",
  "randomized-trial": "randomized trial",
  "controlled-study": "controlled study",
  "open-trial": "open trial",
  cohort: "cohort study",
  "case-study": "case study",
  "qualitative-study": "qualitative study",
  "measurement-study": "measurement study",
  "narrative-review": "narrative review",
  manual: "treatment manual",
};

/** A plan begins at its beginning. */
export function stageWeight(stage: LibraryIntervention["stage"]): number {
  return stage === "early" ? weights.early : stage === "late" ? weights.late : 0;
}

/** What a source says for an intervention, worked out once per source. */
const supportKnown = new WeakMap<Evidence, Because>();
function supportedBy(source: Evidence): Because {
  let because = supportKnown.get(source);
  if (!because) {
    const text = `Supported by a ${evidenceNames[source.kind]} (${source.authors.split(",")[0]} ${source.year}): ${source.finding}`;
    because = { kind: "evidence", ref: source.id, text: asLine(text, 500) };
    supportKnown.set(source, because);
  }
  return because;
}

interface Verdict {
  readonly weight: number;
  readonly because: Because;
  readonly against?: boolean;
  readonly reserved?: boolean;
}

/** What the client's wishes and earlier treatments say about an approach. Worked out once per approach and draft. */
export function approachVerdicts(approach: ApproachId, context: DraftContext): Verdict[] {
  const { preferences, priorTreatment } = context.record.intake;
  const name = approaches[approach].name;
  const verdicts: Verdict[] = [];
  const wanted = preferences.wanted.includes(approach);
  if (wanted) verdicts.push({ weight: weights.wanted, because: { kind: "preference", text: `The client asked for ${name}.` } });
  const declined = preferences.declined.find((entry) => entry.approach === approach);
  if (declined) {
    const reason = declined.reason.trim() ? `: “${asLine(declined.reason, 200)}”` : ".";
    verdicts.push({
      weight: weights.declined,
      against: true,
      because: { kind: "preference", text: `Ranked lower: the client declined ${name}${reason}` },
    });
  }
  for (const treatment of priorTreatment.treatments) {
    if (treatment.approach !== approach || treatment.outcome === "unknown") continue;
    const when = treatment.when ? ` (${treatment.when})` : "";
    const words = {
      helped: "helped before",
      "helped-partly": "helped in part before",
      "did-not-help": "did not help before",
      "made-worse": "made things worse before",
    }[treatment.outcome];
    // Who asks for an approach in spite of what happened weighs that more lightly than the record does.
    const weight = weights[treatment.outcome] / (wanted && weights[treatment.outcome] < 0 ? 2 : 1);
    verdicts.push({
      weight,
      against: treatment.outcome === "made-worse" && !wanted,
      because: { kind: "history", text: `${weight < 0 ? "Ranked lower: " : ""}${name} ${words}${when}.` },
    });
  }
  return verdicts;
}

/** Library wording that says for whom it is meant before it says what is done. */
const forSome = /^(?:Where |With a client |For (?:a|the) client who )/;

const partnerWords = /\b(wife|husband|spouse|partner|fianc[eé]e?|boyfriend|girlfriend)\b/i;

/** Why the others whom this format needs cannot be counted on, or `null` when they can. */
function othersMissing(format: LibraryIntervention["format"], context: DraftContext): Verdict | null {
  const { client, intake } = context.record;
  const { involveFamily, wanted } = intake.preferences;
  if (format !== "couple" && format !== "family") return null;
  const told = (weight: number, text: string): Verdict => ({ weight, reserved: true, because: { kind: "preference", text } });
  if (involveFamily === "no")
    return { ...told(weights.othersUnwanted, "Ranked lower: the client does not want family or partner involved."), against: true };
  if (involveFamily !== "yes" && !wanted.includes("family-systems"))
    return told(weights.othersNotAsked, "Ranked lower: needs family or partner in the room, and the client has not said yes to that yet.");
  const people = [client.emergencyContact?.relationship ?? "", ...intake.strengths.supports, ...intake.risk.protectiveFactors];
  return format === "couple" && !people.some((text) => partnerWords.test(text))
    ? told(weights.othersNotAsked, "Ranked lower: needs a partner in the room, and the record names none among the client’s supports.")
    : null;
}

/** Words of a technique's name that many techniques share and that tell nothing of what is done. */
const commonWords = new Set(
  "about based behavioral cognitive coordination counseling course early focused group individual planning practice review session sessions shared skills support supportive therapy training treatment with work working".split(
    " ",
  ),
);

/** What is known by which words, worked out once per technique. */
const knownBy = new Map<string, readonly string[]>();
/** The words that a technique is known by: "exposure" in "narrative exposure", "EMDR". */
function tellingWords(technique: string): readonly string[] {
  let words = knownBy.get(technique);
  if (!words) {
    words = (technique.match(/\p{L}+/gu) ?? []).filter(
      (word) => (word.length >= 6 || /^\p{Lu}{3,}$/u.test(word)) && !commonWords.has(word.toLowerCase()),
    );
    knownBy.set(technique, words);
  }
  return words;
}

type EarlierTreatment = DraftContext["record"]["intake"]["priorTreatment"]["treatments"][number];

/** The words of a treatment's description, worked out once per treatment. */
const saidOf = new WeakMap<EarlierTreatment, ReadonlySet<string>>();

/** The first word that a technique is known by and that the description of a treatment has too. */
function sharedWord(technique: string, treatment: EarlierTreatment): string | undefined {
  const said = saidOf.get(treatment) ?? new Set(treatment.description.toLowerCase().match(/\p{L}+/gu));
  saidOf.set(treatment, said);
  return tellingWords(technique).find((word) => said.has(word.toLowerCase()));
}

/** "“Prolonged exposure” made things worse before (2024)" */
function failedBefore(description: string, outcome: "did-not-help" | "made-worse", when: string): string {
  const how = outcome === "made-worse" ? "made things worse" : "did not help";
  return `“${asLine(description, 120)}” ${how} before${when ? ` (${when})` : ""}`;
}

/** An earlier treatment that failed and was, by its description, much the same under the name of another approach. */
function likeWhatFailed({ approach, technique }: LibraryIntervention, context: DraftContext): Verdict[] {
  const { preferences, priorTreatment } = context.record.intake;
  const failed = priorTreatment.treatments.filter(
    (treatment) =>
      (treatment.outcome === "did-not-help" || treatment.outcome === "made-worse") &&
      treatment.approach !== approach &&
      treatment.description.trim() !== "",
  );
  if (failed.length === 0) return [];
  return failed.flatMap((treatment): Verdict[] => {
    const { description, outcome, when } = treatment;
    const same = sharedWord(technique, treatment);
    if (!same || (outcome !== "did-not-help" && outcome !== "made-worse")) return [];
    const wanted = preferences.wanted.includes(approach);
    return [
      {
        weight: weights[outcome] / (wanted ? 2 : 1),
        against: outcome === "made-worse" && !wanted,
        because: {
          kind: "history",
          text: `Ranked lower: ${failedBefore(description, outcome, when)}, and this is ${same} too.`,
        },
      },
    ];
  });
}

/**
 * Why work on something is not to begin with these interventions: their approach was declined, or a treatment failed that was of their kind
 * by its description or, where its description tells no more, of their approach. An approach that the client asks for in spite of that is
 * set back only in what is like the treatment that failed.
 */
export function setBack(interventions: readonly LibraryIntervention[], context: DraftContext): Map<LibraryIntervention, string> {
  const { preferences, priorTreatment } = context.record.intake;
  const found = new Map<LibraryIntervention, string>();
  const setApproachBack = (approach: ApproachId) => {
    if (preferences.wanted.includes(approach)) return;
    const verdicts = approachVerdicts(approach, context);
    const [worst] = verdicts.toSorted((a, b) => a.weight - b.weight);
    if (!worst || verdicts.reduce((sum, { weight }) => sum + weight, 0) >= 0) return;
    const why = capitalize(worst.because.text.replace(/^Ranked lower: /, ""));
    for (const entry of interventions) if (entry.approach === approach && !found.has(entry)) found.set(entry, why);
  };
  for (const treatment of priorTreatment.treatments) {
    const { approach, description, outcome, when } = treatment;
    if (outcome !== "did-not-help" && outcome !== "made-worse") continue;
    const alike = interventions.filter(({ technique }) => sharedWord(technique, treatment) !== undefined);
    for (const entry of alike) found.set(entry, `${failedBefore(description, outcome, when)}.`);
    if (alike.length === 0 && approach) setApproachBack(approach);
  }
  for (const { approach } of preferences.declined) setApproachBack(approach);
  return found;
}

/** What speaks against a single intervention beside its approach: who would have to come, for whom it was written, and what like it failed. */
function fitVerdicts(intervention: LibraryIntervention, context: DraftContext): Verdict[] {
  const { format, text, objectives } = intervention;
  const missing = othersMissing(format, context);
  // What is made for a danger is for whoever is in that danger.
  const particular = forSome.test(text) && objectives.some((id) => !context.library.objectiveById.get(id)?.safety);
  return [
    ...likeWhatFailed(intervention, context),
    ...(missing ? [missing] : []),
    ...(particular
      ? [
          {
            weight: weights.particular,
            reserved: true,
            because: { kind: "practice", text: "Meant for a particular situation: keep it only if it is this client’s." } as const,
          },
        ]
      : []),
  ];
}

/** True while a caution of this intervention holds it back. */
export function isHeld({ cautions }: LibraryIntervention, context: DraftContext): boolean {
  return cautionsNow(cautions, context).some(({ caution }) => caution.action === "hold");
}

function cautionsNow(cautions: readonly Caution[], context: DraftContext): { caution: Caution; found: string }[] {
  return cautions.flatMap((caution) => {
    const state = context.states.find((entry) => entry.state === caution.when);
    return state ? [{ caution, found: state.because }] : [];
  });
}

/** Weighs interventions for this client; those with a caution that holds now come back separately with the reason. */
export function rankInterventions(
  interventions: readonly LibraryIntervention[],
  context: DraftContext,
): { ranked: RankedIntervention[]; heldBack: HeldBack[] } {
  const verdicts = new Map<ApproachId, Verdict[]>();
  const ranked: RankedIntervention[] = [];
  const heldBack: HeldBack[] = [];
  for (const intervention of interventions) {
    const now = cautionsNow(intervention.cautions, context);
    const hold = now.find((entry) => entry.caution.action === "hold");
    if (hold) {
      heldBack.push({
        libraryId: intervention.id,
        text: intervention.text,
        technique: intervention.technique,
        approach: intervention.approach,
        because: `Held back because of ${clientStateNames[hold.caution.when]}: ${hold.caution.because} In this record: ${hold.found}`,
      });
      continue;
    }
    let ofApproach = verdicts.get(intervention.approach);
    if (!ofApproach) {
      ofApproach = approachVerdicts(intervention.approach, context);
      verdicts.set(intervention.approach, ofApproach);
    }
    const known = [...ofApproach, ...fitVerdicts(intervention, context)];
    const sources = intervention.evidence.flatMap((id) => context.library.evidenceById.get(id) ?? []);
    const best = sources.toSorted((a, b) => evidenceWeight(b) - evidenceWeight(a) || b.year - a.year)[0];
    const adapted = now.filter((entry) => entry.caution.action === "adapt");
    ranked.push({
      intervention,
      weight:
        (best ? evidenceWeight(best) : 0) +
        stageWeight(intervention.stage) +
        adapted.length * weights.adapted +
        known.reduce((sum, verdict) => sum + verdict.weight, 0),
      against: known.some((verdict) => verdict.against),
      reserved: known.some((verdict) => verdict.reserved),
      wish: known.reduce((sum, verdict) => sum + (verdict.because.kind === "preference" && verdict.weight > 0 ? verdict.weight : 0), 0),
      adaptations: adapted.map((entry) => `Adapted because of ${clientStateNames[entry.caution.when]}: ${entry.caution.because}`),
      because: [
        best
          ? supportedBy(best)
          : { kind: "practice", text: "Practice-based: used by experienced clinicians, without a trial of its own that we could cite." },
        ...known.map((verdict) => verdict.because),
      ],
    });
  }
  ranked.sort((a, b) => b.weight - a.weight || (a.intervention.id < b.intervention.id ? -1 : 1));
  return { ranked, heldBack };
}
