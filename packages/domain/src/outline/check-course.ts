import { formatDate, type IsoDate } from "../calendar/date.ts";
import { whyNoDayInLife } from "../calendar/day-in-life.ts";
import { courseProgress } from "./follow-course.ts";
import type { OutlineCourse } from "./outline-course.ts";

/** A fault of a course with a pointer to its field. */
export interface CourseFault {
  readonly pointer: string;
  readonly message: string;
}

/** What a schema, which knows no clock, cannot see of a course: days that cannot be, and sessions that the outline does not have. */
export function checkCourse(course: OutlineCourse, birthDate: IsoDate, today: IsoDate): CourseFault[] {
  const { outline, startedOn, steps, endedOn, endedReason } = course;
  const faults: CourseFault[] = [];
  const report = (pointer: string, message: string | null): void => {
    if (message !== null) faults.push({ pointer, message });
  };
  report("/startedOn", whyNoDayInLife(startedOn, birthDate, today));
  for (const [i, { session, on }] of steps.entries()) {
    if (session > outline.sessions.length)
      report(`/steps/${i}/session`, `“${outline.title}” has ${outline.sessions.length} sessions. There is no session ${session}.`);
    report(
      `/steps/${i}/on`,
      whyNoDayInLife(on, birthDate, today) ??
        (on < startedOn ? `The course began on ${formatDate(startedOn)}. Give that day or a later one.` : null),
    );
  }
  if (endedOn === null) return faults;
  const lastDay = steps.reduce((last, { on }) => (on > last ? on : last), startedOn);
  report(
    "/endedOn",
    whyNoDayInLife(endedOn, birthDate, today) ??
      (endedOn < lastDay ? `Something was recorded on ${formatDate(lastDay)}. The course cannot have ended before that.` : null),
  );
  if (endedReason.trim() === "" && courseProgress({ ...course, endedOn: null }).state === "running")
    report("/endedReason", "Say why the course ends before its last session.");
  return faults;
}
