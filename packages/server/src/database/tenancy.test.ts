import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, practiceClient, type TestPractice } from "../http/test-practice.ts";
import { inOneTrip } from "./pool.ts";

let practice: TestPractice;
let maya: Person;
let ben: Person;
let dana: Person;
let clientId: string;
let planId: string;

const nobody = "00000000-0000-4000-8000-000000000000";

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
  dana = await practice.joined(maya, "Dana Desk", ["front-desk"]);
  clientId = await practiceClient(maya);
  ({ planId } = await maya.json<{ planId: string }>("POST", `/clients/${clientId}/plans`, {}));
});
afterAll(() => practice.close());

/** Every table of the practice's data, from the catalogue, so that a new one cannot be forgotten. */
async function tables(): Promise<{ name: string; guarded: boolean; owner: string }[]> {
  const { rows } = await practice.database.owner.query<{ name: string; guarded: boolean; owner: string }>(
    `SELECT n.nspname || '.' || c.relname AS name, c.relrowsecurity AS guarded, pg_get_userbyid(c.relowner) AS owner
     FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('trellis', 'audit') ORDER BY 1`,
  );
  return rows;
}

async function visible(asker: { practiceId: string; memberId: string } | null, table: string): Promise<number> {
  const query = { text: `SELECT count(*)::int AS count FROM ${table}` };
  try {
    if (asker === null) return (await practice.trellis.app.query<{ count: number }>(query)).rows[0]?.count ?? -1;
    return Number((await inOneTrip(practice.trellis.app, asker, [query]))[0].rows[0]?.count);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "42501") return 0;
    throw error;
  }
}

describe("the walls around a practice", () => {
  test("every table with a practice's data has row-level security, and its owner is not the application", async () => {
    const all = await tables();
    expect(all.length).toBeGreaterThan(14);
    expect(all.filter(({ guarded }) => !guarded)).toEqual([]);
    expect(all.filter(({ owner }) => owner === "trellis_app" || owner === "trellis_auth")).toEqual([]);
  });

  test("the application's role cannot step around row-level security", async () => {
    const { rows } = await practice.trellis.app.query(
      "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user",
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }]);
  });

  test("a query without a practice sees nothing in any table, and with one it does", async () => {
    const seen = await Promise.all((await tables()).map(async ({ name }) => [name, await visible(null, name)] as const));
    expect(seen.filter(([, count]) => count !== 0)).toEqual([]);
    const { practice: house, member } = await maya.json<{ practice: { id: string }; member: { id: string } }>("GET", "/session");
    const asker = { practiceId: house.id, memberId: member.id };
    for (const table of ["trellis.client", "trellis.intake_section", "trellis.plan_draft", "audit.entry"])
      expect(await visible(asker, table), table).toBeGreaterThan(0);
  });

  test("a query with a practice that does not exist, or with a member of another one, sees nothing", async () => {
    const demo = practice.visitor();
    await demo.json("POST", "/practice/demo", {});
    const here = await maya.json<{ practice: { id: string }; member: { id: string } }>("GET", "/session");
    const there = await demo.json<{ practice: { id: string }; member: { id: string } }>("GET", "/session");
    for (const asker of [
      { practiceId: nobody, memberId: here.member.id },
      { practiceId: there.practice.id, memberId: here.member.id },
      { practiceId: here.practice.id, memberId: there.member.id },
    ])
      for (const { name } of await tables()) expect(await visible(asker, name), name).toBe(0);
  });

  test("another practice's client, plan and people do not exist for a signed-in person", async () => {
    const demo = practice.visitor();
    await demo.json("POST", "/practice/demo", {});
    for (const path of [
      `/clients/${clientId}/chart`,
      `/clients/${clientId}/access-log`,
      `/plans/${planId}`,
      `/plans/${planId}/changes?since=0`,
      `/plans/${planId}/document.pdf`,
    ])
      expect((await demo.refused("GET", path)).status, path).toBe(404);
    expect((await demo.refused("PUT", `/clients/${clientId}/intake/formulation`, { version: 0, content: {} })).status).toBe(404);
    expect((await demo.refused("POST", `/clients/${clientId}/plans`, {})).status).toBe(404);
    expect((await demo.refused("POST", `/clients/${clientId}/emergency-access`, { reason: "An emergency" })).status).toBe(404);
    const { clients } = await demo.json<{ clients: { id: string }[] }>("POST", "/clients/search", { limit: 200 });
    expect(clients.map(({ id }) => id)).not.toContain(clientId);
  });

  test("a type that the application puts into its temporary schema never runs with the rights of the tables' owner", async () => {
    const client = await practice.trellis.app.connect();
    try {
      await client.query("BEGIN");
      await client.query(`CREATE FUNCTION pg_temp.note(value pg_catalog.text) RETURNS boolean LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_catalog.set_config('probe.ran_as', current_user, true); RETURN true; END $$`);
      await client.query("CREATE DOMAIN pg_temp.uuid AS pg_catalog.uuid CHECK (pg_temp.note(VALUE::pg_catalog.text))");
      const { practice: house, member } = await maya.json<{ practice: { id: string }; member: { id: string } }>("GET", "/session");
      await client.query("SELECT trellis.enter($1, $2)", [house.id, member.id]);
      await client.query("SELECT audit.append('practice.change', NULL, '', '{}')");
      const { rows } = await client.query("SELECT coalesce(current_setting('probe.ran_as', true), '') AS ran_as");
      expect(rows).toEqual([{ ran_as: "" }]);
    } finally {
      await client.query("ROLLBACK");
      client.release(true);
    }
    const { rows } = await practice.database.owner.query(
      `SELECT p.oid::regprocedure::text AS name FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
       WHERE n.nspname IN ('trellis', 'audit') AND p.prosecdef AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (p.proconfig), false)`,
    );
    expect(rows, "every function that runs as the owner looks there last").toEqual([]);
  });

  test("the application cannot delete or empty what must stay", async () => {
    for (const statement of [
      "DELETE FROM audit.entry",
      "UPDATE audit.entry SET action = ''",
      "DELETE FROM trellis.plan_revision",
      "UPDATE trellis.signature SET name = ''",
      "TRUNCATE trellis.client",
      "DROP TABLE trellis.client",
    ])
      await expect(practice.trellis.app.query(statement), statement).rejects.toThrow(/permission denied|must be owner/);
  });
});

describe("within a practice", () => {
  test("the front desk sees names and not what is in the charts", async () => {
    const { clients } = await dana.json<{ clients: { id: string; planStatus: unknown; lastSeen: unknown }[] }>(
      "POST",
      "/clients/search",
      {},
    );
    expect(clients.find(({ id }) => id === clientId)).toMatchObject({ planStatus: null, lastSeen: null });
    for (const [method, path] of [
      ["GET", `/clients/${clientId}/chart`],
      ["GET", `/plans/${planId}`],
      ["GET", `/clients/${clientId}/access-log`],
      ["POST", `/clients/${clientId}/emergency-access`],
    ] as const)
      expect((await dana.refused(method, path, method === "GET" ? undefined : { reason: "Please" })).status, path).toBe(403);
    const { practice: house, member } = await dana.json<{ practice: { id: string }; member: { id: string } }>("GET", "/session");
    for (const table of ["intake_section", "diagnosis", "administration", "plan", "plan_draft", "plan_edit", "plan_revision", "signature"])
      expect(await visible({ practiceId: house.id, memberId: member.id }, `trellis.${table}`), table).toBe(0);
  });

  test("a colleague's chart is closed; in an emergency it opens for a day, and everybody who looks at the log sees it", async () => {
    const closed = await ben.refused("GET", `/clients/${clientId}/chart`);
    expect(closed).toMatchObject({ status: 403, detail: "This chart is open to the client's care team only." });
    expect((await ben.refused("GET", `/plans/${planId}`)).status).toBe(404);
    expect((await ben.refused("POST", `/clients/${clientId}/emergency-access`, { reason: "  " })).errors).toEqual([
      { pointer: "/reason", message: "Say what the emergency is." },
    ]);
    await ben.json("POST", `/clients/${clientId}/emergency-access`, { reason: "Called in crisis while Maya is away" });
    await ben.json("GET", `/clients/${clientId}/chart`);
    const { member } = await ben.json<{ member: { id: string } }>("GET", "/session");
    expect((await ben.refused("POST", `/clients/${clientId}/care-team`, { memberId: member.id, role: "member" })).status).toBe(403);
    expect((await ben.refused("DELETE", `/clients/${clientId}/care-team/${member.id}`)).status).toBe(403);
    const { entries } = await maya.json<{ entries: { by: string; words: string }[] }>("GET", `/clients/${clientId}/access-log`);
    expect(entries.filter(({ by }) => by === "Ben Clinician").map(({ words }) => words)).toEqual([
      "Opened the chart",
      "Opened the chart in an emergency",
      "Was refused the chart",
    ]);
    await practice.database.owner.query("UPDATE trellis.care_team SET until = now() - interval '1 second' WHERE role = 'emergency'");
    expect((await ben.refused("GET", `/clients/${clientId}/chart`)).status).toBe(403);
  });

  test("in an emergency a colleague's client is found by the whole name and date of birth, and by nothing less", async () => {
    const other = await addClient(maya, "Zora Ann", "Quist");
    const find = (given: string, family: string, birthDate: string) =>
      ben.ask("POST", "/clients/find-closed", { given, family, birthDate });
    expect(await (await find("zora", "QUIST", "1988-04-12")).json()).toEqual({ id: other });
    for (const [given, family, born] of [
      ["Zor", "Quist", "1988-04-12"],
      ["Zora", "Quist", "1988-04-13"],
      ["Quist", "Quist", "1988-04-12"],
    ] as const)
      expect((await find(given, family, born)).status).toBe(404);
    expect((await dana.ask("POST", "/clients/find-closed", { given: "Zora", family: "Quist", birthDate: "1988-04-12" })).status).toBe(403);
  });

  test("a supervisor sees the charts of those she supervises", async () => {
    const sofia = await practice.joined(maya, "Sofia Supervisor", ["supervisor"]);
    const own = await addClient(ben, "Alex", "Sample");
    expect((await sofia.refused("GET", `/clients/${own}/chart`)).status).toBe(403);
    const { members } = await maya.json<{ members: { id: string; name: string; version: number }[] }>("GET", "/members");
    const benEntry = members.find(({ name }) => name === "Ben Clinician");
    const sofiaEntry = members.find(({ name }) => name === "Sofia Supervisor");
    await maya.json("PATCH", `/members/${benEntry?.id}`, { version: benEntry?.version, supervisorId: sofiaEntry?.id });
    await sofia.json("GET", `/clients/${own}/chart`);
  });

  test("who is switched off sees nothing from that moment", async () => {
    const { members } = await maya.json<{ members: { id: string; name: string; version: number }[] }>("GET", "/members");
    const entry = members.find(({ name }) => name === "Dana Desk");
    await maya.json("PATCH", `/members/${entry?.id}`, { version: entry?.version, active: false });
    expect((await dana.refused("POST", "/clients/search", {})).status).toBe(401);
    const again = practice.visitor();
    const answer = await again.refused("POST", "/auth/sign-in/email", {
      email: "dana.desk@example.org",
      password: "four quiet words here",
    });
    expect(answer).toMatchObject({ status: 403, detail: "This account has been switched off. Ask the owner of the practice." });
  });

  test("who is not the owner changes no role and no setting, in the tables either; the own name is for everybody", async () => {
    const { practice: house, member } = await ben.json<{ practice: { id: string }; member: { id: string } }>("GET", "/session");
    const as = (text: string, values: unknown[] = []) =>
      inOneTrip(practice.trellis.app, { practiceId: house.id, memberId: member.id }, [{ text, values }]);
    for (const change of ["roles = '{owner}'", "active = false", "supervisor_id = id"])
      await expect(as(`UPDATE trellis.member SET ${change} WHERE id = $1`, [member.id]), change).rejects.toThrow(/changes roles/);
    for (const statement of [
      "UPDATE trellis.member SET email = 'other@example.org'",
      "UPDATE trellis.practice SET is_demo = true",
      "INSERT INTO trellis.member (practice_id, id, name, email, roles) SELECT practice_id, gen_random_uuid(), '', '', roles FROM trellis.member",
    ])
      await expect(as(statement), statement).rejects.toThrow(/permission denied/);
    expect((await as("UPDATE trellis.practice SET idle_minutes = 480"))[0].rowCount).toBe(0);
    expect((await as("UPDATE trellis.member SET name = name WHERE id <> $1", [member.id]))[0].rowCount).toBe(0);
    expect((await as("UPDATE trellis.member SET name = name"))[0].rowCount).toBe(1);
  });

  test("ids that name nothing are not found", async () => {
    for (const id of [randomUUID(), "1", "%00", "'; DROP TABLE trellis.client; --"])
      expect((await maya.refused("GET", `/clients/${encodeURIComponent(id)}/chart`)).status, id).toBe(404);
  });
});
