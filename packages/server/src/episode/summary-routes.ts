import { momentInWords } from "@trellis/domain/calendar/wall-clock";
import { line } from "@trellis/domain/client/client";
import { dischargeDocument, type SignedSummary, summaryPictures } from "@trellis/domain/document/discharge-document";
import { coursesToDraw } from "@trellis/domain/ending/draft-summary";
import { EndingSummary, missingToSign, SummaryKind, withOwnWords } from "@trellis/domain/ending/summary";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { lockClient, writeChart } from "../chart/write-chart.ts";
import { needClinicalRole, needRole, needSignIn } from "../http/guards.ts";
import { Id, pathId } from "../http/id.ts";
import { answerPdf } from "../http/pdf.ts";
import { body, conflict, invalid, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { checkPassword } from "../sign-in/password.ts";
import { canonicalText, openSealed, textHash } from "../signature/sealed-text.ts";
import type { Trellis } from "../trellis.ts";
import { draftFrom, readForSummary, type SummarySource } from "./compose-summary.ts";

/** A summary as it is stored. */
export interface StoredSummary {
  readonly id: string;
  readonly version: number;
  readonly content: EndingSummary;
  readonly savedAt: Date;
  readonly savedBy: string;
  readonly signed: {
    readonly at: Date;
    readonly name: string;
    readonly credentials: string;
    readonly hash: string;
    readonly by: string;
  } | null;
}

interface Row {
  readonly id: string;
  readonly version: number;
  readonly content: unknown;
  readonly canonical: string | null;
  readonly hash: string | null;
  readonly savedAt: Date;
  readonly savedBy: string;
  readonly signedAt: Date | null;
  readonly signedBy: string | null;
  readonly signedName: string | null;
  readonly signedCredentials: string | null;
}

const columns = `n.id, n.version, n.content, n.canonical, n.hash, n.saved_at AS "savedAt", n.signed_at AS "signedAt", n.signed_by AS "signedBy", n.signed_name AS "signedName",
  n.signed_credentials AS "signedCredentials", coalesce((SELECT m.name FROM trellis.member AS m WHERE m.practice_id = n.practice_id AND m.id = n.saved_by), '') AS "savedBy"`;

/** What was signed is read from the text that was signed, and never from anything else. Throws when it is not what its hash says. */
function parsed(row: Row): StoredSummary {
  const { id, version, savedAt, savedBy, canonical, hash, signedAt, signedName, signedCredentials, signedBy } = row;
  return {
    id,
    version,
    savedAt,
    savedBy,
    content: EndingSummary.parse(canonical === null ? row.content : openSealed("summary", canonical, hash ?? "")),
    signed:
      signedAt === null
        ? null
        : { at: signedAt, name: signedName ?? "", credentials: signedCredentials ?? "", hash: hash ?? "", by: signedBy ?? "" },
  };
}

/** The discharge and transfer summaries of a client, the newest first. */
export async function summariesOf(client: pg.PoolClient, clientId: string): Promise<StoredSummary[]> {
  const { rows } = await client.query<Row>(
    `SELECT ${columns} FROM trellis.note AS n WHERE n.client_id = $1 AND n.kind IN ('discharge', 'transfer') AND n.removed_at IS NULL ORDER BY n.created_at DESC, n.id`,
    [clientId],
  );
  return rows.map(parsed);
}

/** One summary, locked until the transaction ends. Throws 404 where there is none. */
async function lockedSummary(client: pg.PoolClient, clientId: string, id: string): Promise<StoredSummary> {
  const { rows } = await client.query<Row>(
    `SELECT ${columns} FROM trellis.note AS n WHERE n.id = $1 AND n.client_id = $2 AND n.kind IN ('discharge', 'transfer') AND n.removed_at IS NULL FOR UPDATE OF n`,
    [id, clientId],
  );
  if (rows[0] === undefined) throw notFound();
  return parsed(rows[0]);
}

const signedAlready = () =>
  new Problem(409, "The summary is signed", "What is signed is never changed. Make another one if something has to be put right.", {
    state: "signed",
  });

/** Discharge and transfer summaries: drafted from the record, changed by hand, signed, printed. */
export function summaryRoutes(trellis: Trellis) {
  const { documents, now } = trellis;
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.post("/clients/:id/discharge-summaries", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const { id, kind } = await body(context, z.strictObject({ id: Id.toLowerCase(), kind: SummaryKind }));
    const summary = await writeChart(trellis, context, clientId, async (client) => {
      const { practiceId, memberId } = askerOf(context);
      await lockClient(client, clientId);
      // The draft that is there, whoever began it, before another one.
      const before = (await summariesOf(client, clientId)).find(
        (found) => found.id === id || (found.signed === null && found.content.kind === kind),
      );
      if (before !== undefined) {
        await client.query(auditEntry("note.read", clientId, before.id));
        return before;
      }
      const content = draftFrom(await readForSummary(client, trellis, context.get("signedIn"), clientId), kind);
      const { rowCount } = await client.query(
        `INSERT INTO trellis.note (practice_id, client_id, id, kind, date, author_id, content, saved_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $6) ON CONFLICT DO NOTHING`,
        [practiceId, clientId, id, kind, content.date, memberId, JSON.stringify(content)],
      );
      if (rowCount === 0) throw invalid([{ pointer: "/id", message: "Something else has this id. Reload the page." }]);
      await client.query(auditEntry("discharge.draft", clientId, id, { kind, episode: content.episode }));
      return lockedSummary(client, clientId, id);
    });
    return context.json(summary, 201);
  });

  routes.put("/clients/:id/discharge-summaries/:summaryId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const id = pathId(context, "summaryId");
    const { version, content } = await body(context, z.strictObject({ version: Version, content: EndingSummary }));
    const saved = await writeChart(trellis, context, clientId, async (client) => {
      const there = await lockedSummary(client, clientId, id);
      if (there.signed !== null) throw signedAlready();
      // Whom and which time it is about, and the pictures, are the record's and never the browser's.
      const { kind, subject, author, plan, episode, from, to, date } = there.content;
      const next: EndingSummary = { ...content, kind, subject, author, plan, episode, from, to, date, pictures: [] };
      if (there.version !== version) {
        await client.query(auditEntry("note.read", clientId, id));
        return conflict("Somebody changed this summary meanwhile.", there);
      }
      return store(client, askerOf(context).memberId, clientId, id, next);
    });
    return context.json(saved);
  });

  routes.post("/clients/:id/discharge-summaries/:summaryId/redraft", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const id = pathId(context, "summaryId");
    const { version } = await body(context, z.strictObject({ version: Version }));
    const summary = await writeChart(trellis, context, clientId, async (client) => {
      const there = await lockedSummary(client, clientId, id);
      if (there.signed !== null) throw signedAlready();
      if (there.version !== version) {
        await client.query(auditEntry("note.read", clientId, id));
        return conflict("Somebody changed this summary meanwhile.", there);
      }
      const fresh = draftFrom(await readForSummary(client, trellis, context.get("signedIn"), clientId), there.content.kind);
      await store(client, askerOf(context).memberId, clientId, id, withOwnWords(fresh, there.content));
      await client.query(auditEntry("discharge.draft", clientId, id, { kind: there.content.kind, again: true }));
      return lockedSummary(client, clientId, id);
    });
    return context.json(summary);
  });

  routes.post("/clients/:id/discharge-summaries/:summaryId/signature", signedIn, async (context) => {
    needRole(context, ["clinician", "supervisor"], "Only somebody who treats clients can sign a summary.");
    const clientId = pathId(context, "id");
    const id = pathId(context, "summaryId");
    const { version, password } = await body(
      context,
      z.strictObject({ version: Version, password: z.string().min(1, "Enter your password.").max(1000) }),
    );
    const { member } = context.get("signedIn");
    await checkPassword(trellis, member, password);
    const summary = await writeChart(trellis, context, clientId, async (client) => {
      const there = await lockedSummary(client, clientId, id);
      // Sent again after an answer that got lost.
      if (there.signed !== null && there.signed.by === member.id && there.version === version + 1) return there;
      if (there.signed !== null) throw signedAlready();
      if (there.version !== version) {
        await client.query(auditEntry("note.read", clientId, id));
        return conflict("Somebody changed this summary meanwhile. Read it again before you sign it.", there);
      }
      const missing = missingToSign(there.content);
      if (missing.length > 0) throw invalid(missing);
      const pictures = picturesOf(there.content, await readForSummary(client, trellis, context.get("signedIn"), clientId));
      const content: EndingSummary = { ...there.content, pictures };
      const canonical = canonicalText(content);
      const hash = textHash(canonical);
      const { rows } = await client.query<{ seal: string }>(
        `UPDATE trellis.note AS n SET content = $3, canonical = $4, hash = $5, signed_at = $9, signed_by = $6, signed_name = $7, signed_credentials = $8, saved_by = $6,
           saved_at = now(), version = version + 1 WHERE id = $1 AND client_id = $2 RETURNING trellis.note_seal(n) AS seal`,
        [id, clientId, JSON.stringify(content), canonical, hash, member.id, member.name, member.credentials, now()],
      );
      await client.query(auditEntry("note.sign", clientId, id, { kind: content.kind, hash, seal: rows[0]?.seal ?? "" }));
      return lockedSummary(client, clientId, id);
    });
    return context.json(summary);
  });

  routes.delete("/clients/:id/discharge-summaries/:summaryId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const id = pathId(context, "summaryId");
    const { reason } = await body(
      context,
      z.strictObject({ reason: line(300).refine((text) => text.trim() !== "", "Say why this draft is thrown away.") }),
    );
    await writeChart(trellis, context, clientId, async (client) => {
      const there = await lockedSummary(client, clientId, id);
      if (there.signed !== null) throw signedAlready();
      await client.query(
        "UPDATE trellis.note SET removed_at = now(), removed_reason = $3, saved_by = $4 WHERE id = $1 AND client_id = $2",
        [id, clientId, reason.trim(), askerOf(context).memberId],
      );
      await client.query(auditEntry("note.remove", clientId, id));
    });
    return context.body(null, 204);
  });

  routes.get("/clients/:id/discharge-summaries/:summaryId/document.pdf", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const id = pathId(context, "summaryId");
    const { timeZone } = context.get("signedIn").practice;
    const { summary, pictures } = await writeChart(trellis, context, clientId, async (client) => {
      const found = await lockedSummary(client, clientId, id);
      await client.query(auditEntry("note.document", clientId, id, { kind: found.content.kind }));
      if (found.signed !== null) return { summary: found, pictures: found.content.pictures };
      const source = await readForSummary(client, trellis, context.get("signedIn"), clientId);
      return { summary: found, pictures: picturesOf(found.content, source) };
    });
    const document = dischargeDocument(summary.content, pictures, signedSummary(summary, timeZone));
    const pdf = await documents.render("discharge.typ", document, summary.signed?.at ?? now());
    return answerPdf(context, pdf, `${summary.content.kind}-summary`);
  });
  return routes;
}

const picturesOf = (summary: EndingSummary, { courses }: SummarySource): EndingSummary["pictures"] => {
  const { drawn, span } = coursesToDraw(summary, courses);
  return summaryPictures(drawn, span);
};

async function store(client: pg.PoolClient, memberId: string, clientId: string, id: string, content: EndingSummary) {
  const { rows } = await client.query<{ version: number; savedAt: Date }>(
    `UPDATE trellis.note SET content = $3, date = $4, saved_by = $5, saved_at = now(), version = version + 1 WHERE id = $1 AND client_id = $2
     RETURNING version, saved_at AS "savedAt"`,
    [id, clientId, JSON.stringify(content), content.date, memberId],
  );
  const [saved] = rows;
  if (saved === undefined) throw notFound();
  await client.query(auditEntry("note.save", clientId, id, { version: saved.version }));
  return saved;
}

/** The signature as the document prints it, at the server's time in the practice's zone. */
function signedSummary({ signed }: StoredSummary, timeZone: string): SignedSummary | null {
  if (signed === null) return null;
  return { name: signed.name, credentials: signed.credentials, at: momentInWords(signed.at.toISOString(), timeZone), hash: signed.hash };
}
