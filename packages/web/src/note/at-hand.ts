import type { TimeOfDay } from "@trellis/domain/calendar/time-of-day";
import { timeAfter } from "@trellis/domain/calendar/wall-clock";
import type { Measure } from "@trellis/domain/measures/measure";
import type { ProgressNote } from "@trellis/domain/note/note";
import { homeworkFor, isMedicare, type NoteContext } from "@trellis/domain/note/note-context";
import { narrativeOf } from "@trellis/domain/note/note-findings";
import { type ScoreSince, scoresSince } from "@trellis/domain/note/scores-since";
import type { NotedSession } from "@trellis/domain/note/start-note";
import type { Plan } from "@trellis/domain/plan/plan";
import type { Chart, ChartPlan } from "../api/clients.ts";
import type { Note } from "../api/notes.ts";
import type { Treatment } from "../api/treatment.ts";

/** The plan that sessions go by: the one in force, or the draft while there is none yet. */
export function planInForce(plans: readonly ChartPlan[]): ChartPlan | null {
  const newest = plans.toSorted((a, b) => b.revision - a.revision);
  return newest.find(({ status }) => status === "active") ?? newest.find(({ status }) => status === "draft") ?? null;
}

/** The scores since the last note by the day of this one, worked out once: the note is put together anew at every keystroke. */
export function rememberedScores(
  measures: readonly Measure[],
  { administrations }: Pick<Chart, "administrations">,
  since: string | null,
): (date: string) => readonly ScoreSince[] {
  const known = new Map<string, readonly ScoreSince[]>();
  return (date) => {
    const before = known.get(date);
    if (before !== undefined) return before;
    const found = scoresSince(measures, administrations, since, date);
    known.set(date, found);
    return found;
  };
}

/** Everything that a note is written beside, out of the record. */
export function contextOf(
  note: ProgressNote,
  previous: Note["previous"],
  record: {
    readonly chart: Chart;
    readonly treatment: Treatment;
    readonly plan: Plan | null;
    readonly scoresOn: (date: string) => readonly ScoreSince[];
  },
): NoteContext {
  const { chart, treatment, plan, scoresOn } = record;
  return {
    plan,
    scores: scoresOn(note.date),
    ...homeworkFor(note, treatment.homework),
    attendance: treatment.sessions.find(({ id }) => id === note.sessionId)?.attendance ?? null,
    medicare: isMedicare(chart.client, plan),
    previous: previous === null ? null : { date: previous.date, texts: narrativeOf(previous.content) },
  };
}

/** A session as a note takes it over: what was recorded of it, else what was planned. */
export function sessionAtHand(treatment: Treatment, sessionId: string): NotedSession | null {
  const recorded = treatment.sessions.find(({ id }) => id === sessionId);
  const planned = treatment.appointments.find(({ id }) => id === sessionId);
  if (planned === undefined && recorded === undefined) return null;
  return {
    id: sessionId,
    date: recorded?.date ?? planned?.date ?? "",
    start: recorded?.detail.start ?? planned?.startTime ?? null,
    end: recorded?.detail.end ?? (planned === undefined ? null : endOf(planned)),
    format: planned?.detail.format ?? recorded?.detail.format ?? "individual",
    modality: planned?.detail.modality ?? recorded?.detail.modality ?? "in-person",
  };
}

/** When a planned session ends; `null` past midnight, which is another day. */
function endOf({ startTime, detail }: Treatment["appointments"][number]): TimeOfDay | null {
  const end = timeAfter(startTime, detail.minutes);
  return end > startTime ? end : null;
}

/** The one session of this day that has no note yet; `null` where there is none, or more than one. */
export function onlySessionOf(treatment: Treatment, date: string): string | null {
  const noted = new Set(treatment.notes.map(({ sessionId }) => sessionId));
  const away = new Set(
    treatment.sessions.filter(({ attendance }) => attendance === "missed" || attendance === "cancelled").map(({ id }) => id),
  );
  const here = new Set([...treatment.sessions, ...treatment.appointments].filter((one) => one.date === date).map(({ id }) => id));
  const open = [...here].filter((id) => !noted.has(id) && !away.has(id));
  return open.length === 1 ? (open[0] ?? null) : null;
}
