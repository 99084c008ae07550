import { randomUUID } from "node:crypto";
import { IsoDate } from "@trellis/domain/calendar/date";
import { checkClient } from "@trellis/domain/client/check-client";
import { Client, calledName, filledLine, legalName } from "@trellis/domain/client/client";
import { plainWords } from "@trellis/domain/library/word-index";
import { Hono } from "hono";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { inOneTrip, withPractice } from "../database/pool.ts";
import { isCompleted } from "../episode/discharged.ts";
import { limitRate, needClinicalRole, needSignIn } from "../http/guards.ts";
import { Id, pathId } from "../http/id.ts";
import { body, canBeKept, conflict, invalid, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { readSignedIn, todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { insertClient, nameColumns, searchQuery } from "./client-names.ts";

const Search = z.strictObject({
  q: z.string().max(200, "At most 200 characters fit here.").default(""),
  filter: z.enum(["mine", "all"]).default("all"),
  limit: z.number().int().min(1).max(200).default(50),
  after: z.string().max(400).nullable().default(null),
});

const FindClosed = z.strictObject({
  given: filledLine(100, "Enter the first name."),
  family: filledLine(100, "Enter the last name."),
  birthDate: IsoDate,
});

/** A place in the list: the last client's name as sorted, and id. */
const Cursor = z.tuple([z.string().refine(canBeKept), z.uuid()]);

/** The practice client counts in no figure; and so many are counted at most: beyond, a list says "more than". Counting all would make a long list slow for nothing. */
const countedAtMost = 200;

const lineColumns = `c.id, c.record, c.sort_name, c.is_practice_client,
  (SELECT max(a.date)::text FROM trellis.administration AS a WHERE a.practice_id = c.practice_id AND a.client_id = c.id) AS last_seen,
  (SELECT row_to_json(r) FROM (SELECT r.review_due, ${isCompleted("r.client_id", "r.signed_at")} AS completed FROM trellis.plan_revision AS r WHERE r.practice_id = c.practice_id AND r.client_id = c.id ORDER BY r.signed_at DESC LIMIT 1) AS r) AS signed,
  EXISTS (SELECT 1 FROM trellis.plan_draft AS d WHERE d.practice_id = c.practice_id AND d.client_id = c.id) AS drafted,
  (SELECT e.ended_on FROM trellis.episode AS e WHERE e.practice_id = c.practice_id AND e.client_id = c.id ORDER BY e.number DESC LIMIT 1) AS ended_on`;

interface Line {
  readonly id: string;
  readonly record: unknown;
  readonly sort_name: string;
  readonly is_practice_client: boolean;
  readonly last_seen: string | null;
  readonly signed: { readonly review_due: string | null; readonly completed: boolean } | null;
  readonly drafted: boolean;
  /** The last day of treatment, of who is not in treatment now. */
  readonly ended_on: string | null;
}

/** The list of clients, and each client's own details. */
export function clientRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  // Asked by POST: what somebody looks for is a name, and names do not belong into addresses, which proxies and browsers keep.
  routes.post("/clients/search", async (context) => {
    const { q, filter, limit, after } = await body(context, Search);
    const words = searchQuery(q);
    const from = after === null ? null : cursor(after);
    const where = [
      ...(words === null ? [] : ["c.id IN (SELECT trellis.find_clients($3::tsquery))"]),
      ...(filter === "mine"
        ? [
            "c.id IN (SELECT t.client_id FROM trellis.care_team AS t WHERE t.practice_id = (SELECT trellis.current_practice()) AND t.member_id = (SELECT trellis.current_member()) AND (t.until IS NULL OR t.until > now()))",
          ]
        : []),
    ];
    const page = from === null ? [] : ["(c.sort_name, c.id) > ($1, $2::uuid)"];
    const whole = (conditions: readonly string[]) => (conditions.length === 0 ? "true" : conditions.join(" AND "));
    // Parameters that a variant does not use still need a type.
    const typed = "($1::text IS NULL OR true) AND ($2::uuid IS NULL OR true) AND ($3::tsquery IS NULL OR true)";
    const values = [from?.[0] ?? null, from?.[1] ?? null, words];
    const variant = `${filter}-${words === null ? "list" : "words"}`;
    const [lines, counted] = await readSignedIn(context, trellis, [
      {
        name: `clients-${variant}${from === null ? "" : "-after"}`,
        text: `SELECT ${lineColumns} FROM trellis.client AS c WHERE ${whole([typed, ...where, ...page])} ORDER BY c.sort_name, c.id LIMIT $4`,
        values: [...values, limit + 1],
      },
      {
        name: `clients-${variant}-count`,
        text: `SELECT count(*)::int AS total FROM (SELECT 1 FROM trellis.client AS c WHERE ${whole([typed, ...where, "NOT c.is_practice_client"])} LIMIT ${countedAtMost + 1}) AS counted`,
        values,
      },
    ]);
    const rows = lines.rows as unknown as Line[];
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return context.json({
      clients: shown.map(clientLine),
      total: Math.min(Number(counted.rows[0]?.total ?? 0), countedAtMost),
      more: Number(counted.rows[0]?.total ?? 0) > countedAtMost,
      next: rows.length > limit && last ? Buffer.from(JSON.stringify([last.sort_name, last.id])).toString("base64url") : null,
    });
  });

  // Few tries: somebody who knows whom it is about needs one or two.
  routes.post(
    "/clients/find-closed",
    signedIn,
    limitRate(10, 600, (context) => context.get("signedIn").member.id),
    async (context) => {
      needClinicalRole(context);
      const { given, family, birthDate } = await body(context, FindClosed);
      const words = [...new Set(plainWords(`${given} ${family}`))];
      const [found] = await inOneTrip(trellis.app, askerOf(context), [
        { text: "SELECT trellis.find_closed($1, $2) AS id", values: [words, birthDate] },
        auditEntry("client.search-closed"),
      ]);
      const id = found.rows[0]?.id;
      if (typeof id !== "string")
        throw new Problem(404, "Nobody found", "Nobody in this practice has this name and date of birth. Check both.");
      return context.json({ id });
    },
  );

  routes.post("/clients", signedIn, async (context) => {
    const {
      id,
      client: record,
      isPracticeClient,
    } = await body(
      context,
      z.strictObject({
        // Made by the browser, so that sending it again after an answer that got lost adds nobody twice.
        id: Id.toLowerCase().default(() => randomUUID()),
        client: Client,
        isPracticeClient: z.boolean().default(false),
      }),
    );
    refuseImpossible(trellis, context, record);
    const refused = await withPractice(trellis.app, askerOf(context), async (client) => {
      if (await insertClient(client, askerOf(context), id, record, isPracticeClient, treats(context))) return null;
      const { rows } = await client.query<{ record: unknown; version: number; same: boolean }>(
        "SELECT record, version, record = $2 AS same FROM trellis.client WHERE id = $1",
        [id, JSON.stringify(record)],
      );
      const there = rows[0];
      if (there === undefined) return invalid([{ pointer: "/id", message: "Another client has this id. Reload the page." }]);
      if (there.same && there.version === 1) return null;
      await client.query(auditEntry("client.read", id));
      return conflict("This client was added already, with other details.", { client: there.record, version: there.version });
    });
    if (refused) throw refused;
    return context.json({ id, version: 1 }, 201);
  });

  routes.put("/clients/:id", signedIn, async (context) => {
    const id = pathId(context, "id");
    const { version, client: record } = await body(context, z.strictObject({ version: Version, client: Client }));
    refuseImpossible(trellis, context, record);
    const { sortName, searchText } = nameColumns(record);
    const saved = await withPractice(trellis.app, askerOf(context), async (client) => {
      const { rows } = await client.query<{ version: number }>(
        `UPDATE trellis.client SET record = $3, sort_name = $4, search_text = $5, version = version + 1, updated_at = now()
         WHERE id = $1 AND version = $2 RETURNING version`,
        [id, version, JSON.stringify(record), sortName, searchText],
      );
      if (rows[0] === undefined) {
        const current = await client.query<{ record: unknown; version: number }>(
          "SELECT record, version FROM trellis.client WHERE id = $1",
          [id],
        );
        if (current.rows[0] === undefined) throw notFound();
        // Returned, not thrown, so that the entry stays: it shows what somebody else saved.
        await client.query(auditEntry("client.read", id));
        return conflict("Somebody changed these details meanwhile.", { client: current.rows[0].record, version: current.rows[0].version });
      }
      await client.query(auditEntry("client.change", id));
      return rows[0].version;
    });
    if (saved instanceof Problem) throw saved;
    return context.json({ version: saved });
  });
  return routes;
}

const treats = (context: RequestContext) =>
  context.get("signedIn").member.roles.some((role) => role === "clinician" || role === "supervisor");

function refuseImpossible({ now }: Trellis, context: RequestContext, record: Client): void {
  const faults = checkClient(record, todayIn(context.get("signedIn").practice.timeZone, now())).filter(
    (remark) => remark.severity === "error",
  );
  if (faults.length > 0) throw invalid(faults.map(({ pointer, message }) => ({ pointer: `/client${pointer}`, message })));
}

function cursor(text: string): z.infer<typeof Cursor> | null {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch {
    throw invalid([{ pointer: "/after", message: "This place in the list is not known. Load the list again." }]);
  }
}

function clientLine(line: Line) {
  const client = Client.parse(line.record);
  return {
    id: line.id,
    name: legalName(client),
    calledName: calledName(client),
    pronouns: client.pronouns,
    birthDate: client.birthDate,
    recordNumber: client.recordNumber,
    isPracticeClient: line.is_practice_client,
    planStatus: planStatus(line),
    reviewDue: line.ended_on === null && line.signed?.completed === false ? line.signed.review_due : null,
    endedOn: line.ended_on,
    lastSeen: line.last_seen,
  };
}

/** Of who is in treatment again, the plan of the earlier episode says nothing. */
function planStatus({ signed, drafted, ended_on }: Line): "active" | "completed" | "draft" | null {
  if (ended_on !== null) return signed === null && !drafted ? null : "completed";
  if (signed?.completed === false) return "active";
  return drafted ? "draft" : null;
}
