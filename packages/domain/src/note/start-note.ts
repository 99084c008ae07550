import type { IsoDate } from "../calendar/date.ts";
import type { TimeOfDay } from "../calendar/time-of-day.ts";
import { isWorkedOn } from "../plan/lifecycle.ts";
import type { Intervention, Objective, Plan } from "../plan/plan.ts";
import type { SessionFormat, SessionModality } from "../schedule/appointment.ts";
import { type NoteFormat, type NoteHead, ProgressNote } from "./note.ts";

/** The session that a note is about, as far as it is known. */
export interface NotedSession {
  readonly id: string;
  readonly date: IsoDate;
  readonly start: TimeOfDay | null;
  readonly end: TimeOfDay | null;
  readonly format: SessionFormat;
  readonly modality: SessionModality;
}

export interface NoteStart {
  readonly plan: Pick<Plan, "id" | "revision"> | null;
  readonly session: NotedSession | null;
  /** The note before this one. Only its structure is looked at. */
  readonly lastNote: NoteHead | null;
  /** The format to write in where there is no note before. */
  readonly format?: NoteFormat | undefined;
  readonly today: IsoDate;
}

/**
 * A new note. Structure carries over from the one before: its format, and how and with whom one met. Nothing is ticked and not a word is there, because both
 * say what happened in this session and nobody has said that yet.
 */
export function startNote({ plan, session, lastNote, format, today }: NoteStart): ProgressNote {
  return ProgressNote.parse({
    format: lastNote?.format ?? format ?? "soap",
    sessionId: session?.id ?? null,
    date: session?.date ?? today,
    start: session?.start ?? null,
    end: session?.end ?? null,
    sessionFormat: session?.format ?? lastNote?.sessionFormat ?? "individual",
    modality: session?.modality ?? lastNote?.modality ?? "in-person",
    plan: plan === null ? null : { id: plan.id, revision: plan.revision },
  });
}

/** The objectives that are worked on, those of the last note first. An achieved one of the last note stays away. */
export function objectivesAtHand(plan: Plan, lastNote: Pick<NoteHead, "objectives"> | null): readonly Objective[] {
  const restingGoals = new Set(plan.goals.filter((goal) => !isWorkedOn(goal)).map(({ id }) => id));
  const last = new Set(lastNote?.objectives.filter(({ rating }) => rating !== "achieved").map(({ objectiveId }) => objectiveId));
  const active = plan.objectives.filter((objective) => isWorkedOn(objective) && !restingGoals.has(objective.goalId));
  return [...active.filter(({ id }) => last.has(id)), ...active.filter(({ id }) => !last.has(id))];
}

/** The interventions at hand: those that serve one of these objectives, or none in particular; those of the last note first. */
export function interventionsAtHand(
  plan: Plan,
  objectives: readonly Pick<Objective, "id">[],
  lastNote: Pick<NoteHead, "interventions"> | null,
): readonly Intervention[] {
  const served = new Set(objectives.map(({ id }) => id));
  const last = new Set(lastNote?.interventions.map(({ interventionId }) => interventionId));
  const fit = plan.interventions.filter(({ objectiveIds }) => objectiveIds.length === 0 || objectiveIds.some((id) => served.has(id)));
  return [...fit.filter(({ id }) => last.has(id)), ...fit.filter(({ id }) => !last.has(id))];
}

/** The newest progress note before this one: of an earlier day, or of the same day and written before it. */
export function noteBefore<T extends { readonly id: string; readonly date: IsoDate; readonly head: NoteHead | null }>(
  notes: readonly T[],
  { id, date }: { readonly id: string; readonly date: IsoDate },
): T | null {
  const at = notes.findIndex((note) => note.id === id);
  // The list is in order of day and writing.
  return (
    notes
      .filter((note, index) => note.head !== null && note.id !== id && (note.date < date || (note.date === date && (at < 0 || index < at))))
      .at(-1) ?? null
  );
}
