import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { TimeOfDay } from "../calendar/time-of-day.ts";
import { line, longText } from "../client/client.ts";
import { SessionFormat, SessionModality } from "../schedule/appointment.ts";

const Id = z.string().min(1).max(64);

/** The ways of ordering a progress note that payers and schools of practice know; `free` is one text. */
export const NoteFormat = z.enum(["soap", "dap", "birp", "girp", "free"]);
export type NoteFormat = z.infer<typeof NoteFormat>;

/** The parts of each format, in their order. */
export const noteSections = {
  soap: ["subjective", "objective", "assessment", "plan"],
  dap: ["data", "assessment", "plan"],
  birp: ["behavior", "intervention", "response", "plan"],
  girp: ["goal", "intervention", "response", "plan"],
  free: ["text"],
} as const satisfies Record<NoteFormat, readonly string[]>;

/** How an objective went in one session, as the clinician judges it. */
export const ObjectiveRating = z.enum(["none", "some", "good", "achieved", "worse"]);
export type ObjectiveRating = z.infer<typeof ObjectiveRating>;

/** What was worked on: an objective of the plan, and how it went. */
export const NotedObjective = z.strictObject({
  objectiveId: Id,
  rating: ObjectiveRating,
  comment: longText(2000).default(""),
  /** Number and wording as they stood when the note was signed, so that it can be read by itself; until then "". */
  text: longText(2000).default(""),
});
export type NotedObjective = z.infer<typeof NotedObjective>;

/** How homework went, looked at together. */
export const HomeworkOutcome = z.enum(["done", "partly", "not-done"]);
export type HomeworkOutcome = z.infer<typeof HomeworkOutcome>;

export const NotedRisk = z.strictObject({
  /** `not-asked` is honest, and asked about again before signing. */
  state: z.enum(["not-asked", "none", "unchanged", "changed"]).default("not-asked"),
  level: z.enum(["low", "moderate", "high", "imminent"]).nullable().default(null),
  text: longText(4000).default(""),
});
export type NotedRisk = z.infer<typeof NotedRisk>;

/**
 * A progress note on the golden thread: it names the plan's objectives and interventions and how they went, so that a reviewer can follow the line from
 * the diagnosis to the hour. Structure carries over from note to note; the narrative (`sections`, comments, risk text) never does.
 */
export const ProgressNote = z.strictObject({
  format: NoteFormat,
  sessionId: Id.nullable().default(null),
  date: IsoDate,
  start: TimeOfDay.nullable().default(null),
  end: TimeOfDay.nullable().default(null),
  sessionFormat: SessionFormat.default("individual"),
  modality: SessionModality.default("in-person"),
  /** The plan that it rests on; `null` before there is one. */
  plan: z
    .strictObject({ id: Id, revision: z.number().int().min(1) })
    .nullable()
    .default(null),
  objectives: z.array(NotedObjective).max(60).default([]),
  interventions: z
    .array(z.strictObject({ interventionId: Id, comment: longText(2000).default(""), text: longText(1200).default("") }))
    .max(60)
    .default([]),
  homework: z
    .array(z.strictObject({ homeworkId: Id, outcome: HomeworkOutcome, why: longText(1000).default(""), title: line(120).default("") }))
    .max(20)
    .default([]),
  /** What the client said and did. */
  client: longText(8000).default(""),
  risk: NotedRisk.prefault({}),
  nextTime: longText(4000).default(""),
  /** The session of a structured course that was held, where the plan follows one. */
  outline: z
    .strictObject({ courseId: Id, session: z.number().int().min(1) })
    .nullable()
    .default(null),
  /** The text by the parts of the format. */
  sections: z.record(z.string().max(20), longText(12_000)).default({}),
  /** Parts whose text was changed by hand; the others follow the ticks. */
  ownWords: z.array(line(20)).max(10).default([]),
});
export type ProgressNote = z.infer<typeof ProgressNote>;

/** What of a note other parts of the record go by: everything but the narrative. */
export const NoteHead = ProgressNote.omit({ sections: true, ownWords: true });
export type NoteHead = z.infer<typeof NoteHead>;
