import { addDays, IsoDate } from "@trellis/domain/calendar/date";
import { Client, calledName, legalName } from "@trellis/domain/client/client";
import { followUpAheadDays, followUpOpenDays } from "@trellis/domain/ending/follow-up";
import type pg from "pg";
import { z } from "zod";
import { clientIdsOf, type WhoseClients } from "../chart/whose-clients.ts";

/** A follow-up after treatment that can be asked for now. */
export interface FollowUpLine {
  readonly clientId: string;
  readonly name: string;
  readonly calledName: string;
  readonly isPracticeClient: boolean;
  readonly endedOn: IsoDate;
  readonly date: IsoDate;
  /** Those of its measures that have not been answered yet. */
  readonly measures: readonly string[];
  /** When a link for it was made last, on or after the day from which it can be asked for; `null` without one. */
  readonly askedAt: string | null;
}

const Row = z.object({
  clientId: z.string(),
  record: z.unknown(),
  isPracticeClient: z.boolean(),
  endedOn: IsoDate,
  date: IsoDate,
  measures: z.array(z.string()),
  askedAt: z.string().nullable(),
});

/** Whose episodes are looked at: over a whole practice, those of whom an episode has ended. */
const seen: Readonly<Record<WhoseClients | "practice", string>> = {
  ...clientIdsOf,
  practice:
    "SELECT DISTINCT e.client_id FROM trellis.episode AS e WHERE e.practice_id = (SELECT trellis.current_practice()) AND e.ended_on IS NOT NULL",
};

/**
 * Follow-ups that are due: from a week before their day until sixty days after it, or until the next one can be asked for, as long as one of their measures is
 * not answered. One query. Whoever began treatment again is asked in treatment and not here.
 */
export function followUpsDueQuery(of: WhoseClients | "practice", today: IsoDate): pg.QueryConfig {
  return {
    name: `follow-ups-due-${of}`,
    text: `WITH seen AS MATERIALIZED (${seen[of]})
      SELECT json_build_object('clientId', e.client_id, 'record', c.record, 'isPracticeClient', c.is_practice_client, 'endedOn', e.ended_on, 'date', f.date, 'measures', f.open,
        'askedAt', (SELECT max(l.created_at) FROM trellis.answer_link AS l WHERE l.practice_id = e.practice_id AND l.client_id = e.client_id AND l.withdrawn_at IS NULL
          AND l.created_at >= f.date - ${followUpAheadDays})) AS row
      FROM seen AS s
      CROSS JOIN LATERAL (SELECT e.* FROM trellis.episode AS e WHERE e.practice_id = (SELECT trellis.current_practice()) AND e.client_id = s.client_id
        ORDER BY e.number DESC LIMIT 1) AS e
      CROSS JOIN LATERAL (
        SELECT (entry ->> 'date')::date AS date, (SELECT jsonb_agg(m.id) FROM jsonb_array_elements_text(entry -> 'measures') AS m (id)
          WHERE NOT EXISTS (SELECT 1 FROM trellis.administration AS a WHERE a.practice_id = e.practice_id AND a.client_id = e.client_id AND a.measure = m.id
            AND a.error_reason IS NULL AND a.date > e.ended_on AND a.date >= (entry ->> 'date')::date - ${followUpAheadDays})) AS open
        FROM jsonb_array_elements(e.content -> 'end' -> 'followUps') AS entry
        WHERE (entry ->> 'date')::date BETWEEN $1::date - ${followUpOpenDays} AND $1::date + ${followUpAheadDays}
        ORDER BY 1 DESC LIMIT 1) AS f
      JOIN trellis.client AS c ON c.practice_id = e.practice_id AND c.id = e.client_id
      WHERE e.ended_on > $2::date AND f.open IS NOT NULL
      ORDER BY f.date, c.sort_name, c.id LIMIT 200`,
    values: [today, addDays(today, -(3 * 366 + followUpOpenDays))],
  };
}

export function parseFollowUps(rows: readonly Record<string, unknown>[]): FollowUpLine[] {
  return rows.map(({ row }) => {
    const { record, ...rest } = Row.parse(row);
    const client = Client.parse(record);
    return { ...rest, name: legalName(client), calledName: calledName(client) };
  });
}

/** The follow-ups that are due in the charts that the person asking sees, the longest due first. */
export async function followUpsDue(client: pg.PoolClient, of: WhoseClients | "practice", today: IsoDate): Promise<FollowUpLine[]> {
  return parseFollowUps((await client.query<{ row: unknown }>(followUpsDueQuery(of, today))).rows);
}
