import { line, longText } from "@trellis/domain/client/client";
import { ApproachId } from "@trellis/domain/library/approach";
import { Slug } from "@trellis/domain/library/chapter";
import { OwnChapter } from "@trellis/domain/library/own-chapter";
import { type OwnFault, ownChapterFaults, ownCodeFaults } from "@trellis/domain/library/own-chapter-faults";
import { emptyOwnChapter, ownCopyOf, slugOf, withOwnIds } from "@trellis/domain/library/own-ids";
import { saysTheSame } from "@trellis/domain/library/own-library-file";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { type Asker, inOneTrip, withPractice } from "../database/pool.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { Id, pathId } from "../http/id.ts";
import { body, conflict, invalid, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import type { Trellis } from "../trellis.ts";
import { ownLibraryText } from "./export-own-library.ts";
import { type Decision, isDecided, planImport, previewOf, readOwnLibrary, readStored, takeImport } from "./import-own-library.ts";
import { lettersOf, measuresInUse, newPrefix } from "./own-chapters.ts";

const OwnItem = z.strictObject({
  id: z.uuid("This id is not right. Reload the page.").optional(),
  kind: z.enum(["definition", "goal", "objective", "intervention", "outcome", "discharge"]),
  text: longText(1000).refine((text) => text.trim() !== "", "Write the statement."),
  plain: longText(1000).default(""),
  chapter: Slug.nullable().default(null),
  approach: ApproachId.nullable().default(null),
  technique: line(80).default(""),
});

const Begin = z.strictObject({
  /** Made by the browser, so that sending it again begins no second chapter. */
  key: Id,
  title: line(80).default(""),
  /** The shipped chapter to make one's own; none for an empty one. */
  from: Slug.nullable().default(null),
});
const Save = z.strictObject({ version: Version.min(1), chapter: OwnChapter });
const Remove = z.strictObject({ version: Version.min(1) });

/** The largest file that is taken, in bytes. */
export const largestFile = 5 * 1024 * 1024;
/** The path that takes one, with room for how JSON writes quotation marks and line breaks. */
export const importPath = "/api/library/own/import";
export const largestImport = 2 * largestFile;

const Import = z.strictObject({
  text: z.string(),
  /** False: only says what it would do. */
  store: z.boolean().default(false),
  decisions: z
    .array(
      z.strictObject({ id: z.string().max(80), seen: z.string().max(40), take: z.enum(["mine", "file"]) }) satisfies z.ZodType<Decision>,
    )
    .max(5000)
    .default([]),
});

/** So many faults of one file are told; nobody mends more at once. */
const mostFaults = 500;

const faultsUnder = (faults: readonly OwnFault[]) =>
  faults.slice(0, 50).map(({ path, message }) => ({ pointer: ["/chapter", ...path].join("/"), message }));

interface StoredRow {
  readonly content: unknown;
  readonly version: number;
  readonly removed: boolean;
  readonly by: string;
}

async function lockChapter(
  client: pg.PoolClient,
  id: string,
): Promise<{ chapter: OwnChapter; version: number; removed: boolean; by: string }> {
  const { rows } = await client.query<StoredRow>(
    `SELECT c.content, c.version, c.removed_at IS NOT NULL AS removed,
       coalesce((SELECT m.name FROM trellis.member AS m WHERE m.practice_id = c.practice_id AND m.id = c.saved_by), '') AS by
     FROM trellis.library_chapter AS c WHERE c.id = $1 FOR UPDATE OF c`,
    [id],
  );
  if (rows[0] === undefined) throw notFound();
  return { ...rows[0], chapter: OwnChapter.parse(rows[0].content) };
}

/** Whoever changes what ids there are waits for whoever does so now. */
async function lockOwnLibrary(client: pg.PoolClient, { practiceId }: Asker): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('own-library ' || $1, 0))", [practiceId]);
}

/** Judges chapters by what the practice has now. */
async function judge(
  client: pg.PoolClient,
  { library, diagnoses }: Pick<Trellis, "library" | "diagnoses">,
): Promise<(chapter: OwnChapter) => OwnFault[]> {
  const measures = await measuresInUse(client, library);
  const { rows } = await client.query<{ id: string }>("SELECT id FROM trellis.library_chapter WHERE removed_at IS NULL");
  const there = new Set(rows.map(({ id }) => id));
  return (chapter) => [...ownChapterFaults(chapter, library, measures, there), ...ownCodeFaults(chapter, diagnoses.table)];
}

/**
 * The faults that were not there before. What a chapter names may have gone since (a measure was retired, a newer library has less): that stands in the way
 * of nobody who changes something else.
 */
function newAmong(faults: readonly OwnFault[], before: readonly OwnFault[]): OwnFault[] {
  // Items may have moved: where in its part a fault stands does not tell it from another.
  const key = ({ path, message }: OwnFault) => `${path[0]} ${message}`;
  const known = new Set(before.map(key));
  return faults.filter((fault) => !known.has(key(fault)));
}

/** What a practice writes itself: statements, chapters, and the file in which it takes them along. */
export function ownLibraryRoutes(trellis: Trellis) {
  const { app, library } = trellis;
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.get("/library/items", signedIn, async (context) => {
    const [items] = await inOneTrip(trellis.app, askerOf(context), [
      { name: "own-items", text: "SELECT id, content FROM trellis.library_item WHERE removed_at IS NULL ORDER BY created_at, id" },
    ]);
    return context.json({ items: items.rows.map(({ id, content }) => ({ ...(content as object), id })) });
  });

  routes.post("/library/items", signedIn, async (context) => {
    needClinicalRole(context);
    const { id = crypto.randomUUID(), ...content } = await body(context, OwnItem);
    const { practiceId, memberId } = askerOf(context);
    await withPractice(trellis.app, { practiceId, memberId }, async (client) => {
      const { rowCount } = await client.query(
        "INSERT INTO trellis.library_item (practice_id, id, content, created_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        [practiceId, id, JSON.stringify(content), memberId],
      );
      if (rowCount === 0) {
        // Sent again after an answer that got lost: the same is no fault, another under the same id is.
        const same = await client.query("SELECT 1 FROM trellis.library_item WHERE id = $1 AND content = $2", [id, JSON.stringify(content)]);
        if (same.rowCount === 0) throw invalid([{ pointer: "/id", message: "Another statement has this id. Reload the page." }]);
        return;
      }
      await client.query(auditEntry("library.add", null, id));
    });
    return context.json({ id, ...content }, 201);
  });

  routes.delete("/library/items/:id", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    await withPractice(trellis.app, askerOf(context), async (client) => {
      const { rowCount } = await client.query("UPDATE trellis.library_item SET removed_at = now() WHERE id = $1 AND removed_at IS NULL", [
        id,
      ]);
      if (rowCount === 0) throw notFound();
      await client.query(auditEntry("library.remove", null, id));
    });
    return context.body(null, 204);
  });

  routes.get("/library/own/chapters", signedIn, async (context) => {
    needClinicalRole(context);
    const [found] = await inOneTrip(app, askerOf(context), [
      {
        name: "own-chapter-list",
        text: `SELECT c.id, c.content ->> 'title' AS title, c.content ->> 'population' AS population, c.content ->> 'basedOn' AS "basedOn",
            c.content -> 'diagnoses' AS diagnoses, jsonb_array_length(c.content -> 'goals') AS goals,
            jsonb_array_length(c.content -> 'objectives') AS objectives, jsonb_array_length(c.content -> 'interventions') AS interventions,
            c.version, c.saved_at AS "savedAt", coalesce(m.name, '') AS "savedBy"
          FROM trellis.library_chapter AS c LEFT JOIN trellis.member AS m ON m.practice_id = c.practice_id AND m.id = c.saved_by
          WHERE c.removed_at IS NULL ORDER BY lower(c.content ->> 'title'), c.id`,
      },
    ]);
    return context.json({ chapters: found.rows });
  });

  routes.get("/library/own/chapters/:id", signedIn, async (context) => {
    needClinicalRole(context);
    const found = await withPractice(app, askerOf(context), async (client) => {
      const { rows } = await client.query<{ content: unknown; version: number }>(
        "SELECT content, version FROM trellis.library_chapter WHERE id = $1 AND removed_at IS NULL",
        [context.req.param("id")],
      );
      if (rows[0] === undefined) throw notFound();
      const chapter = OwnChapter.parse(rows[0].content);
      return { version: rows[0].version, chapter, faults: faultsUnder((await judge(client, trellis))(chapter)) };
    });
    return context.json(found);
  });

  routes.post("/library/own/chapters", signedIn, async (context) => {
    needClinicalRole(context);
    const { key, title, from } = await body(context, Begin);
    const shipped = from === null ? undefined : library.chapterById.get(from);
    if (from !== null && shipped === undefined)
      throw invalid([{ pointer: "/from", message: "This chapter is not in the library. Choose another." }]);
    const name = title.trim() || shipped?.title || "";
    if (name === "") throw invalid([{ pointer: "/title", message: "Give the chapter a title." }]);
    const asker = askerOf(context);
    const begun = await withPractice(app, asker, async (client) => {
      await lockOwnLibrary(client, asker);
      const { rows } = await client.query<{ id: string; prefix: string }>("SELECT id, prefix FROM trellis.library_chapter");
      const id = `own-${[slugOf(name, 50), lettersOf(key, 6)].filter((part) => part !== "").join("-")}`;
      const before = rows.find((row) => row.id === id);
      if (before !== undefined) {
        const { chapter, version } = await lockChapter(client, id);
        return { version, chapter };
      }
      const own = { id, prefix: newPrefix(key, new Set(rows.map(({ prefix }) => prefix))) };
      const chapter = shipped === undefined ? emptyOwnChapter(name, own) : { ...ownCopyOf(shipped, own), title: name };
      await client.query(
        "INSERT INTO trellis.library_chapter (practice_id, id, prefix, content, created_by, saved_by) VALUES ($1, $2, $3, $4, $5, $5)",
        [asker.practiceId, id, own.prefix, JSON.stringify(chapter), asker.memberId],
      );
      await client.query(auditEntry("library-chapter.add", null, id));
      return { version: 1, chapter };
    });
    return context.json(begun, 201);
  });

  routes.put("/library/own/chapters/:id", signedIn, async (context) => {
    needClinicalRole(context);
    const id = context.req.param("id");
    const { version, chapter: sent } = await body(context, Save);
    const asker = askerOf(context);
    const saved = await withPractice(app, asker, async (client) => {
      const before = await lockChapter(client, id);
      const { prefix, basedOn } = before.chapter;
      const { basedOn: _, ...said } = sent;
      const chapter = withOwnIds({ ...said, ...(basedOn !== undefined && { basedOn }) }, { id, prefix });
      if (before.removed) throw conflict("Somebody took this chapter out of the library meanwhile.", null);
      // Sent again after an answer that got lost: the same is no fault.
      const faultsIn = await judge(client, trellis);
      if (saysTheSame(before.chapter, chapter))
        return { version: before.version, chapter: before.chapter, faults: faultsUnder(faultsIn(before.chapter)) };
      if (before.version !== version)
        throw conflict(`${before.by || "Somebody"} changed this chapter meanwhile. Theirs comes first.`, {
          chapter: before.chapter,
          version: before.version,
        });
      const faults = faultsIn(chapter);
      const fresh = faults.length === 0 ? faults : newAmong(faults, faultsIn(before.chapter));
      if (fresh.length > 0) throw invalid(faultsUnder(fresh));
      await client.query(
        "UPDATE trellis.library_chapter SET content = $2, version = version + 1, saved_at = now(), saved_by = $3 WHERE id = $1",
        [id, JSON.stringify(chapter), asker.memberId],
      );
      await client.query(auditEntry("library-chapter.change", null, id, { version: version + 1 }));
      return { version: version + 1, chapter, faults: faultsUnder(faults) };
    });
    return context.json(saved);
  });

  routes.delete("/library/own/chapters/:id", signedIn, async (context) => {
    needClinicalRole(context);
    const id = context.req.param("id");
    const { version } = await body(context, Remove);
    const asker = askerOf(context);
    await withPractice(app, asker, async (client) => {
      const before = await lockChapter(client, id);
      if (before.removed) return;
      if (before.version !== version)
        throw conflict(`${before.by || "Somebody"} changed this chapter meanwhile. Look at it before it is taken out.`, {
          chapter: before.chapter,
          version: before.version,
        });
      await client.query(
        "UPDATE trellis.library_chapter SET removed_at = now(), version = version + 1, saved_at = now(), saved_by = $2 WHERE id = $1",
        [id, asker.memberId],
      );
      await client.query(auditEntry("library-chapter.remove", null, id));
    });
    return context.body(null, 204);
  });

  routes.get("/library/own.yaml", signedIn, async (context) => {
    needClinicalRole(context);
    const text = await withPractice(app, askerOf(context), async (client) => {
      const { items, chapters } = await readStored(client);
      await client.query(auditEntry("library.export"));
      return ownLibraryText(
        [...items.values()].flatMap(({ item, removed }) => (removed ? [] : [item])),
        [...chapters.values()].flatMap(({ chapter, removed }) => (removed ? [] : [chapter])),
      );
    });
    context.header("content-type", "application/yaml; charset=utf-8");
    context.header("content-disposition", 'attachment; filename="own-library.yaml"');
    return context.body(text);
  });

  routes.post("/library/own/import", signedIn, async (context) => {
    needClinicalRole(context);
    const { text, store, decisions } = await body(context, Import);
    if (Buffer.byteLength(text) > largestFile)
      throw new Problem(413, "This file is too large", "At most 5 MB are taken at once. Split the file, chapter by chapter.");
    const { content, faults, faultAt } = await readOwnLibrary(text);
    const asker = askerOf(context);
    const refused = (all: typeof faults) => ({
      faults: all.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, mostFaults),
      faultsInAll: all.length,
    });
    if (content === null) {
      if (store) throw new Problem(422, "Something is wrong in the file", "Nothing was stored. Check the file again.", refused(faults));
      return context.json({ ...refused(faults), preview: null });
    }
    const answer = await withPractice(app, asker, async (client) => {
      if (store) await lockOwnLibrary(client, asker);
      const stored = await readStored(client);
      const plan = planImport(content, faultAt, {
        practiceId: asker.practiceId,
        library,
        measures: await measuresInUse(client, library),
        table: trellis.diagnoses.table,
        stored,
      });
      if (!store) return { ...refused(plan.faults), preview: plan.faults.length > 0 ? null : previewOf(plan) };
      if (plan.faults.length > 0)
        throw new Problem(422, "Something is wrong in the file", "Nothing was stored. Check the file again.", refused(plan.faults));
      if (!isDecided(plan, decisions))
        throw new Problem(
          409,
          "Changed meanwhile",
          "Somebody changed your library since the file was checked. Nothing was stored: look at it again.",
          {
            preview: previewOf(plan),
          },
        );
      const taken = await takeImport(client, asker, plan, decisions);
      await client.query(
        auditEntry("library.import", null, "", {
          itemsAdded: taken.items.added,
          itemsChanged: taken.items.changed,
          chaptersAdded: taken.chapters.added,
          chaptersChanged: taken.chapters.changed,
        }),
      );
      return { taken };
    });
    return context.json(answer);
  });
  return routes;
}
