import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { filledLine, line, longText } from "../client/client.ts";
import { HomeworkOutcome } from "../note/note.ts";

const Id = z.string().min(1).max(64);

/** A line of the form that the client fills in. */
export const HomeworkField = z.strictObject({
  id: line(80).min(1),
  label: filledLine(120, "Say what is to be filled in."),
  kind: z.enum(["text", "long-text", "number", "rating", "date", "time", "yes-no"]),
});
export type HomeworkField = z.infer<typeof HomeworkField>;

/** One filled-in form: a value for each field by its id, as typed. */
export const HomeworkEntry = z.record(z.string().max(80), longText(4000));
export type HomeworkEntry = z.infer<typeof HomeworkEntry>;

/**
 * Homework as it was given to one client. Its text is a copy: what the library changes or takes away later leaves it as it was. It hangs on the plan's
 * objectives, not on a revision.
 */
export const AssignedHomework = z.strictObject({
  title: filledLine(120, "Name the homework."),
  /** The library's id, `null` for own words. */
  libraryId: line(80).nullable().default(null),
  why: longText(1000).default(""),
  /** As many as the library allows, and what makes it this client's own. */
  steps: z.array(longText(600)).min(1, "Say what the client is to do.").max(16),
  fields: z.array(HomeworkField).max(12).default([]),
  ifStuck: longText(600).default(""),
  timesPerWeek: z.number().int().min(1).max(21).nullable().default(null),
  minutes: z.number().int().min(1).max(240).nullable().default(null),
  objectiveIds: z.array(Id).max(20).default([]),
  planId: Id.nullable().default(null),
  assignedOn: IsoDate,
  dueOn: IsoDate.nullable().default(null),
  /** The session in which it was given. */
  sessionId: Id.nullable().default(null),
  /** How it went, once it was looked at together; until then `null`. */
  outcome: HomeworkOutcome.nullable().default(null),
  /** Why it was done in part or not at all: what got in the way. */
  outcomeWhy: longText(1000).default(""),
  lookedAtOn: IsoDate.nullable().default(null),
  /** Forms that were filled in on paper and entered here, or with the client in the room. What came by link stands beside it. */
  entries: z.array(HomeworkEntry).max(60).default([]),
  /** Taken back before it was looked at, with the reason. */
  withdrawnOn: IsoDate.nullable().default(null),
  withdrawnReason: line(300).default(""),
});
export type AssignedHomework = z.infer<typeof AssignedHomework>;
