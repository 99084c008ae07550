import type { CourseEvent } from "@trellis/domain/course/course-event";
import type { SessionDetail, SessionRecord } from "@trellis/domain/course/session";
import { request } from "./client.ts";
import { type Chart, changeChart, chartQuery } from "./clients.ts";
import { queryClient } from "./query-client.ts";

const byDate = (a: { readonly date: string }, b: { readonly date: string }) => a.date.localeCompare(b.date);

/** The third session missed in a row raises an alert, which only the server knows. */
function missedMayBeTold(clientId: string): void {
  void queryClient.invalidateQueries({ queryKey: chartQuery(clientId).queryKey });
  void queryClient.invalidateQueries({ queryKey: ["alerts"] });
}

/** A planned session bears the same id, and stands in the calendar. */
function happened(clientId: string): void {
  void queryClient.invalidateQueries({ queryKey: ["treatment", clientId] });
  void queryClient.invalidateQueries({ queryKey: ["calendar"] });
}

/** Records whether a session took place. `version` is 0 for a new one. Without `detail` what is recorded of times and units stays. */
export async function saveSession(clientId: string, session: SessionRecord, version: number, detail?: SessionDetail): Promise<void> {
  const { id, date, attendance } = session;
  const saved = await request<{ readonly version: number }>("PUT", `/api/clients/${clientId}/sessions/${id}`, {
    body: { version, date, attendance, ...(detail === undefined ? {} : { detail }) },
  });
  changeChart(clientId, (chart) => ({
    ...chart,
    sessions: [...chart.sessions.filter((other) => other.id !== id), { id, date, attendance, version: saved.version }].sort(byDate),
  }));
  if (attendance === "missed" || version > 0) missedMayBeTold(clientId);
  happened(clientId);
}

export async function removeSession(clientId: string, sessionId: string): Promise<void> {
  await request("DELETE", `/api/clients/${clientId}/sessions/${sessionId}`);
  changeChart(clientId, (chart) => ({ ...chart, sessions: chart.sessions.filter(({ id }) => id !== sessionId) }));
  missedMayBeTold(clientId);
  happened(clientId);
}

/** Records an event. `before` is how it stood when the change was begun, `null` for a new one. */
export async function saveEvent(clientId: string, event: CourseEvent, before: CourseEvent | null): Promise<void> {
  await request("PUT", `/api/clients/${clientId}/events/${event.id}`, { body: { before, event } });
  changeChart(clientId, (chart) => ({
    ...chart,
    events: [...chart.events.filter(({ id }) => id !== event.id), event].sort(byDate),
  }));
}

export async function removeEvent(clientId: string, eventId: string): Promise<void> {
  await request("DELETE", `/api/clients/${clientId}/events/${eventId}`);
  changeChart(clientId, (chart: Chart) => ({ ...chart, events: chart.events.filter(({ id }) => id !== eventId) }));
}
