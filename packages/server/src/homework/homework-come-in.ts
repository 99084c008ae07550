import { Client, legalName } from "@trellis/domain/client/client";
import type pg from "pg";
import { z } from "zod";
import { clientIdsOf } from "../chart/whose-clients.ts";

const Row = z.object({
  homeworkId: z.string(),
  clientId: z.string(),
  record: z.unknown(),
  isPracticeClient: z.boolean(),
  title: z.string(),
  savedAt: z.string(),
  finished: z.boolean(),
});

/** Homework that a client has filled in by link and that nobody has looked at yet. */
export interface HomeworkComeIn extends Omit<z.infer<typeof Row>, "record"> {
  readonly name: string;
}

/** What the asker's own clients have sent in, the newest first. */
export const homeworkComeInQuery: pg.QueryConfig = {
  name: "homework-come-in",
  text: `WITH mine AS MATERIALIZED (${clientIdsOf.mine})
    SELECT json_build_object('homeworkId', h.id, 'clientId', h.client_id, 'record', c.record, 'isPracticeClient', c.is_practice_client, 'title', h.content ->> 'title',
      'savedAt', l.saved_at, 'finished', l.finished_at IS NOT NULL) AS row
    FROM mine AS m JOIN trellis.homework AS h ON h.practice_id = (SELECT trellis.current_practice()) AND h.client_id = m.client_id AND h.removed_at IS NULL
        AND h.content ->> 'outcome' IS NULL AND h.content ->> 'withdrawnOn' IS NULL
      CROSS JOIN LATERAL (SELECT l.saved_at, l.finished_at FROM trellis.client_link AS l
        WHERE l.practice_id = h.practice_id AND l.subject_id = h.id AND l.kind = 'homework' AND l.answers IS NOT NULL ORDER BY l.saved_at DESC LIMIT 1) AS l
      JOIN trellis.client AS c ON c.practice_id = h.practice_id AND c.id = h.client_id
    ORDER BY l.saved_at DESC LIMIT 60`,
};

export function parseHomeworkComeIn(rows: readonly Record<string, unknown>[]): HomeworkComeIn[] {
  return rows.map((row) => {
    const { record, ...homework } = Row.parse(row.row);
    return { ...homework, name: legalName(Client.parse(record)) };
  });
}
