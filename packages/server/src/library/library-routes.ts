import { createHash } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { specifiersFor } from "@trellis/domain/diagnosis/diagnosis-terms";
import { children, whyOutdated } from "@trellis/domain/diagnosis/icd-10-cm";
import { searchDiagnoses } from "@trellis/domain/diagnosis/search-diagnoses";
import { chapterDocument } from "@trellis/domain/document/chapter-document";
import { homeworkSheet } from "@trellis/domain/document/homework-sheet";
import { bundleOf, type ChapterBundle, citedBy } from "@trellis/domain/library/catalogue";
import { libraryOfPractice } from "@trellis/domain/library/library-of-practice";
import { crisisWords } from "@trellis/domain/practice/crisis-words";
import type { Context } from "hono";
import { Hono } from "hono";
import { accepts } from "hono/accepts";
import { needSignIn } from "../http/guards.ts";
import { answerPdf } from "../http/pdf.ts";
import { notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import { once } from "../once.ts";
import { ownShelves } from "../own-library/own-shelf.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { findInLibrary, Search } from "./search-library.ts";

/** A large answer that is the same for everybody: compressed once, and sent only to a browser that has another. */
interface Prepared {
  readonly tag: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly brotli: Uint8Array<ArrayBuffer>;
  readonly gzip: Uint8Array<ArrayBuffer>;
}

function prepare(content: unknown): Prepared {
  const plain = new Uint8Array(Buffer.from(JSON.stringify(content)));
  return {
    tag: `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`,
    plain,
    brotli: new Uint8Array(brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })),
    gzip: new Uint8Array(gzipSync(plain)),
  };
}

function answerPrepared(context: Context, { tag, plain, brotli, gzip }: Prepared): Response {
  const headers = { etag: tag, "cache-control": "private, no-cache", vary: "accept-encoding", "content-type": "application/json" };
  if (context.req.header("if-none-match") === tag) return context.body(null, 304, headers);
  const encoding = accepts(context, { header: "Accept-Encoding", supports: ["br", "gzip", "identity"], default: "identity" });
  if (encoding === "br") return context.body(brotli, 200, { ...headers, "content-encoding": "br" });
  if (encoding === "gzip") return context.body(gzip, 200, { ...headers, "content-encoding": "gzip" });
  return context.body(plain, 200, headers);
}

/** Content that is the same for all practices: codes, measures and the library. */
export function libraryRoutes(trellis: Trellis) {
  const { library, catalogue, diagnoses, diagnosisIndex } = trellis;
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);
  const measures = once(() => prepare(library.measures));
  const preparedCatalogue = once(() => prepare({ contents: library.contents, chapters: catalogue() }));
  const bundles = new Map<string, Prepared>();
  // What is said without a chapter: options when treatment does not work, barriers, and their sources.
  const shared = once(() => {
    const files = library.files.filter(({ kind }) => kind === "care-options" || kind === "engagement-barriers");
    const cited = new Set([...library.careOptions, ...library.engagementBarriers].flatMap(({ evidence }) => evidence));
    const evidence = library.evidence.filter(({ id }) => cited.has(id));
    return prepare({ files: [...files, { kind: "evidence", path: "evidence/shared.yaml", content: evidence }] });
  });
  const homework = once(() => prepare({ homework: library.homework }));
  const outlines = once(() => {
    const given = new Set(library.outlines.flatMap(({ sessions }) => sessions.flatMap((session) => session.homework)));
    return prepare({
      outlines: library.outlines,
      homework: library.homework.flatMap(({ id, title }) => (given.has(id) ? [{ id, title }] : [])),
    });
  });
  const ownShelf = ownShelves(trellis);

  routes.get("/measures", signedIn, (context) => answerPrepared(context, measures()));
  routes.get("/library/catalogue", signedIn, async (context) => {
    const own = await ownShelf(askerOf(context));
    return answerPrepared(
      context,
      own === null ? preparedCatalogue() : prepare({ contents: library.contents, chapters: [...own.catalogue, ...catalogue()] }),
    );
  });
  routes.get("/library/shared", signedIn, (context) => answerPrepared(context, shared()));
  routes.get("/library/homework", signedIn, (context) => answerPrepared(context, homework()));
  routes.get("/library/outlines", signedIn, (context) => answerPrepared(context, outlines()));

  routes.get("/library/chapters/:id", signedIn, async (context) => {
    const id = context.req.param("id");
    const shipped = library.chapterById.get(id);
    if (shipped === undefined) return answerPrepared(context, prepare(await bundleFor(context, id)));
    const prepared = bundles.get(id) ?? prepare(bundleOf(shipped, library));
    bundles.set(id, prepared);
    return answerPrepared(context, prepared);
  });

  /** A chapter of the library or of the practice's own, with what it names. */
  async function bundleFor(context: RequestContext, id: string): Promise<ChapterBundle> {
    const shipped = library.chapterById.get(id);
    if (shipped !== undefined) return bundleOf(shipped, library);
    const own = await ownShelf(askerOf(context));
    const chapter = own?.chapters.find((one) => one.id === id);
    if (own === null || chapter === undefined) throw notFound();
    return bundleOf(chapter, libraryOfPractice(library, own));
  }

  const evidence = once(() => prepare({ evidence: library.evidence, citedBy: citedBy(library) }));
  routes.get("/library/evidence", signedIn, (context) => answerPrepared(context, evidence()));

  const cases = once(() =>
    prepare({ cases: library.cases.map(({ id, chapter, today, client, story }) => ({ id, chapter, today, client, story })) }),
  );
  routes.get("/library/cases", signedIn, (context) => answerPrepared(context, cases()));
  routes.get("/library/cases/:id", signedIn, (context) => {
    const example = library.caseById.get(context.req.param("id"));
    if (!example) throw notFound();
    return context.json(example);
  });

  routes.get("/library/chapters/:id/chapter.pdf", signedIn, async (context) => {
    const bundle = await bundleFor(context, context.req.param("id"));
    const { practice } = context.get("signedIn");
    const now = trellis.now();
    const document = chapterDocument({
      bundle,
      measureById: library.measureById,
      chapterTitles: new Map(library.chapters.map(({ id, title }) => [id, title])),
      practice: practice.name,
      today: todayIn(practice.timeZone, now),
      reader: context.req.query("for") === "client" ? "client" : "clinician",
    });
    return answerPdf(context, await trellis.documents.render("chapter.typ", document, now), bundle.chapter.id);
  });

  // A sheet without a client: to be looked at, and to have some in a drawer.
  routes.get("/library/homework/:id/sheet.pdf", signedIn, async (context) => {
    const sheet = library.homeworkById.get(context.req.param("id"));
    if (!sheet) throw notFound();
    const { practice } = context.get("signedIn");
    const blank = homeworkSheet({ ...sheet, dueOn: null }, { names: [], practice: practice.name, help: crisisWords(practice) });
    return answerPdf(context, await trellis.documents.render("homework.typ", blank, trellis.now()), sheet.id);
  });

  routes.get("/library/search", signedIn, async (context) => {
    const asked = Search.safeParse(context.req.query());
    if (!asked.success)
      throw new Problem(422, "Please check what you entered", "Search with at most 200 characters, and with filters of the library.");
    const own = await ownShelf(askerOf(context));
    return context.json(findInLibrary(own === null ? [trellis.libraryIndex()] : [own.index, trellis.libraryIndex()], asked.data));
  });

  routes.get("/diagnosis-codes", signedIn, (context) => {
    const q = context.req.query("q") ?? "";
    const limit = Math.min(50, Math.max(1, Number(context.req.query("limit")) || 20));
    if (q.length > 200) throw new Problem(422, "Please check what you entered", "Search with at most 200 characters.");
    const codes = searchDiagnoses(diagnosisIndex, q, limit).map((found) => ({ ...found, current: isInTable(found.code) }));
    return context.json({ ...tableNote(context), codes });
  });

  routes.get("/diagnosis-codes/:code", signedIn, (context) => {
    const code = context.req.param("code").toUpperCase();
    const entry = diagnoses.table.byCode.get(code);
    if (!entry) throw notFound();
    const shown = ({ code: name, description, billable }: { code: string; description: string; billable: boolean }) => ({
      code: name,
      description,
      billable,
      current: isInTable(name),
    });
    return context.json({
      ...shown(entry),
      ...tableNote(context),
      children: children(diagnoses.table, code).map(shown),
      specifiers: specifiersFor(diagnoses.specifiers, code).flatMap((group) => group.specifiers),
    });
  });

  /** Headings are in the table too; `billable` tells them from codes. */
  const isInTable = (code: string) => diagnoses.table.byCode.get(code)?.retired === null;

  function tableNote(context: RequestContext) {
    const today = todayIn(context.get("signedIn").practice.timeZone, trellis.now());
    return { fiscalYear: diagnoses.table.fiscalYear, outdated: whyOutdated(diagnoses.table, today) };
  }
  return routes;
}
