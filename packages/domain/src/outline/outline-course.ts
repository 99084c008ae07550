import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { line } from "../client/client.ts";
import { Slug } from "../library/chapter.ts";
import { SessionOutline } from "./outline.ts";

const Id = z.string().min(1).max(64);

/**
 * What became of one session of the course. `held`: done, also more than once. `repeated`: to be taken up once more, whether it was begun that day or held
 * before. `skipped`: left out.
 */
export const OutlineStep = z.strictObject({
  /** Number of the outline's session, from 1. */
  session: z.number().int().min(1).max(30),
  what: z.enum(["held", "repeated", "skipped"]),
  on: IsoDate,
  reason: line(300).default(""),
  noteId: Id.nullable().default(null),
});
export type OutlineStep = z.infer<typeof OutlineStep>;

/** That a plan follows a structured course, and how far it has come. The outline is a copy: what the library changes later leaves it as it was. */
export const OutlineCourse = z.strictObject({
  planId: Id.nullable().default(null),
  outline: SessionOutline,
  /** What its homework was called when the course was chosen, by id: said even where the library has it no longer. */
  homeworkTitles: z.record(Slug, line(120)).default({}),
  startedOn: IsoDate,
  steps: z.array(OutlineStep).max(120).default([]),
  endedOn: IsoDate.nullable().default(null),
  endedReason: line(300).default(""),
});
export type OutlineCourse = z.infer<typeof OutlineCourse>;
