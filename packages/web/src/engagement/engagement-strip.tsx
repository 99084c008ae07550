import { formatDate } from "@trellis/domain/calendar/date";
import type { Attendance } from "@trellis/domain/course/session";
import type { EngagementWeek } from "@trellis/domain/engagement/engagement";
import type { HomeworkOutcome } from "@trellis/domain/note/note";
import type { ReactNode } from "react";
import { attendanceWords } from "../course/course-entry-words.ts";
import classes from "./engagement.module.css";

const homeworkWords: Readonly<Record<HomeworkOutcome, string>> = { done: "Done", partly: "Done in part", "not-done": "Not done" };
const attendanceMarks: Readonly<Record<Attendance, string>> = { attended: "●", late: "◐", cancelled: "○", missed: "✕" };
const homeworkMarks: Readonly<Record<HomeworkOutcome, string>> = { done: "●", partly: "◐", "not-done": "✕" };

/** Sessions, homework, measures and feedback week by week: one table that is a picture as well. */
export function EngagementStrip({ weeks }: { readonly weeks: readonly EngagementWeek[] }) {
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable from the keyboard */}
      <section aria-label="How the client takes part, week by week, table" tabIndex={0} className={classes.wrap}>
        <table className={classes.strip}>
          <thead>
            <tr>
              <th scope="col">Week from</th>
              {weeks.map(({ from }) => (
                <th key={from} scope="col">
                  <span className={classes.date}>{shortDate(from)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row name="Sessions" weeks={weeks}>
              {({ sessions }) =>
                sessions.map((one, index) => <Mark key={index} tone={one} mark={attendanceMarks[one]} words={attendanceWords[one]} />)
              }
            </Row>
            <Row name="Homework" weeks={weeks}>
              {({ homework }) =>
                homework.map((one, index) => <Mark key={index} tone={one} mark={homeworkMarks[one]} words={homeworkWords[one]} />)
              }
            </Row>
            <Row name="Measures" weeks={weeks}>
              {({ measures }) => (measures === 0 ? null : <Mark tone="attended" mark={String(measures)} words={`${measures} answered`} />)}
            </Row>
            <Row name="Feedback" weeks={weeks}>
              {({ feedback }) => (feedback === null ? null : <Mark tone="attended" mark={String(feedback)} words={`${feedback} of 40`} />)}
            </Row>
          </tbody>
        </table>
      </section>
      <p className={classes.legend}>● attended or done · ◐ late or in part · ○ cancelled · ✕ missed or not done · feedback out of 40</p>
    </>
  );
}

function Row({
  name,
  weeks,
  children,
}: {
  readonly name: string;
  readonly weeks: readonly EngagementWeek[];
  readonly children: (week: EngagementWeek) => ReactNode;
}) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {weeks.map((week) => (
        <td key={week.from}>{children(week)}</td>
      ))}
    </tr>
  );
}

function Mark({ tone, mark, words }: { readonly tone: Attendance | HomeworkOutcome; readonly mark: string; readonly words: string }) {
  return (
    <span className={classes.mark} data-tone={tone} title={words}>
      <span aria-hidden="true">{mark}</span>
      <span className={classes.unseen}>{words}</span>
    </span>
  );
}

/** "Nov 25" */
const shortDate = (date: string) => formatDate(date).replace(/^(\p{L}{3})\p{L}*( \d+).*/u, "$1$2");
