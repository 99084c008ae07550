import { Slug } from "@trellis/domain/library/chapter";
import { lintMeasure } from "@trellis/domain/library/lint-measure";
import { hasTotal, Measure } from "@trellis/domain/measures/measure";
import { BroughtWording, MeasureSetting, PracticeNorms, whyWordingDoesNotFit } from "@trellis/domain/measures/measure-setting";
import { mostQuestions, ownMeasureId, uuidOfOwn, versionAfter, whyAnswersBecomeUnreadable } from "@trellis/domain/measures/own/own-measure";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { writeChart } from "../chart/write-chart.ts";
import { inOneTrip, withPractice } from "../database/pool.ts";
import { needClinicalRole, needRole, needSignIn } from "../http/guards.ts";
import { Id, pathId } from "../http/id.ts";
import { body, conflict, invalid, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import type { Trellis } from "../trellis.ts";
import { MeasureRows, practiceMeasuresQuery } from "./practice-measures.ts";

const OwnMeasure = Measure.superRefine((measure, context) => {
  if (measure.license.class !== "own")
    context.addIssue({ code: "custom", path: ["license", "class"], message: "A measure of the practice's own has the licence class own." });
  if (measure.wording !== "here")
    context.addIssue({ code: "custom", path: ["wording"], message: "A measure of the practice's own has its questions written out." });
  if (measure.items.length > mostQuestions)
    context.addIssue({ code: "custom", path: ["items"], message: `At most ${mostQuestions} questions fit in one measure.` });
});
const Save = z.strictObject({ version: Version, clientId: Id.nullable(), measure: OwnMeasure });
/** What is expected of a course is kept by a route of its own. */
const SettingChange = z.strictObject({
  version: Version,
  content: z.strictObject({ wording: BroughtWording.nullable(), norms: PracticeNorms.nullable() }),
});

interface Stored {
  readonly content: unknown;
  readonly version: number;
  readonly clientId: string | null;
  readonly retired: boolean;
}

/** The practice's own measures, and what it adds to those of the library. */
export function measureRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  /** In the client's chart where it is for one client alone, and otherwise in the practice. A problem that `work` returns is thrown after the commit. */
  async function write<T>(
    context: RequestContext,
    clientId: string | null,
    work: (client: pg.PoolClient) => Promise<T | Problem>,
  ): Promise<T> {
    if (clientId !== null) return await writeChart(trellis, context, clientId, work);
    const done = await withPractice(trellis.app, askerOf(context), work);
    if (done instanceof Problem) throw done;
    return done;
  }

  async function stored(client: pg.PoolClient, id: string): Promise<Stored | undefined> {
    const { rows } = await client.query<Stored>(
      `SELECT content, version, client_id AS "clientId", retired_at IS NOT NULL AS retired FROM trellis.own_measure WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return rows[0];
  }

  routes.get("/practice-measures", signedIn, async (context) => {
    needClinicalRole(context);
    const [found] = await inOneTrip(trellis.app, askerOf(context), [practiceMeasuresQuery]);
    return context.json(MeasureRows.parse(found.rows[0]?.measures));
  });

  routes.put("/own-measures/:id", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const { version, clientId, measure } = await body(context, Save);
    if (measure.id !== ownMeasureId(id))
      throw invalid([{ pointer: "/measure/id", message: "The measure and the address name different ids." }]);
    const faults = lintMeasure("", measure);
    if (faults.length > 0)
      throw invalid(faults.slice(0, 50).map(({ path, message }) => ({ pointer: ["/measure", ...path].join("/"), message })));
    const saved = await write(context, clientId, async (client) => {
      const { practiceId, memberId } = askerOf(context);
      const first = { ...measure, version: "1.0" };
      const { rowCount } = await client.query(
        "INSERT INTO trellis.own_measure (practice_id, id, client_id, content, created_by) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        [practiceId, id, clientId, JSON.stringify(first), memberId],
      );
      if (rowCount === 1) {
        // A first saving whose place was taken meanwhile comes here with version 0 and finds it; a change finds what it changes.
        if (version !== 0) throw notFound();
        await client.query(auditEntry("own-measure.save", clientId, id, { version: 1 }));
        return { version: 1, measure: first };
      }
      const before = await stored(client, id);
      if (before === undefined) throw invalid([{ pointer: "/measure/id", message: "Another measure has this id. Reload the page." }]);
      if (before.clientId !== clientId)
        throw invalid([{ pointer: "/clientId", message: "A measure stays with those it was made for. Make a new one for the others." }]);
      const known = Measure.parse(before.content);
      const next = { ...measure, version: versionAfter(known, measure) };
      // Sent again after an answer that got lost: the same is no fault.
      if (JSON.stringify({ ...known, version: "" }) === JSON.stringify({ ...measure, version: "" }))
        return { version: before.version, measure: known };
      if (before.version !== version) {
        // What somebody else saved is shown, and of a chart that is a reading.
        if (clientId !== null) await client.query(auditEntry("chart.read", clientId, id));
        return conflict("Somebody changed this measure meanwhile. Reload the page to see how it is now.", {
          measure: known,
          version: before.version,
        });
      }
      if (before.retired) throw invalid([{ pointer: "/measure", message: "This measure is retired. Make a new one in its place." }]);
      const why = whyAnswersBecomeUnreadable(known, next);
      if (why !== null) {
        const { rows } = await client.query<{ answered: boolean }>("SELECT trellis.measure_is_answered($1) AS answered", [measure.id]);
        if (rows[0]?.answered === true)
          throw invalid([
            { pointer: "/measure/items", message: `${why} Make a new measure for that, and retire this one: its course stays.` },
          ]);
      }
      await client.query("UPDATE trellis.own_measure SET content = $2, version = version + 1, saved_at = now() WHERE id = $1", [
        id,
        JSON.stringify(next),
      ]);
      await client.query(auditEntry("own-measure.save", clientId, id, { version: before.version + 1 }));
      return { version: before.version + 1, measure: next };
    });
    return context.json(saved);
  });

  routes.post("/own-measures/:id/retire", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    await withPractice(trellis.app, askerOf(context), async (client) => {
      const before = await stored(client, id);
      if (before === undefined) throw notFound();
      if (before.retired) return;
      await client.query("UPDATE trellis.own_measure SET retired_at = now(), version = version + 1 WHERE id = $1", [id]);
      await client.query(auditEntry("own-measure.retire", before.clientId, id));
    });
    return context.body(null, 204);
  });

  routes.put("/measure-settings/:measure", signedIn, async (context) => {
    needRole(context, ["owner"], "Only the owner of the practice can change what it adds to a measure.");
    const id = Slug.safeParse(context.req.param("measure")).data;
    if (id === undefined) throw notFound();
    const { version, content } = await body(context, SettingChange);
    const saved = await write(context, null, async (client) => {
      const { practiceId, memberId } = askerOf(context);
      const measure = trellis.library.measureById.get(id) ?? (await ownOf(client, id));
      if (measure === undefined) throw notFound();
      const why = content.wording === null ? null : whyWordingDoesNotFit(measure, content.wording);
      if (why !== null) throw invalid([{ pointer: "/content/wording/items", message: why }]);
      if (content.norms !== null && !hasTotal(measure))
        throw invalid([{ pointer: "/content/norms", message: `${measure.name} has no total, so no change of one can be reliable.` }]);
      // What another part of the settings keeps here stays as it is.
      const { rows } = await client.query<{ version: number }>(
        version === 0
          ? `INSERT INTO trellis.measure_setting (practice_id, measure, content, saved_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING version`
          : `UPDATE trellis.measure_setting SET content = content || $3, version = version + 1, saved_at = now(), saved_by = $4
             WHERE practice_id = $1 AND measure = $2 AND version = $5 RETURNING version`,
        [practiceId, id, JSON.stringify(content), memberId, ...(version === 0 ? [] : [version])],
      );
      const now = rows[0]?.version;
      if (now === undefined) {
        const current = await client.query<{ content: object; version: number }>(
          "SELECT content, version FROM trellis.measure_setting WHERE measure = $1",
          [id],
        );
        if (current.rows[0] === undefined) throw notFound();
        return conflict("Somebody changed what the practice adds to this measure meanwhile. Reload the page to see it.", {
          ...MeasureSetting.parse(current.rows[0].content),
          version: current.rows[0].version,
        });
      }
      await client.query(auditEntry("measure-setting.save", null, id, { version: now }));
      return { version: now };
    });
    return context.json(saved);
  });

  async function ownOf(client: pg.PoolClient, id: string): Promise<Measure | undefined> {
    const uuid = uuidOfOwn(id);
    if (uuid === null) return undefined;
    const { rows } = await client.query<{ content: unknown }>(
      "SELECT content FROM trellis.own_measure WHERE id = $1 AND client_id IS NULL",
      [uuid],
    );
    return rows[0] && Measure.parse(rows[0].content);
  }
  return routes;
}
