import { formatDate } from "@trellis/domain/calendar/date";
import { approaches } from "@trellis/domain/library/approach";
import type { OutlineFit } from "@trellis/domain/outline/fit-outline";
import type { CourseProgress, FollowedSession, lastDone } from "@trellis/domain/outline/follow-course";
import type { SessionOutline } from "@trellis/domain/outline/outline";
import type { OutlineStep } from "@trellis/domain/outline/outline-course";

const formats: Record<SessionOutline["format"], string> = { individual: "individual", couple: "couple", family: "family", group: "group" };

/** "Cognitive behavioral (CBT) · 10 sessions of 50 minutes · individual" */
export function outlineFacts({ approach, sessions, minutes, format }: SessionOutline): string {
  return `${approaches[approach].name} · ${sessions.length} sessions of ${minutes} minutes · ${formats[format]}`;
}

export const suitsWords: Record<OutlineFit["suits"], string> = {
  well: "Fits well",
  possible: "Possible",
  "not-now": "Better to wait",
  elsewhere: "For another problem",
};

/** "Session 3 of 10 comes next. 2 held, 1 left out." */
export function progressWords({ total, held, skipped, next, state }: CourseProgress): string {
  const done = [...(held > 0 ? [`${held} held`] : []), ...(skipped > 0 ? [`${skipped} left out`] : [])].join(", ");
  const first =
    state === "running" && next !== null
      ? `Session ${next} of ${total} comes next.`
      : state === "finished"
        ? "Every session is held or left out."
        : `${total} sessions.`;
  return done === "" ? first : `${first} ${done}.`;
}

const stepWords: Record<OutlineStep["what"], string> = { held: "Held", repeated: "To be taken up again", skipped: "Left out" };

/** "Held November 3, 2026" with the reason, where one was given. */
export function stepInWords({ what, on, reason }: OutlineStep): string {
  return `${stepWords[what]} ${what === "repeated" ? `(${formatDate(on)})` : formatDate(on)}${reason === "" ? "" : `: ${reason}`}`;
}

/** How a session stands, for the timeline. */
export function standingWords({ standing, steps, session }: FollowedSession, isNext: boolean): string {
  const last = steps.at(-1);
  if (isNext) return last === undefined ? "Comes next" : `Comes next, once more. ${stepInWords(last)}`;
  if (last !== undefined) return stepInWords(last);
  return session.optional && standing === "open" ? "May be left out" : "";
}

/** What "Undo" takes back, in few words. */
export function undoWords(done: NonNullable<ReturnType<typeof lastDone>>): string {
  if (done.kind === "end") return "the end";
  const { session, what } = done.step;
  return `session ${session} ${{ held: "held", repeated: "again", skipped: "left out" }[what]}`;
}
