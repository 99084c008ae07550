import { ImportLine, linesAtOnce } from "@trellis/domain/import/import-line";
import { Hono } from "hono";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { withPractice } from "../database/pool.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, Problem } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { MeasureRows, practiceMeasuresOf, practiceMeasuresQuery } from "../measures/practice-measures.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { giveUp, type StoredImport, stageLines, summarize, takeOver } from "./staged-lines.ts";

const Lines = z.strictObject({
  lines: z
    .array(ImportLine)
    .min(1)
    .max(linesAtOnce, `Send at most ${linesAtOnce.toLocaleString("en-US")} lines at a time.`),
});
const Store = z.strictObject({
  /** How many lines the file had: so that nothing is taken over of a file that came in part. */
  lines: z.number().int().min(1),
  /** Where there is another score of the same measure for the same day already. */
  sameDay: z.enum(["keep-both", "leave-out"]),
});

/**
 * Scores from a file. Its lines come in parts, are checked and laid by (`/lines`), counted (`/check`), and then all taken over in one transaction
 * (`/store`), or none. No alerts: what was long ago calls for nothing today.
 */
export function importRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  routes.use("/score-imports/*", needSignIn(trellis));

  routes.post("/score-imports/:id/begin", async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    await withPractice(trellis.app, askerOf(context), async (client) => {
      await client.query("SELECT trellis.clear_forgotten_imports()");
      // Whoever begins with a file has given up the one before.
      await giveUp(client, null);
      await client.query(auditEntry("import.begin", null, id));
    });
    return context.body(null, 204);
  });

  routes.post("/score-imports/:id/lines", async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const { lines } = await body(context, Lines);
    const today = todayIn(context.get("signedIn").practice.timeZone, trellis.now());
    const faults = await withPractice(trellis.app, askerOf(context), async (client) => {
      const { rows } = await client.query<{ measures: unknown }>(practiceMeasuresQuery);
      const measures = practiceMeasuresOf(trellis.library.measures, MeasureRows.parse(rows[0]?.measures));
      return await stageLines(client, askerOf(context), id, lines, measures, today);
    });
    return context.json({ faults });
  });

  routes.post("/score-imports/:id/check", async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const summary = await withPractice(trellis.app, askerOf(context), async (client) => {
      const counted = await summarize(client, id);
      await client.query(auditEntry("import.check", null, id, { lines: counted.lines, clients: counted.clients, faulty: counted.faulty }));
      return counted;
    });
    return context.json(summary);
  });

  routes.post("/score-imports/:id/store", async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const { lines, sameDay } = await body(context, Store);
    const stored = await withPractice(trellis.app, askerOf(context), async (client): Promise<StoredImport> => {
      // One after the other: sent twice, the second finds what the first has done.
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended('score-import ' || $1, 0))", [id]);
      const before = await client.query<StoredImport>(
        "SELECT scores, clients FROM trellis.score_import WHERE id = $1 AND imported_by = (SELECT trellis.current_member())",
        [id],
      );
      if (before.rows[0] !== undefined) return before.rows[0];
      const { rows } = await client.query<{ lines: number; faulty: number; closed: number }>(
        `SELECT count(*)::int AS lines, count(*) FILTER (WHERE l.faulty)::int AS faulty,
           (SELECT count(*) FROM (SELECT DISTINCT f.client_id FROM trellis.score_import_line AS f WHERE f.import_id = $1 AND NOT f.faulty) AS d
             WHERE NOT trellis.sees_chart(d.client_id))::int AS closed
         FROM trellis.score_import_line AS l WHERE l.import_id = $1`,
        [id],
      );
      const there = rows[0] ?? { lines: 0, faulty: 0, closed: 0 };
      if (there.lines !== lines)
        throw new Problem(409, "The file is not all here", "Nothing was stored. Check the file again, and then import it.");
      if (there.faulty > 0)
        throw new Problem(
          422,
          "Something is wrong in the file",
          `Nothing was stored: ${there.faulty} ${there.faulty === 1 ? "line has" : "lines have"} a fault. Correct the file, and choose it again.`,
        );
      if (there.closed > 0)
        throw new Problem(
          409,
          "A chart was closed to you meanwhile",
          "Nothing was stored. Check the file again to see which lines are meant.",
        );
      const done = await takeOver(client, askerOf(context), id, sameDay === "keep-both");
      await client.query(auditEntry("import.store", null, id, { ...done, lines }));
      return done;
    });
    return context.json(stored);
  });

  routes.delete("/score-imports/:id", async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    await withPractice(trellis.app, askerOf(context), (client) => giveUp(client, id));
    return context.body(null, 204);
  });
  return routes;
}
