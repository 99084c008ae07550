import { z } from "zod";

/**
 * A state of the client that may make an intervention unwise or call for changing how it is done.
 * Derived from the record by `clientStates`; referred to by an intervention's cautions.
 */
export const ClientState = z.enum([
  "acute-suicide-risk",
  "elevated-suicide-risk",
  "risk-to-others",
  "current-psychosis",
  "current-mania",
  "current-intoxication",
  "withdrawal-risk",
  "active-substance-use",
  "marked-dissociation",
  "cognitive-impairment",
  "ongoing-violence",
  "pregnancy",
  "cardiac-or-seizure-condition",
  "minor",
  "older-adult",
  "loss-within-six-months",
]);
export type ClientState = z.infer<typeof ClientState>;

/** The states in the words used on screen, after "because of". */
export const clientStateNames: Record<ClientState, string> = {
  "acute-suicide-risk": "acute risk of suicide",
  "elevated-suicide-risk": "raised risk of suicide",
  "risk-to-others": "risk of harm to others",
  "current-psychosis": "current psychotic symptoms",
  "current-mania": "current manic symptoms",
  "current-intoxication": "intoxication at sessions",
  "withdrawal-risk": "risk of complicated withdrawal",
  "active-substance-use": "active substance use",
  "marked-dissociation": "marked dissociation",
  "cognitive-impairment": "cognitive impairment",
  "ongoing-violence": "ongoing violence or threat",
  pregnancy: "pregnancy",
  "cardiac-or-seizure-condition": "a heart or seizure condition",
  minor: "age under 18",
  "older-adult": "age 65 or over",
  "loss-within-six-months": "a loss within the last six months",
};
