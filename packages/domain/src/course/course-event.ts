import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";

/** Kinds of events that a course of scores is read by. */
export const courseEventKinds = ["medication", "life-event", "hospital", "treatment-change", "other"] as const;

/** Something in the client's life or treatment, marked in the charts. */
export const CourseEvent = z.strictObject({
  id: z.string().min(1).max(64),
  date: IsoDate,
  kind: z.enum(courseEventKinds),
  /** Short enough to stand in a chart. */
  label: z.string().trim().min(2, "Say in a few words what happened.").max(80),
});
export type CourseEvent = z.infer<typeof CourseEvent>;
