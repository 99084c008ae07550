import type { Measure } from "@trellis/domain/measures/measure";

/** Under what terms a measure's wording may be used, in a few words. */
export const licenseWords: Record<Measure["license"]["class"], string> = {
  A: "Free to use",
  B: "Free, with conditions",
  C: "Wording only with its owner's permission",
  D: "Wording from its publisher",
  own: "Your practice's own",
};
