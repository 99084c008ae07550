import type { SessionFormat, SessionModality } from "./appointment.ts";

export const formatWords: Record<SessionFormat, string> = {
  individual: "Individual",
  couple: "Couple",
  family: "Family",
  group: "Group",
};

export const modalityWords: Record<SessionModality, string> = { "in-person": "In the room", video: "Video", phone: "Phone" };

/** By number, 1 Monday to 7 Sunday. */
export const weekdayWords: Readonly<Record<number, string>> = {
  1: "Monday",
  2: "Tuesday",
  3: "Wednesday",
  4: "Thursday",
  5: "Friday",
  6: "Saturday",
  7: "Sunday",
};
