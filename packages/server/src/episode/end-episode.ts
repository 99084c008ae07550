import { addDays, formatDate, IsoDate } from "@trellis/domain/calendar/date";
import { type Episode, EpisodeEnd } from "@trellis/domain/episode/episode";
import { endReasonWords } from "@trellis/domain/episode/episode-words";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import type { Asker } from "../database/pool.ts";
import { Id } from "../http/id.ts";
import { type FieldFault, invalid, Problem } from "../http/problem.ts";
import { Version } from "../http/version.ts";
import { episodeToChange, storeEpisode } from "./current-episode.ts";

export const EndRequest = z.strictObject({
  /** The id of the first episode where there is no row of it yet. */
  id: Id,
  version: Version,
  openedOn: IsoDate,
  endedOn: IsoDate,
  end: EpisodeEnd,
  /** Takes appointments after the last day out of the calendar, and ends their series. */
  cancelAppointments: z.boolean(),
  /** Takes back homework that nobody has looked at. */
  closeHomework: z.boolean(),
});
export type EndRequest = z.infer<typeof EndRequest>;

/** What ending an episode has done besides. */
export interface Ended {
  readonly version: number;
  readonly appointments: number;
  readonly links: number;
}

/**
 * Ends the current episode of care in one transaction with everything that stops with it: links to questionnaires, homework and reviews are withdrawn, an open
 * review and a course of sessions are closed with the reason, an authorization does not count any more. Links to the safety plan and the plan for staying well
 * stay with the client. Nothing that is signed is touched.
 */
export async function endEpisode(
  client: pg.PoolClient,
  asker: Asker,
  clientId: string,
  request: EndRequest,
  today: IsoDate,
): Promise<Ended | Problem> {
  const current = await episodeToChange(client, clientId, request.version, { id: request.id, openedOn: request.openedOn });
  if (current instanceof Problem) return current;
  if (current.content.endedOn !== null)
    throw new Problem(409, "It has ended already", "This episode of care has ended. Reload the page to see how.");
  const faults = await faultsOf(client, clientId, request, today);
  if (faults.length > 0) throw invalid(faults);
  const content: Episode = {
    ...current.content,
    openedOn: request.openedOn,
    endedOn: request.endedOn,
    plannedEnd: null,
    end: { ...request.end, detail: request.end.detail.trim() },
  };
  const version = await storeEpisode(client, asker, clientId, { ...current, content }, "now");
  const reason = `Treatment ended: ${endReasonWords[request.end.reason].toLowerCase()}.`;
  const appointments = request.cancelAppointments ? await cancelAppointments(client, asker, clientId, request.endedOn, reason) : 0;
  if (request.closeHomework)
    await close(
      client,
      asker,
      clientId,
      "homework",
      { withdrawnOn: request.endedOn, withdrawnReason: reason },
      "content ->> 'outcome' IS NULL AND content ->> 'withdrawnOn' IS NULL",
    );
  const stopped = { endedOn: request.endedOn, endedReason: reason };
  await close(client, asker, clientId, "outline_course", stopped, "content ->> 'endedOn' IS NULL");
  await close(client, asker, clientId, "payer_authorization", stopped, "content ->> 'endedOn' IS NULL AND content ->> 'to' > $4", [
    request.endedOn,
  ]);
  const reviews = await client.query<{ id: string; seal: string }>(
    `UPDATE trellis.review AS r SET state = 'abandoned', closed_at = now(), saved_by = $2, saved_at = now(), version = version + 1,
       content = content || jsonb_build_object('abandonedReason', $3::text) WHERE client_id = $1 AND state = 'open' RETURNING r.id, trellis.review_seal(r) AS seal`,
    [clientId, asker.memberId, reason],
  );
  for (const { id, seal } of reviews.rows) await client.query(auditEntry("review.abandon", clientId, id, { seal }));
  const links = await withdrawLinks(client, clientId);
  await client.query(
    auditEntry("episode.end", clientId, current.id, {
      number: content.number,
      reason: request.end.reason,
      outcome: request.end.outcome,
      appointments,
      links,
    }),
  );
  return { version, appointments, links };
}

async function faultsOf(
  client: pg.PoolClient,
  clientId: string,
  { openedOn, endedOn, end }: EndRequest,
  today: IsoDate,
): Promise<FieldFault[]> {
  const faults: FieldFault[] = [];
  if (endedOn > today)
    faults.push({ pointer: "/endedOn", message: "The last day of treatment cannot lie in the future. End it when it has come." });
  if (endedOn < openedOn)
    faults.push({ pointer: "/endedOn", message: `Treatment began on ${formatDate(openedOn)}. It cannot have ended before.` });
  faults.push(...followUpFaults(end.followUps, endedOn, "/end/followUps"));
  const { rows } = await client.query<{ last: string | null }>(
    "SELECT max(date)::text AS last FROM trellis.session WHERE client_id = $1 AND removed_at IS NULL AND attendance IN ('attended', 'late')",
    [clientId],
  );
  const last = rows[0]?.last ?? null;
  if (last !== null && last > endedOn)
    faults.push({ pointer: "/endedOn", message: `A session took place on ${formatDate(last)}. Choose that day or a later one.` });
  return faults;
}

/** What is wrong with planned follow-ups. */
export function followUpFaults(followUps: EpisodeEnd["followUps"], endedOn: IsoDate, under: string): FieldFault[] {
  const latest = addDays(endedOn, 3 * 366);
  return followUps.flatMap(({ date, measures }, index) => [
    ...(date <= endedOn ? [{ pointer: `${under}/${index}/date`, message: "A follow-up lies after the last day of treatment." }] : []),
    ...(date > latest ? [{ pointer: `${under}/${index}/date`, message: "A follow-up lies at most three years after the end." }] : []),
    ...(measures.length === 0
      ? [{ pointer: `${under}/${index}/measures`, message: "Choose at least one measure, or take this follow-up out." }]
      : []),
    ...(followUps.findIndex((other) => other.date === date) < index
      ? [{ pointer: `${under}/${index}/date`, message: "There is another follow-up on this day." }]
      : []),
  ]);
}

/** Marks as ended what is kept as one value with a version. */
async function close(
  client: pg.PoolClient,
  { memberId }: Asker,
  clientId: string,
  table: "homework" | "outline_course" | "payer_authorization" | "session_series",
  change: Readonly<Record<string, string>>,
  where: string,
  more: readonly string[] = [],
): Promise<void> {
  await client.query(
    `UPDATE trellis.${table} SET content = content || $2::jsonb, saved_by = $3, saved_at = now(), version = version + 1
     WHERE client_id = $1 AND removed_at IS NULL AND ${where}`,
    [clientId, JSON.stringify(change), memberId, ...more],
  );
}

/** Appointments after a day leave the calendar, unless somebody has recorded what became of them or has written a note on them. */
async function cancelAppointments(
  client: pg.PoolClient,
  asker: Asker,
  clientId: string,
  endedOn: IsoDate,
  reason: string,
): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE trellis.appointment AS a SET removed_at = now(), saved_by = $3, saved_at = now(), version = a.version + 1
     WHERE a.client_id = $1 AND a.date > $2 AND a.removed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM trellis.session AS s WHERE s.practice_id = a.practice_id AND s.id = a.id AND s.removed_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM trellis.note AS n WHERE n.practice_id = a.practice_id AND n.session_id = a.id AND n.removed_at IS NULL)`,
    [clientId, endedOn, asker.memberId],
  );
  await close(client, asker, clientId, "session_series", { endedOn, endedReason: reason }, "content ->> 'endedOn' IS NULL");
  return rowCount ?? 0;
}

async function withdrawLinks(client: pg.PoolClient, clientId: string): Promise<number> {
  let withdrawn = 0;
  for (const [table, where] of openLinks) {
    const { rowCount } = await client.query(`UPDATE trellis.${table} SET withdrawn_at = now() WHERE client_id = $1 AND ${where}`, [
      clientId,
    ]);
    withdrawn += rowCount ?? 0;
  }
  return withdrawn;
}

/** Private links that can still be opened and that end with the treatment. */
export const openLinks = [
  ["answer_link", "withdrawn_at IS NULL AND finished_at IS NULL AND expires_at > now()"],
  ["client_link", "kind IN ('homework', 'review') AND withdrawn_at IS NULL AND finished_at IS NULL AND expires_at > now()"],
] as const;
