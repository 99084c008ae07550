import type { Measure } from "@trellis/domain/measures/measure";

/** What a measure tells of, as it is offered and headed. */
export const areaWords: Record<Measure["area"], string> = {
  individual: "Something of this client's own",
  depression: "Depression",
  anxiety: "Anxiety",
  trauma: "Trauma",
  alcohol: "Alcohol",
  substances: "Other substances",
  body: "Body",
  sleep: "Sleep",
  obsessions: "Obsessions and compulsions",
  attention: "Attention",
  "mood-elevation": "Elevated mood",
  emotion: "Emotions and their regulation",
  risk: "Risk",
  distress: "Distress in general",
  "well-being": "Well-being",
  functioning: "Functioning",
  resilience: "Resilience",
  children: "Children",
  alliance: "The working alliance",
};
