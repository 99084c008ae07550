import type { DraftInput } from "@trellis/domain/plan/draft/draft-input";

/** Who writes the plans in tests. */
export const adaSample: DraftInput["author"] = {
  practiceName: "Willow Practice",
  practiceAddress: "",
  clinicianId: "m",
  clinicianName: "Ada Sample",
  credentials: "LCSW",
  npi: "",
};
