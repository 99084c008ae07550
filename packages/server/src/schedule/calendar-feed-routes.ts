import { IsoDate } from "@trellis/domain/calendar/date";
import { TimeOfDay } from "@trellis/domain/calendar/time-of-day";
import { minutesLater, momentOf } from "@trellis/domain/calendar/wall-clock";
import { SessionFormat, SessionModality } from "@trellis/domain/schedule/appointment";
import { type CalendarEvent, icalendar } from "@trellis/domain/schedule/icalendar";
import { modalityWords } from "@trellis/domain/schedule/schedule-words";
import { Hono } from "hono";
import { z } from "zod";
import { countFailedLinks } from "../answer-link/failed-links.ts";
import { asNobody } from "../answer-link/open-link.ts";
import { auditEntry } from "../audit/record.ts";
import { withPractice } from "../database/pool.ts";
import { limitRate, needClinicalRole, needSignIn } from "../http/guards.ts";
import { Id, pathId } from "../http/id.ts";
import { body, invalid, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { newToken, Token, tokenHash } from "../sign-in/one-time-token.ts";
import type { Trellis } from "../trellis.ts";

const Naming = z.enum(["initials", "nothing", "record-number"]);
const NewFeed = z.strictObject({ id: Id, naming: Naming.default("initials") });
/** One for the phone, one for the desk, and some to spare. */
const mostFeeds = 5;

const FeedAppointment = z.object({
  id: z.string(),
  groupId: z.string().nullable(),
  date: IsoDate,
  startTime: TimeOfDay,
  minutes: z.number(),
  format: SessionFormat,
  modality: SessionModality,
  changedAt: z.string(),
  changes: z.number(),
  cancelled: z.boolean(),
  naming: z.string(),
});
type FeedAppointment = z.infer<typeof FeedAppointment>;
const Feed = z.union([
  z.object({ state: z.literal("open"), timeZone: z.string(), naming: Naming, appointments: z.array(FeedAppointment) }),
  z.object({ state: z.literal("unknown") }),
  z.object({ state: z.literal("withdrawn") }),
]);

/**
 * A clinician's calendar by a private address. Calendar programs know nothing but an address, so that the token stands in its path: the server logs patterns of paths
 * and never a path itself, and the feed shows initials at most.
 */
export function calendarFeedRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);
  const failed = countFailedLinks("a calendar address");

  routes.get(
    "/calendar-feed/:file",
    limitRate(60, 60, (context) => context.get("clientAddress")),
    async (context) => {
      const address = context.get("clientAddress");
      await failed.refuse(address);
      const token = Token.safeParse(context.req.param("file").replace(/\.ics$/, ""));
      const feed = token.success ? await feedOf(trellis, token.data) : null;
      if (feed === null || feed.state === "unknown") {
        await failed.count(address);
        throw notFound();
      }
      if (feed.state === "withdrawn")
        throw new Problem(
          410,
          "This calendar was taken back",
          "Its address does not work any more. Make a new one in Trellis, under Settings.",
        );
      return context.body(icalendar("Trellis", eventsOf(feed.appointments, feed.timeZone, feed.naming)), 200, {
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'inline; filename="trellis.ics"',
      });
    },
  );

  routes.get("/calendar-feeds", signedIn, async (context) => {
    needClinicalRole(context);
    const feeds = await withPractice(trellis.app, askerOf(context), async (client) => {
      const { rows } = await client.query(
        `SELECT id, naming, created_at AS "createdAt", recorded_on AS "fetchedOn" FROM trellis.calendar_feed
         WHERE withdrawn_at IS NULL AND member_id = trellis.current_member() ORDER BY created_at`,
      );
      return rows;
    });
    return context.json({ feeds });
  });

  routes.post("/calendar-feeds", signedIn, async (context) => {
    needClinicalRole(context);
    const { id, naming } = await body(context, NewFeed);
    const token = newToken();
    await withPractice(trellis.app, askerOf(context), async (client) => {
      const { practiceId, memberId } = askerOf(context);
      const { rows } = await client.query<{ open: number }>(
        "SELECT count(*)::int AS open FROM trellis.calendar_feed WHERE withdrawn_at IS NULL AND member_id = $1",
        [memberId],
      );
      if ((rows[0]?.open ?? 0) >= mostFeeds)
        throw invalid([
          { pointer: "", message: `At most ${mostFeeds} addresses can be in use. Take one back that you do not use any more.` },
        ]);
      const { rowCount } = await client.query(
        "INSERT INTO trellis.calendar_feed (practice_id, id, member_id, token_hash, naming) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        [practiceId, id, memberId, tokenHash(token), naming],
      );
      // The address of the first time is known to nobody any more: one made twice would be one that nobody has.
      if (rowCount === 0)
        throw invalid([{ pointer: "", message: "This address was made already, and is shown once. Take it back and make another." }]);
      await client.query(auditEntry("calendar-feed.create", null, id, { naming }));
    });
    const { origin } = trellis.publicAddress ?? new URL(context.req.url);
    return context.json({ id, address: `${origin}/api/calendar-feed/${token}.ics`, publicAddress: trellis.publicAddress !== null }, 201);
  });

  routes.delete("/calendar-feeds/:id", signedIn, async (context) => {
    const id = pathId(context, "id");
    await withPractice(trellis.app, askerOf(context), async (client) => {
      const { rowCount } = await client.query(
        "UPDATE trellis.calendar_feed SET withdrawn_at = now() WHERE id = $1 AND withdrawn_at IS NULL",
        [id],
      );
      if (rowCount === 1) await client.query(auditEntry("calendar-feed.withdraw", null, id));
    });
    return context.body(null, 204);
  });
  return routes;
}

async function feedOf(trellis: Trellis, token: string): Promise<z.infer<typeof Feed>> {
  return asNobody(trellis, async (client) => {
    const { rows } = await client.query<{ feed: unknown }>({
      name: "calendar-feed",
      text: "SELECT trellis.read_calendar_feed($1) AS feed",
      values: [tokenHash(token)],
    });
    return Feed.parse(rows[0]?.feed);
  });
}

/** One event for each hour of the clinician's: the appointments of a group are one. */
function eventsOf(appointments: readonly FeedAppointment[], timeZone: string, naming: z.infer<typeof Naming>): CalendarEvent[] {
  const hours = new Map<string, FeedAppointment[]>();
  for (const appointment of appointments) {
    // A client whose session was moved alone has an hour of their own.
    const key = appointment.groupId === null ? appointment.id : `${appointment.groupId} ${appointment.date} ${appointment.startTime}`;
    const together = hours.get(key);
    if (together === undefined) hours.set(key, [appointment]);
    else together.push(appointment);
  }
  const named = new Set<string>();
  return [...hours.values()].flatMap((together) => {
    const [first] = together;
    if (first === undefined) return [];
    // Whoever leaves a group does not make it another event.
    const uid = first.groupId === null || named.has(first.groupId) ? first.id : first.groupId;
    named.add(uid);
    const start = momentOf(first.date, first.startTime, timeZone);
    const coming = together.filter(({ cancelled }) => !cancelled);
    return [
      {
        uid: `${uid}@trellis`,
        summary: summaryOf(first, coming.length, naming),
        start,
        end: minutesLater(start, Math.max(...together.map(({ minutes }) => minutes))),
        stamp: new Date(Math.max(...together.map(({ changedAt }) => Date.parse(changedAt)))).toISOString(),
        sequence: together.reduce((sum, { changes }) => sum + changes, 0),
        cancelled: coming.length === 0,
      },
    ];
  });
}

function summaryOf({ groupId, naming: name, modality }: FeedAppointment, coming: number, naming: z.infer<typeof Naming>): string {
  if (naming === "nothing") return "Session";
  const who = groupId === null ? name || "Session" : coming === 0 ? "Group session" : `Group session (${coming})`;
  return modality === "in-person" ? who : `${who}, ${modalityWords[modality].toLowerCase()}`;
}
