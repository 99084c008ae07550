import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { TimeOfDay } from "../calendar/time-of-day.ts";
import { line } from "../client/client.ts";

/** Who sits together. */
export const SessionFormat = z.enum(["individual", "couple", "family", "group"]);
export type SessionFormat = z.infer<typeof SessionFormat>;

/** Where: in the room, by video, by phone. */
export const SessionModality = z.enum(["in-person", "video", "phone"]);
export type SessionModality = z.infer<typeof SessionModality>;

/** What is agreed for an appointment besides its day and time. */
export const AppointmentDetail = z.strictObject({
  minutes: z.number().int().min(5, "A session lasts at least 5 minutes.").max(480, "A session lasts at most 8 hours."),
  format: SessionFormat.default("individual"),
  modality: SessionModality.default("in-person"),
  /** A room or an address; never a link with a password in it. */
  place: line(120).default(""),
  /** Who else comes, of a couple or family: first names or roles. */
  participants: z.array(line(120)).max(12).default([]),
  /** Name of the group, of a group session. */
  groupName: line(80).default(""),
});
export type AppointmentDetail = z.infer<typeof AppointmentDetail>;

/**
 * An appointment (FHIR Appointment). Whether it took place stands in the session of the same id, once that is known; without one it is still to come, or
 * nobody has said yet. Date and time are those of the practice's clock.
 */
export const Appointment = z.strictObject({
  id: z.string().min(1).max(64),
  date: IsoDate,
  startTime: TimeOfDay,
  clinicianId: z.string().min(1).max(64),
  /** The series that it was planned with. */
  seriesId: z.string().min(1).max(64).nullable().default(null),
  /** Common to the appointments of all clients of one group session. */
  groupId: z.string().min(1).max(64).nullable().default(null),
  detail: AppointmentDetail,
});
export type Appointment = z.infer<typeof Appointment>;
