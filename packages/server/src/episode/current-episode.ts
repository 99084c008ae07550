import type { IsoDate } from "@trellis/domain/calendar/date";
import { Episode } from "@trellis/domain/episode/episode";
import type pg from "pg";
import { auditEntry } from "../audit/record.ts";
import { lockClient } from "../chart/write-chart.ts";
import type { Asker } from "../database/pool.ts";
import { conflict, invalid, type Problem } from "../http/problem.ts";

export interface StoredEpisode {
  readonly id: string;
  readonly version: number;
  readonly content: Episode;
  readonly endedAt: Date | null;
}

/** Episodes of a client, the first one first. Locks the client, so that no two people end or begin one at once. */
export async function lockedEpisodes(client: pg.PoolClient, clientId: string): Promise<StoredEpisode[]> {
  await lockClient(client, clientId);
  return episodesOf(client, clientId);
}

export async function episodesOf(client: pg.PoolClient, clientId: string): Promise<StoredEpisode[]> {
  const { rows } = await client.query<{ id: string; version: number; content: unknown; endedAt: Date | null }>(
    `SELECT e.id, e.version, e.ended_at AS "endedAt", e.content || jsonb_build_object('number', e.number, 'openedOn', e.opened_on, 'endedOn', e.ended_on) AS content
     FROM trellis.episode AS e WHERE e.client_id = $1 ORDER BY e.number`,
    [clientId],
  );
  return rows.map(({ content, ...row }) => ({ ...row, content: Episode.parse(content) }));
}

export interface NewEpisode {
  readonly id: string;
  readonly openedOn: IsoDate;
}

/**
 * The episode that is being changed: the newest, in the version that the change starts from; a client without one begins the first with it. Or the problem
 * that shows what somebody else saved.
 */
export async function episodeToChange(
  client: pg.PoolClient,
  clientId: string,
  version: number,
  { id, openedOn }: NewEpisode,
): Promise<StoredEpisode | Problem> {
  const episodes = await lockedEpisodes(client, clientId);
  const current = episodes.at(-1);
  if (current === undefined) {
    if (version > 0) return conflict("This episode is not there any more. Reload the page.", null);
    return { id, version: 0, content: Episode.parse({ number: 1, openedOn, endedOn: null }), endedAt: null };
  }
  if (current.version !== version) {
    await client.query(auditEntry("chart.read", clientId, current.id));
    return conflict("Somebody changed this episode of care meanwhile.", {
      id: current.id,
      version: current.version,
      content: current.content,
    });
  }
  return current;
}

/** Stores an episode over the version that it was read in; version 0 is a new one. Returns the new version. */
export async function storeEpisode(
  client: pg.PoolClient,
  { practiceId, memberId }: Asker,
  clientId: string,
  { id, version, content }: Pick<StoredEpisode, "id" | "version" | "content">,
  endedAt: "now" | "as-it-is" | null,
): Promise<number> {
  const { number, openedOn, endedOn, ...rest } = content;
  const values = [practiceId, clientId, id, number, openedOn, endedOn, JSON.stringify(rest), memberId];
  const moment = endedAt === "now" ? "now()" : endedAt === null ? "NULL" : "e.ended_at";
  const { rows } = await client.query<{ version: number }>(
    version === 0
      ? `INSERT INTO trellis.episode AS e (practice_id, client_id, id, number, opened_on, ended_on, content, saved_by, ended_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ${endedAt === "now" ? "now()" : "NULL"}) ON CONFLICT DO NOTHING RETURNING version`
      : `UPDATE trellis.episode AS e SET opened_on = $5, ended_on = $6, content = $7, saved_by = $8, saved_at = now(), version = e.version + 1, ended_at = ${moment}
         WHERE e.practice_id = $1 AND e.client_id = $2 AND e.id = $3 AND e.number = $4 RETURNING version`,
    values,
  );
  if (rows[0] === undefined) throw invalid([{ pointer: "", message: "Something else has this id. Reload the page." }]);
  return rows[0].version;
}
