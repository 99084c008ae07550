import type { IsoDate } from "../calendar/date.ts";
import type { OutlineSession, SessionOutline } from "./outline.ts";
import type { OutlineCourse, OutlineStep } from "./outline-course.ts";

/** A course can hold so many steps. Nobody gets there: thirty sessions four times each. */
export const mostSteps = 120;

/** How one session of a course stands: `open` not yet, `again` to be taken up once more. */
export type SessionStanding = "open" | "held" | "again" | "skipped";

export interface FollowedSession {
  /** From 1. */
  readonly number: number;
  readonly session: OutlineSession;
  readonly standing: SessionStanding;
  /** What became of it, oldest first. */
  readonly steps: readonly OutlineStep[];
}

export interface CourseProgress {
  readonly sessions: readonly FollowedSession[];
  readonly total: number;
  readonly held: number;
  readonly skipped: number;
  /** Number of the session that comes next; `null` once all are held or left out, or the course was ended. */
  readonly next: number | null;
  /** `finished`: every session is held or left out. `ended`: somebody closed it, early or not. */
  readonly state: "running" | "finished" | "ended";
}

/** A course with an outline of the library, from a day on. The outline goes in whole, and stays what it was. */
export function startCourse(
  outline: SessionOutline,
  { planId, on, titles }: { readonly planId: string | null; readonly on: IsoDate; readonly titles: ReadonlyMap<string, string> },
): OutlineCourse {
  const given = new Set(outline.sessions.flatMap(({ homework }) => homework));
  const homeworkTitles = Object.fromEntries([...given].flatMap((id) => (titles.has(id) ? [[id, titles.get(id) ?? ""]] : [])));
  return { planId, outline, homeworkTitles, startedOn: on, steps: [], endedOn: null, endedReason: "" };
}

function standingOf(steps: readonly OutlineStep[]): SessionStanding {
  const last = steps.at(-1)?.what;
  return last === undefined ? "open" : last === "repeated" ? "again" : last;
}

/** How every session stands. A session's last step counts: what was held and then marked for once more is open again. */
export function followedSessions({ outline, steps }: OutlineCourse): FollowedSession[] {
  return outline.sessions.map((session, i) => {
    const own = steps.filter((step) => step.session === i + 1);
    return { number: i + 1, session, standing: standingOf(own), steps: own };
  });
}

/** The earliest session that is neither held nor left out; `null` where none is, or where the course has ended. */
export function nextSession(course: OutlineCourse): FollowedSession | null {
  if (course.endedOn !== null) return null;
  return followedSessions(course).find(({ standing }) => standing === "open" || standing === "again") ?? null;
}

export function courseProgress(course: OutlineCourse): CourseProgress {
  const sessions = followedSessions(course);
  const next = nextSession(course);
  const count = (standing: SessionStanding) => sessions.filter((one) => one.standing === standing).length;
  return {
    sessions,
    total: sessions.length,
    held: count("held"),
    skipped: count("skipped"),
    next: next?.number ?? null,
    state: course.endedOn !== null ? "ended" : next === null ? "finished" : "running",
  };
}

/** True while sessions of it are still to come. */
export const isRunning = (course: OutlineCourse): boolean => nextSession(course) !== null;

/** Whether anything can be added: nothing to a course that was ended, nor to a session that it does not have. */
export function takesSteps(course: OutlineCourse, session: number): boolean {
  return course.endedOn === null && course.steps.length < mostSteps && session >= 1 && session <= course.outline.sessions.length;
}

interface Step {
  readonly session: number;
  readonly on: IsoDate;
  readonly reason?: string;
  readonly noteId?: string | null;
}

function withStep(course: OutlineCourse, what: OutlineStep["what"], { session, on, reason = "", noteId = null }: Step): OutlineCourse {
  if (!takesSteps(course, session)) return course;
  return { ...course, steps: [...course.steps, { session, what, on, reason: reason.trim(), noteId }] };
}

/** The session was held. The same course back where it takes no step (`takesSteps`); so with the others. */
export const hold = (course: OutlineCourse, step: Step): OutlineCourse => withStep(course, "held", step);

/** The session is taken up once more. */
export const repeat = (course: OutlineCourse, step: Step): OutlineCourse => withStep(course, "repeated", step);

/** The session is left out. */
export const skip = (course: OutlineCourse, step: Step): OutlineCourse => withStep(course, "skipped", step);

/** Closes the course, early with the reason. Ending early is as normal as finishing. */
export function end(course: OutlineCourse, { on, reason }: { readonly on: IsoDate; readonly reason: string }): OutlineCourse {
  return course.endedOn === null ? { ...course, endedOn: on, endedReason: reason.trim() } : course;
}

/** The last thing that can be taken back: that the course was ended, or the newest step. */
export function lastDone(course: OutlineCourse): { readonly kind: "end" } | { readonly kind: "step"; readonly step: OutlineStep } | null {
  if (course.endedOn !== null) return { kind: "end" };
  const step = course.steps.at(-1);
  return step === undefined ? null : { kind: "step", step };
}

/** Takes back the last thing done. What was before stands again, exactly. */
export function undo(course: OutlineCourse): OutlineCourse {
  if (course.endedOn !== null) return { ...course, endedOn: null, endedReason: "" };
  return course.steps.length === 0 ? course : { ...course, steps: course.steps.slice(0, -1) };
}

/** Statuses of a plan under which a course goes on: a revision that replaces another leaves the plan itself as it is. */
const goingOn = new Set(["draft", "active", "on-hold", "unknown"]);

/**
 * Whether the plan that a course belongs to still goes on, by all of the client's revisions. `none`: it was begun without one. A revised plan keeps its
 * id, and so its course.
 */
export function planStanding(
  { planId }: OutlineCourse,
  revisions: readonly { readonly id: string; readonly status: string }[],
): "none" | "going-on" | "ended" {
  if (planId === null) return "none";
  return revisions.some(({ id, status }) => id === planId && goingOn.has(status)) ? "going-on" : "ended";
}
