import type { HomeworkOutcome, NotedRisk, NoteFormat, ObjectiveRating } from "./note.ts";

export const formatWords: Record<NoteFormat, string> = { soap: "SOAP", dap: "DAP", birp: "BIRP", girp: "GIRP", free: "Free text" };

/** The headings of all parts of all formats. */
export const sectionWords: Readonly<Record<string, string>> = {
  subjective: "Subjective",
  objective: "Objective",
  assessment: "Assessment",
  plan: "Plan",
  data: "Data",
  behavior: "Behavior",
  intervention: "Intervention",
  response: "Response",
  goal: "Goal",
  text: "Note",
};

/** From the least to the most, and worse apart: the order of the buttons and of the keys 1 to 5. */
export const ratingOrder: readonly ObjectiveRating[] = ["none", "some", "good", "achieved", "worse"];

export const ratingWords: Record<ObjectiveRating, string> = {
  none: "No progress",
  some: "Some progress",
  good: "Good progress",
  achieved: "Achieved",
  worse: "Worse",
};

export const homeworkWords: Record<HomeworkOutcome, string> = { done: "Done", partly: "Done in part", "not-done": "Not done" };

export const riskWords: Record<NotedRisk["state"], string> = {
  "not-asked": "Not asked",
  none: "Asked: no concern",
  unchanged: "Asked: unchanged",
  changed: "Changed…",
};

export const riskLevelWords: Record<NonNullable<NotedRisk["level"]>, string> = {
  low: "low",
  moderate: "moderate",
  high: "high",
  imminent: "imminent",
};

export const sessionFormatWords = { individual: "Individual", couple: "Couple", family: "Family", group: "Group" } as const;
export const modalityWords = { "in-person": "in the room", video: "by video", phone: "by phone" } as const;
