import type { Involvement } from "@trellis/domain/library/chapter";

/** Who around a client takes part, as it is called on screen. */
export const whoTakesPart: Readonly<Record<Involvement["who"], string>> = {
  partner: "Partner",
  family: "Family",
  caregivers: "Caregivers",
  school: "School",
  "care-staff": "Care staff",
  community: "Community",
};
