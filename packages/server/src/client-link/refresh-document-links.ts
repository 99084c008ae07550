import { type ClientDocumentKind, clientDocuments } from "@trellis/domain/client-document/client-document";
import { LinkShown } from "@trellis/domain/client-link/client-link";
import type pg from "pg";

/** The newest finished version of a document as its page shows it; `null` where none is finished yet. */
export async function newestDocument(client: pg.PoolClient, clientId: string, kind: ClientDocumentKind): Promise<LinkShown | null> {
  const { rows } = await client.query<{ revision: number; content: unknown; madeOn: string }>(
    `SELECT d.revision, d.content, (d.finished_at AT TIME ZONE p.time_zone)::date::text AS "madeOn"
     FROM trellis.client_document AS d JOIN trellis.practice AS p ON p.id = d.practice_id
     WHERE d.client_id = $1 AND d.kind = $2 AND d.finished_at IS NOT NULL ORDER BY d.revision DESC LIMIT 1`,
    [clientId, kind],
  );
  const newest = rows[0];
  if (newest === undefined) return null;
  return LinkShown.parse({ kind, plan: clientDocuments[kind].parse(newest.content), version: newest.revision, madeOn: newest.madeOn });
}

/** Puts the newest finished version of a document into the client's live links to it: to be called in the transaction that finishes one. */
export async function refreshDocumentLinks(client: pg.PoolClient, clientId: string, kind: ClientDocumentKind): Promise<void> {
  const shown = await newestDocument(client, clientId, kind);
  if (shown === null) return;
  await client.query(
    `UPDATE trellis.client_link SET shown = $3 WHERE client_id = $1 AND kind = $2 AND withdrawn_at IS NULL AND expires_at > now()`,
    [clientId, kind, JSON.stringify(shown)],
  );
}
