import { queryOptions } from "@tanstack/react-query";
import type { Attendance, SessionDetail } from "@trellis/domain/course/session";
import type { SessionPlan } from "@trellis/domain/plan/plan";
import type { Appointment, AppointmentDetail } from "@trellis/domain/schedule/appointment";
import type { PayerAuthorization } from "@trellis/domain/schedule/payer-authorization";
import type { Series } from "@trellis/domain/schedule/series";
import type { z } from "zod";
import { request } from "./client.ts";
import { queryClient } from "./query-client.ts";
import { treatmentChanged } from "./treatment.ts";

/** How a planned session went. */
export interface Outcome {
  readonly attendance: Attendance;
  readonly version: number;
  readonly detail: SessionDetail;
}

export interface CalendarAppointment extends Appointment {
  readonly version: number;
  readonly client: {
    readonly id: string;
    readonly calledName: string;
    readonly familyName: string;
    readonly isPracticeClient: boolean;
  };
  readonly session: Outcome | null;
  readonly note: { readonly id: string; readonly signed: boolean } | null;
}

export interface Calendar {
  /** Whose calendars the person asking may look at. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly appointments: readonly CalendarAppointment[];
}

/** The sessions of one clinician in some days; `who` is `null` for the person's own. */
export const calendarQuery = (from: string, to: string, who: string | null) =>
  queryOptions({
    queryKey: ["calendar", from, to, who ?? "own"],
    queryFn: ({ signal }) =>
      request<Calendar>("GET", `/api/calendar?from=${from}&to=${to}${who === null ? "" : `&who=${who}`}`, { signal }),
    // Every reading stands in the trail.
    staleTime: 60_000,
  });

/** How often the plan asks for sessions; `sessionPlan` is `null` without a plan. */
export interface PlannedRhythm {
  readonly planId: string | null;
  readonly revision: number | null;
  readonly sessionPlan: z.infer<typeof SessionPlan> | null;
  /** When the plan in force began. */
  readonly start: string | null;
}

export const sessionPlanQuery = (clientId: string) =>
  queryOptions({
    queryKey: ["session-plan", clientId],
    queryFn: ({ signal }) => request<PlannedRhythm>("GET", `/api/clients/${clientId}/session-plan`, { signal }),
    staleTime: 60_000,
  });

/** To be fetched again: the calendar, and the course of this client's treatment. */
export async function scheduleChanged(...clientIds: readonly string[]): Promise<void> {
  await Promise.all([queryClient.invalidateQueries({ queryKey: ["calendar"] }), ...clientIds.map(treatmentChanged)]);
}

/** Where what was planned overlaps with another session of the same clinician. */
export interface Planned {
  readonly overlaps: readonly { readonly date: string; readonly startTime: string }[];
}

export interface AppointmentEntry {
  readonly version: number;
  readonly date: string;
  readonly startTime: string;
  readonly clinicianId: string;
  readonly detail: z.input<typeof AppointmentDetail>;
  /** A session before the plan began is meant. */
  readonly beforePlan: boolean;
}

export async function saveAppointment(clientId: string, id: string, entry: AppointmentEntry): Promise<Planned> {
  const saved = await request<Planned>("PUT", `/api/clients/${clientId}/appointments/${id}`, { body: entry });
  await scheduleChanged(clientId);
  return saved;
}

export async function removeAppointment(clientId: string, id: string, version: number): Promise<void> {
  await request("DELETE", `/api/clients/${clientId}/appointments/${id}`, { body: { version } });
  await scheduleChanged(clientId);
}

type SeriesInput = z.input<typeof Series>;

export async function planSeries(
  clientId: string,
  id: string,
  body: { readonly series: SeriesInput; readonly appointmentIds: readonly string[]; readonly beforePlan: boolean },
): Promise<Planned> {
  const saved = await request<Planned>("PUT", `/api/clients/${clientId}/series/${id}`, { body });
  await scheduleChanged(clientId);
  return saved;
}

export interface RestOfSeries {
  readonly version: number;
  readonly from: string;
  readonly reason: string;
  /** What goes on in its place; `null` where it ends. */
  readonly next: { readonly id: string; readonly series: SeriesInput; readonly appointmentIds: readonly string[] } | null;
  readonly beforePlan: boolean;
}

export async function changeRest(clientId: string, seriesId: string, body: RestOfSeries): Promise<Planned & { readonly removed: number }> {
  const saved = await request<Planned & { readonly removed: number }>("POST", `/api/clients/${clientId}/series/${seriesId}/rest`, { body });
  await scheduleChanged(clientId);
  return saved;
}

export async function planGroup(
  id: string,
  body: {
    readonly clientIds: readonly string[];
    readonly series: SeriesInput;
    readonly groupIds: readonly string[];
    readonly beforePlan: boolean;
  },
): Promise<Planned> {
  const saved = await request<Planned>("PUT", `/api/group-series/${id}`, { body });
  await scheduleChanged(...body.clientIds);
  return saved;
}

/** Moves a group session for everybody of whom nothing is recorded yet. `versions` are those of their appointments, by id. */
export async function moveGroup(
  groupId: string,
  clientIds: readonly string[],
  { version: _, ...entry }: AppointmentEntry,
  versions: Readonly<Record<string, number>>,
): Promise<Planned> {
  const saved = await request<Planned>("PUT", `/api/group-sessions/${groupId}`, { body: { ...entry, versions } });
  await scheduleChanged(...clientIds);
  return saved;
}

export async function saveAuthorization(clientId: string, id: string, version: number, authorization: PayerAuthorization): Promise<void> {
  await request("PUT", `/api/clients/${clientId}/authorizations/${id}`, { body: { version, authorization } });
  await treatmentChanged(clientId);
}

export type FeedNaming = "initials" | "nothing" | "record-number";

/** A private address under which calendar programs read one's own calendar. */
export interface CalendarFeed {
  readonly id: string;
  readonly naming: FeedNaming;
  readonly createdAt: string;
  /** The last day on which a program fetched it. */
  readonly fetchedOn: string | null;
}

export const calendarFeedsQuery = queryOptions({
  queryKey: ["calendar-feeds"],
  queryFn: ({ signal }) => request<{ readonly feeds: readonly CalendarFeed[] }>("GET", "/api/calendar-feeds", { signal }),
});

export interface MadeFeed {
  readonly address: string;
  readonly publicAddress: boolean;
}

export async function makeCalendarFeed(id: string, naming: FeedNaming): Promise<MadeFeed> {
  const made = await request<MadeFeed>("POST", "/api/calendar-feeds", { body: { id, naming } });
  await queryClient.invalidateQueries({ queryKey: calendarFeedsQuery.queryKey });
  return made;
}

export async function withdrawCalendarFeed(id: string): Promise<void> {
  await request("DELETE", `/api/calendar-feeds/${id}`);
  await queryClient.invalidateQueries({ queryKey: calendarFeedsQuery.queryKey });
}
