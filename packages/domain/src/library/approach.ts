import { z } from "zod";

/**
 * The schools of therapy that the library's interventions are tagged with. An approach is what a client may want or decline
 * and what may have helped or failed before; the particular method (e.g. "activity scheduling") is an intervention's `technique`.
 */
export const approachIds = [
  "cbt",
  "act",
  "dbt",
  "mindfulness",
  "interpersonal",
  "psychodynamic",
  "humanistic",
  "integrative",
  "trauma-informed",
  "motivational",
  "family-systems",
  "solution-focused",
  "existential",
  "supportive",
] as const;

export const ApproachId = z.enum(approachIds);
export type ApproachId = z.infer<typeof ApproachId>;

/** What each approach is called on screen and on paper, and how it is explained to a client in plain words. */
export const approaches: Record<ApproachId, { name: string; plain: string }> = {
  cbt: {
    name: "Cognitive behavioral (CBT)",
    plain: "Working on the thoughts and habits that keep a problem going, with practice between sessions.",
  },
  act: { name: "Acceptance and commitment (ACT)", plain: "Making room for hard feelings while you do more of what matters to you." },
  dbt: { name: "Dialectical behavior therapy (DBT)", plain: "Learning skills for strong feelings, hard moments and relationships." },
  mindfulness: { name: "Mindfulness-based", plain: "Practicing steady, kind attention to what is happening right now." },
  interpersonal: { name: "Interpersonal (IPT)", plain: "Working on loss, life changes and relationships that are tied to how you feel." },
  psychodynamic: { name: "Psychodynamic", plain: "Looking at patterns from the past that shape feelings and relationships today." },
  humanistic: { name: "Humanistic and emotion-focused", plain: "Being heard with care, and working with feelings as they come up." },
  integrative: { name: "Integrative", plain: "Drawing on more than one kind of therapy to fit you." },
  "trauma-informed": {
    name: "Trauma-focused and trauma-informed",
    plain: "Working with what happened to you at a safe pace that you control.",
  },
  motivational: { name: "Motivational interviewing", plain: "Talking through what you want to change, and why, with no pressure." },
  "family-systems": { name: "Family and couple", plain: "Working together with the people who are close to you." },
  "solution-focused": { name: "Solution-focused", plain: "Building on what already works, one small step at a time." },
  existential: { name: "Existential and meaning-centered", plain: "Talking about meaning, choice and what makes life worth living." },
  supportive: {
    name: "Supportive care and coordination",
    plain: "Clear information, steady support and help from others when you need it.",
  },
};

/** Interventions by their approach, the fullest approach first. */
export function inApproaches<T extends { readonly approach: ApproachId }>(
  interventions: readonly T[],
): (readonly [ApproachId, readonly T[]])[] {
  return approachIds
    .map((approach) => [approach, interventions.filter((item) => item.approach === approach)] as const)
    .filter(([, items]) => items.length > 0)
    .toSorted(([, a], [, b]) => b.length - a.length);
}
