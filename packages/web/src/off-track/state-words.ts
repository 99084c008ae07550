import type { CareDecision } from "@trellis/domain/off-track/care-decision";

export type OptionState = CareDecision["options"][number]["state"];

export const stateWords: Readonly<Record<OptionState, string>> = {
  chosen: "Chosen",
  considered: "Considered",
  "not-fitting": "Does not fit",
};
