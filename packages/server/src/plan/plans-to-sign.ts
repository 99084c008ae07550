import { Client, legalName } from "@trellis/domain/client/client";
import { signatureRoles } from "@trellis/domain/signature/signature";
import type pg from "pg";
import { z } from "zod";
import { clientIdsOf } from "../chart/whose-clients.ts";
import { hasEnded } from "../episode/discharged.ts";

const Row = z.object({
  planId: z.string(),
  clientId: z.string(),
  record: z.unknown(),
  isPracticeClient: z.boolean(),
  revision: z.number(),
  state: z.enum(["draft", "signing", "awaiting-co-signature"]),
  updatedAt: z.string(),
  signed: z.array(z.enum(signatureRoles)),
});

/** A plan of somebody in the asker's care that is not in force yet. */
export interface PlanToSign extends Omit<z.infer<typeof Row>, "record"> {
  readonly name: string;
}

/** Plans of the asker's own clients that are written or wait for signatures, those that wait for a signature first. What was only a draft when treatment ended is never signed. */
export const plansToSignQuery: pg.QueryConfig = {
  name: "plans-to-sign",
  text: `WITH mine AS MATERIALIZED (${clientIdsOf.mine})
    SELECT json_build_object('planId', d.plan_id, 'clientId', d.client_id, 'record', c.record, 'isPracticeClient', c.is_practice_client, 'revision', d.revision, 'state', d.state,
      'updatedAt', d.updated_at, 'signed', (SELECT coalesce(json_agg(DISTINCT s.role), '[]') FROM trellis.signature AS s
        WHERE s.practice_id = d.practice_id AND s.plan_id = d.plan_id AND s.revision = d.revision
          AND NOT EXISTS (SELECT 1 FROM trellis.signature_void AS v WHERE v.practice_id = s.practice_id AND v.signature_id = s.id))) AS row
    FROM mine AS m JOIN trellis.plan_draft AS d ON d.practice_id = (SELECT trellis.current_practice()) AND d.client_id = m.client_id
      JOIN trellis.client AS c ON c.practice_id = d.practice_id AND c.id = d.client_id
    WHERE d.state <> 'draft' OR NOT ${hasEnded("m.client_id")}
    ORDER BY d.state = 'draft', d.updated_at LIMIT 60`,
};

export function parsePlansToSign(rows: readonly Record<string, unknown>[]): PlanToSign[] {
  return rows.map((row) => {
    const { record, ...plan } = Row.parse(row.row);
    return { ...plan, name: legalName(Client.parse(record)) };
  });
}
