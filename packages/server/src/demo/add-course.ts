import { randomUUID } from "node:crypto";
import { addDays, addWeeks, type IsoDate } from "@trellis/domain/calendar/date";
import { CourseEvent } from "@trellis/domain/course/course-event";
import type { Attendance } from "@trellis/domain/course/session";
import type { Library } from "@trellis/domain/library/library";
import { Administration } from "@trellis/domain/measures/administration";
import type pg from "pg";
import type { Asker } from "../database/pool.ts";
import { scoreColumns } from "../measures/store-administration.ts";

/** How many weeks of therapy the demo's client in treatment has behind them: as long as a plan lasts before its review. */
export const courseWeeks = 4;

/** The weekly answers of somebody made up who gets better with a bad week in between; `null` in a week in which the form was forgotten. */
const weekly: Readonly<Record<string, readonly (readonly number[] | null)[]>> = {
  phq9: [
    [2, 1, 2, 2, 1, 2, 1, 0, 0, 2],
    [2, 2, 2, 2, 2, 2, 1, 1, 0, 2],
    null,
    [1, 1, 1, 1, 1, 1, 1, 0, 0, 1],
    [1, 0, 1, 1, 1, 1, 0, 0, 0, 1],
  ],
  gad7: [[1, 1, 1, 2, 1, 1, 1], [2, 2, 1, 2, 2, 1, 1], null, [1, 1, 1, 1, 1, 1, 0], [1, 1, 0, 1, 1, 0, 0]],
};

const attendance: readonly Attendance[] = ["attended", "late", "missed", "attended", "attended"];

/** Some weeks of therapy for a made-up client, up to today: weekly scores, sessions, and an event that explains the bad week. Gives the sessions, oldest first. */
export async function addCourse(
  client: pg.PoolClient,
  { practiceId, memberId }: Asker,
  clientId: string,
  library: Library,
  today: IsoDate,
): Promise<readonly { readonly id: string; readonly date: IsoDate; readonly came: Attendance }[]> {
  const start = addWeeks(today, -courseWeeks);
  const sessions = attendance.map((came, week) => ({ id: randomUUID(), date: addWeeks(start, week), came }));
  for (const session of sessions)
    await client.query(
      "INSERT INTO trellis.session (practice_id, client_id, id, date, attendance, recorded_by) VALUES ($1, $2, $3, $4, $5, $6)",
      [practiceId, clientId, session.id, session.date, session.came, memberId],
    );
  const { id, date, ...content } = CourseEvent.parse({
    id: randomUUID(),
    date: addDays(start, 5),
    kind: "life-event",
    label: "Another estimate went wrong",
  });
  await client.query(
    "INSERT INTO trellis.course_event (practice_id, client_id, id, date, content, recorded_by) VALUES ($1, $2, $3, $4, $5, $6)",
    [practiceId, clientId, id, date, JSON.stringify(content), memberId],
  );
  for (const [measureId, weeks] of Object.entries(weekly)) {
    const measure = library.measureById.get(measureId);
    if (measure === undefined) continue;
    for (const [week, answers] of weeks.entries()) {
      if (answers === null) continue;
      const administration = Administration.parse({
        id: randomUUID(),
        measure: measure.id,
        measureVersion: measure.version,
        date: addWeeks(start, week),
        answers,
        answeredBy: "client",
        mode: "handed-over",
      });
      await client.query(
        `INSERT INTO trellis.administration (practice_id, client_id, id, measure, date, content, entered_by, total, scoring_version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          practiceId,
          clientId,
          administration.id,
          measure.id,
          administration.date,
          JSON.stringify(administration),
          memberId,
          scoreColumns(measure, administration).total,
          measure.version,
        ],
      );
    }
  }
  return sessions;
}
