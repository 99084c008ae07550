import type { CourseState } from "./course.ts";

/** Something to look at when therapy does not help as it should. `source` is `null` for what is good practice without a study behind it. */
export interface Consideration {
  readonly text: string;
  readonly source: string | null;
}

const signalClients =
  "Using the Assessment for Signal Clients as a feedback tool for reducing treatment failure. Psychother Res 2015;25:724-734 (PMID 25751744): clients who went off track had most trouble with support, motivation and the alliance";

const risk: Consideration = {
  text: "Ask about safety first: thoughts of suicide or of harming somebody, drinking and drugs, violence at home. Record the risk assessment anew.",
  source: null,
};

const offTrack: readonly Consideration[] = [
  {
    text: "The two of you: do goals and ways still fit, and is there anything that the client has not dared to say about the therapy?",
    source: signalClients,
  },
  { text: "What the client wants now, and what speaks against changing it.", source: signalClients },
  { text: "Support: who knows, who helps, who is missing? What has happened in the client's life since the start?", source: signalClients },
  {
    text: "How much of the plan has taken place: sessions kept, homework done, steps tried. Meet more often for a while, or shorten the way.",
    source: null,
  },
  {
    text: "Whether the diagnosis holds, and what else keeps it going: sleep, pain, medication, a medical cause, another problem.",
    source: null,
  },
  {
    text: "Another approach or a second one, a medication consult, more intensive care. Talk the case over with a colleague.",
    source: null,
  },
];

/**
 * What to consider at a point of the course, in the order in which to look; nothing while it is on track. A warning without a proposal helps
 * nobody: feedback alone does little, feedback with support for clients off track does more.
 */
export function whatToConsider(state: CourseState): readonly Consideration[] {
  if (state === "deteriorated") return [risk, ...offTrack];
  return state === "no-progress" || state === "little-progress" ? offTrack : [];
}
