import { daysBetween, IsoDate } from "@trellis/domain/calendar/date";
import { Attendance, SessionDetail } from "@trellis/domain/course/session";
import { Appointment } from "@trellis/domain/schedule/appointment";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { needClinicalRole } from "../http/guards.ts";
import { Id } from "../http/id.ts";
import { forbidden, invalid } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { readSignedIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";

/** Two weeks more than a calendar of a month shows. */
const mostDays = 45;
const CalendarQuestion = z.object({ from: IsoDate, to: IsoDate, who: Id.optional() });

const CalendarRow = z.object({
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  appointments: z.array(
    Appointment.extend({
      version: z.number(),
      client: z.object({ id: z.string(), calledName: z.string(), familyName: z.string(), isPracticeClient: z.boolean() }),
      session: z.object({ attendance: Attendance, version: z.number(), detail: SessionDetail }).nullable(),
      note: z.object({ id: z.string(), signed: z.boolean() }).nullable(),
    }),
  ),
});

/** The calendar of whoever asks, and for an owner or supervisor of those whose calendars are open to them. */
export function calendarRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();

  routes.get("/calendar", async (context) => {
    const asked = CalendarQuestion.safeParse(context.req.query());
    const days = asked.success ? daysBetween(asked.data.from, asked.data.to) : 0;
    if (!asked.success || days < 0 || days >= mostDays) {
      // Who asks comes first.
      await readSignedIn(context, trellis, []);
      throw invalid([{ pointer: "", message: `Ask for the days from one date to another, ${mostDays} at most.` }]);
    }
    const { from, to, who } = asked.data;
    const [found] = await readSignedIn(context, trellis, [calendarQuery(from, to, who ?? null), calendarEntry(from, to, who ?? "")]);
    needClinicalRole(context);
    const { people, appointments } = CalendarRow.parse(found.rows[0]?.calendar);
    const { memberId } = askerOf(context);
    if (who !== undefined && who !== memberId && !people.some(({ id }) => id === who))
      throw forbidden("The calendar of a colleague is open to the owner and to the colleague's supervisor.");
    return context.json({ people, appointments });
  });
  return routes;
}

/**
 * The appointments of one clinician in some days, with how they went and whether there is a note, and whose calendars the person asking may look at. Who is asked for is
 * worked out before: behind row-level security, an index serves for plain comparisons only, and each row would be asked whether its chart is open.
 */
export function calendarQuery(from: IsoDate, to: IsoDate, who: string | null): pg.QueryConfig {
  return {
    name: "calendar",
    text: `WITH asked AS MATERIALIZED (SELECT coalesce($3::uuid, trellis.current_member()) AS member, trellis.current_practice() AS practice)
      SELECT json_build_object(
      'people', (SELECT coalesce(json_agg(json_build_object('id', m.id, 'name', m.name) ORDER BY m.name, m.id), '[]') FROM trellis.member AS m
        WHERE m.active AND m.roles && ARRAY['owner', 'clinician', 'supervisor'] AND ((SELECT trellis.access()) = 'all' OR m.id = ANY (trellis.seen_members()))),
      'appointments', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'date', a.date, 'startTime', to_char(a.start_time, 'HH24:MI'), 'clinicianId', a.clinician_id,
          'seriesId', a.series_id, 'groupId', a.group_id, 'detail', a.content, 'version', a.version,
          'client', json_build_object('id', c.id, 'calledName', coalesce(nullif(c.record #>> '{name,chosen}', ''), c.record #>> '{name,given}'), 'familyName', c.record #>> '{name,family}',
            'isPracticeClient', c.is_practice_client),
          'session', CASE WHEN s.id IS NOT NULL THEN json_build_object('attendance', s.attendance, 'version', s.version, 'detail', s.content) END,
          'note', CASE WHEN n.id IS NOT NULL THEN json_build_object('id', n.id, 'signed', n.signed_at IS NOT NULL) END) ORDER BY a.date, a.start_time, a.id), '[]')
        FROM asked
          JOIN trellis.appointment AS a ON a.practice_id = asked.practice AND a.clinician_id = asked.member AND a.date BETWEEN $1 AND $2 AND a.removed_at IS NULL
          JOIN trellis.client AS c ON c.practice_id = a.practice_id AND c.id = a.client_id
          LEFT JOIN trellis.session AS s ON s.practice_id = a.practice_id AND s.id = a.id AND s.removed_at IS NULL
          LEFT JOIN trellis.note AS n ON n.practice_id = a.practice_id AND n.session_id = a.id AND n.kind = 'progress' AND n.removed_at IS NULL)
    ) AS calendar`,
    values: [from, to, who],
  };
}

/** Entry for the reading, where somebody treats. */
function calendarEntry(from: IsoDate, to: IsoDate, who: string): pg.QueryConfig {
  return {
    name: "audit-calendar-read",
    text: "SELECT audit.append('calendar.read', NULL, $3, jsonb_build_object('from', $1::text, 'to', $2::text)) WHERE trellis.access() IN ('all', 'team')",
    values: [from, to, who],
  };
}
