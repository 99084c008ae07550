import type { Administration } from "@trellis/domain/measures/administration";
import type { Choice } from "../form/choice-field.tsx";

/** How answers that a clinician enters were given. */
export type GivenMode = Extract<NonNullable<Administration["mode"]>, "read-aloud" | "paper" | "typed-in">;

export const givenModes: readonly Choice<GivenMode>[] = [
  { value: "read-aloud", label: "Read aloud" },
  { value: "paper", label: "On paper, typed in here" },
  { value: "typed-in", label: "In another way, typed in here" },
];
