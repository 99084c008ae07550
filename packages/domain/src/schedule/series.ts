import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { TimeOfDay } from "../calendar/time-of-day.ts";
import { line } from "../client/client.ts";
import { AppointmentDetail } from "./appointment.ts";

/** Appointments planned in one go from the plan's frequency. It hangs on the plan, not on a revision: a new revision goes on with it. */
export const Series = z.strictObject({
  planId: z.string().min(1).max(64).nullable().default(null),
  firstDate: IsoDate,
  startTime: TimeOfDay,
  clinicianId: z.string().min(1).max(64),
  /** Every so many weeks on the weekday of the first date; more than one weekday for more than once a week (1 Monday … 7 Sunday). */
  everyWeeks: z.number().int().min(1).max(12),
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  count: z.number().int().min(1).max(104),
  detail: AppointmentDetail,
  /** Set when it stops before its end, with the reason. */
  endedOn: IsoDate.nullable().default(null),
  endedReason: line(300).default(""),
});
export type Series = z.infer<typeof Series>;
