import { IsoDate } from "@trellis/domain/calendar/date";
import { TimeOfDay } from "@trellis/domain/calendar/time-of-day";
import { AppointmentDetail } from "@trellis/domain/schedule/appointment";
import { Series } from "@trellis/domain/schedule/series";
import { z } from "zod";
import { Id } from "../http/id.ts";

/** When and with whom a session is planned. */
export const when = { date: IsoDate, startTime: TimeOfDay, clinicianId: Id, detail: AppointmentDetail };
/** Said where a session before the plan's start is meant. */
export const beforePlan = z.boolean().default(false);
/** Of a series that is planned anew: nothing has ended it. */
export const NewSeries = Series.extend({ clinicianId: Id, planId: Id.nullable().default(null), endedOn: z.null().default(null) });
export const appointmentIds = z.array(Id).min(1).max(104);
