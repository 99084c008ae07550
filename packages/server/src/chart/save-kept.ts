import type pg from "pg";
import type { z } from "zod";
import { type AuditAction, auditEntry } from "../audit/record.ts";
import { conflict, invalid, notFound, type Problem } from "../http/problem.ts";
import { askerOf, type RequestContext } from "../http/request-context.ts";

/** Tables of things that are kept as one value with a version. */
export type KeptTable = "session_series" | "payer_authorization" | "homework" | "outline_course";

interface Kept<T> {
  readonly table: KeptTable;
  readonly schema: z.ZodType<T>;
  readonly clientId: string;
  readonly id: string;
  /** The version that the change starts from; 0 for something new. */
  readonly version: number;
  readonly content: T;
  readonly action: AuditAction;
  /** What it is called where somebody else was faster: "this homework". */
  readonly what: string;
}

/**
 * Saves a value with its audit entry, within `writeChart`. Returns its new version, or the problem that shows what somebody else saved meanwhile. Sent again
 * after an answer that got lost, it answers as the first time.
 */
export async function saveKept<T>(
  client: pg.PoolClient,
  context: RequestContext,
  { table, schema, clientId, id, version, content, action, what }: Kept<T>,
): Promise<{ readonly version: number } | Problem> {
  const { practiceId, memberId } = askerOf(context);
  const value = JSON.stringify(content);
  const { rows } = await client.query<{ version: number }>(
    version === 0
      ? `INSERT INTO trellis.${table} (practice_id, client_id, id, content, created_by, saved_by) VALUES ($1, $2, $3, $4, $5, $5)
         ON CONFLICT DO NOTHING RETURNING version`
      : `UPDATE trellis.${table} SET content = $4, saved_by = $5, saved_at = now(), version = version + 1
         WHERE practice_id = $1 AND client_id = $2 AND id = $3 AND version = $6 AND removed_at IS NULL RETURNING version`,
    [practiceId, clientId, id, value, memberId, ...(version === 0 ? [] : [version])],
  );
  if (rows[0] !== undefined) {
    await client.query(auditEntry(action, clientId, id, { version: rows[0].version }));
    return { version: rows[0].version };
  }
  const current = await client.query<{ content: unknown; version: number; removed: boolean; same: boolean }>(
    `SELECT content, version, removed_at IS NOT NULL AS removed, content = $3::jsonb AS same FROM trellis.${table} WHERE id = $1 AND client_id = $2`,
    [id, clientId, value],
  );
  const there = current.rows[0];
  if (there === undefined) {
    if (version > 0) throw notFound();
    throw invalid([{ pointer: "", message: "Something else has this id. Reload the page." }]);
  }
  if (!there.removed && there.same && there.version === version + 1) return { version: there.version };
  await client.query(auditEntry("chart.read", clientId, id));
  return there.removed
    ? conflict(`Somebody removed ${what} meanwhile.`, null)
    : conflict(`Somebody changed ${what} meanwhile.`, { content: schema.parse(there.content), version: there.version });
}
