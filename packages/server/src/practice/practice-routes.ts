import { line, longText } from "@trellis/domain/client/client";
import { Profile } from "@trellis/domain/plan/plan";
import { Hono } from "hono";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { inOneTrip, withPractice } from "../database/pool.ts";
import { needRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, conflict, invalid, notFound } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { CoSignature, endSessions, Role } from "../sign-in/current-session.ts";
import { TimeZone } from "../sign-in/session-routes.ts";
import type { Trellis } from "../trellis.ts";
import { practiceColumns, withFullProfile } from "./practice-columns.ts";

const PracticeChange = z.strictObject({
  version: Version,
  name: line(200).trim().min(1, "Enter the practice's name.").optional(),
  address: longText(500).optional(),
  timeZone: TimeZone.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "Choose a country.")
    .optional(),
  idleMinutes: z
    .number()
    .int("Enter whole minutes.")
    .min(1, "At least 1 minute.")
    .max(480, "At most 480 minutes, which is 8 hours.")
    .optional(),
  coSignature: CoSignature.optional(),
  reviewWeeks: z
    .number()
    .int("Enter whole weeks.")
    .min(4, "Reviews are 4 to 6 weeks apart.")
    .max(6, "Reviews are 4 to 6 weeks apart.")
    .optional(),
  noteHours: z.number().int("Enter whole hours.").min(1, "At least 1 hour.").max(720, "At most 720 hours, which is 30 days.").optional(),
  profile: Profile.optional(),
  /** Empty for the words of the practice's country. */
  crisis: longText(1000).optional(),
});
const MemberChange = z.strictObject({
  version: Version,
  name: line(200).trim().min(1, "Enter the name as it should stand on plans.").optional(),
  credentials: line(120).trim().optional(),
  npi: z
    .string()
    .trim()
    .regex(/^(\d{10})?$/, "A National Provider Identifier has 10 digits.")
    .optional(),
  roles: z.array(Role).min(1, "Choose at least one role.").max(4).optional(),
  active: z.boolean().optional(),
  supervisorId: z.uuid().nullable().optional(),
});

/** Settings that stand in the trail as they were set; of the others, which are texts, only that they were. */
const codes: ReadonlySet<string> = new Set(["timeZone", "country", "idleMinutes", "coSignature", "reviewWeeks", "noteHours"]);

const memberColumns = `id, name, email, credentials, npi, roles, active, supervisor_id AS "supervisorId", version`;

/** The practice's settings and its people. */
export function practiceRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  for (const path of ["/practice", "/members", "/members/:id"]) routes.use(path, needSignIn(trellis));

  routes.get("/practice", (context) => context.json(withFullProfile(context.get("signedIn").practice)));

  routes.patch("/practice", async (context) => {
    needRole(context, ["owner"], "Only the owner of the practice can change its settings.");
    const { version, profile, ...change } = await body(context, PracticeChange);
    const practice = await withPractice(trellis.app, askerOf(context), async (client) => {
      const { rows } = await client.query(
        `UPDATE trellis.practice SET name = coalesce($2, name), address = coalesce($3, address), time_zone = coalesce($4, time_zone), country = coalesce($5, country),
           idle_minutes = coalesce($6, idle_minutes), co_signature = coalesce($7, co_signature), review_weeks = coalesce($8, review_weeks),
           profile = coalesce($9, profile), crisis = coalesce($10, crisis), note_hours = coalesce($11, note_hours), version = version + 1
         WHERE version = $1 RETURNING ${practiceColumns}`,
        [
          version,
          change.name,
          change.address,
          change.timeZone,
          change.country,
          change.idleMinutes,
          change.coSignature,
          change.reviewWeeks,
          profile && JSON.stringify(profile),
          change.crisis,
          change.noteHours,
        ],
      );
      if (rows[0] === undefined) {
        const current = await client.query(`SELECT ${practiceColumns} FROM trellis.practice`);
        throw conflict("Somebody changed the settings meanwhile. Look at them again.", withFullProfile(current.rows[0]));
      }
      await client.query(
        auditEntry(
          "practice.change",
          null,
          "",
          Object.fromEntries(
            Object.entries({ ...change, ...(profile && { profile: true }) }).map(([key, value]) => [
              key,
              codes.has(key) ? (value ?? true) : true,
            ]),
          ),
        ),
      );
      return rows[0];
    });
    return context.json(withFullProfile(practice));
  });

  routes.get("/members", async (context) => {
    const [members] = await inOneTrip(trellis.app, askerOf(context), [
      { name: "members", text: `SELECT ${memberColumns} FROM trellis.member ORDER BY name, id` },
    ]);
    return context.json({ members: members.rows });
  });

  routes.patch("/members/:id", async (context) => {
    const id = pathId(context, "id");
    const { member } = context.get("signedIn");
    const { version, ...change } = await body(context, MemberChange);
    const own = id === member.id;
    if (!own || change.roles !== undefined || change.active !== undefined || change.supervisorId !== undefined)
      needRole(context, ["owner"], "Only the owner of the practice can change people's roles.");
    if (change.supervisorId === id)
      throw invalid([{ pointer: "/supervisorId", message: "Nobody supervises themselves. Choose somebody else." }]);
    const changed = await withPractice(trellis.app, askerOf(context), async (client) => {
      // One after the other, so that two owners cannot take the role from each other at once.
      await client.query("SELECT 1 FROM trellis.member WHERE 'owner' = ANY (roles) FOR UPDATE");
      if (change.supervisorId) {
        const { rowCount } = await client.query("SELECT 1 FROM trellis.member WHERE id = $1 AND active AND 'supervisor' = ANY (roles)", [
          change.supervisorId,
        ]);
        if (rowCount === 0) throw invalid([{ pointer: "/supervisorId", message: "Choose somebody with the role of supervisor." }]);
      }
      const { rows } = await client.query(
        `UPDATE trellis.member SET name = coalesce($3, name), credentials = coalesce($4, credentials), npi = coalesce($5, npi), roles = coalesce($6, roles),
           active = coalesce($7, active), supervisor_id = CASE WHEN $8 THEN $9::uuid ELSE supervisor_id END, version = version + 1
         WHERE id = $1 AND version = $2 RETURNING ${memberColumns}`,
        [
          id,
          version,
          change.name,
          change.credentials,
          change.npi,
          change.roles,
          change.active,
          change.supervisorId !== undefined,
          change.supervisorId ?? null,
        ],
      );
      if (rows[0] === undefined) {
        const current = await client.query(`SELECT ${memberColumns} FROM trellis.member WHERE id = $1`, [id]);
        if (current.rows[0] === undefined) throw notFound();
        throw conflict("Somebody changed this person's entry meanwhile. Look at it again.", current.rows[0]);
      }
      const owners = await client.query("SELECT 1 FROM trellis.member WHERE 'owner' = ANY (roles) AND active LIMIT 1");
      if (owners.rowCount === 0)
        throw invalid([
          {
            pointer: change.active === false ? "/active" : "/roles",
            message: "A practice needs an owner. Make somebody else owner first.",
          },
        ]);
      const { roles, active, supervisorId, ...details } = change;
      await client.query(
        auditEntry("member.change", null, id, {
          ...Object.fromEntries(Object.keys(details).map((key) => [key, true])),
          ...(roles && { roles: roles.join(" ") }),
          ...(active !== undefined && { active }),
          ...(supervisorId !== undefined && { supervisorId }),
        }),
      );
      return rows[0];
    });
    // Closed from the moment of the change (`trellis.session`); ended, so that none goes on when the person comes back.
    if (change.active === false) await endSessions(trellis, id);
    return context.json(changed);
  });
  return routes;
}
