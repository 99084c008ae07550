import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestPractice, type Person, password, type TestPractice } from "../http/test-practice.ts";
import { recoverAtMachine } from "./recovery-routes.ts";

let practice: TestPractice;
let maya: Person;
let ben: Person;
let benId: string;
const newPassword = "five rather quiet words here";

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
  const { members } = await maya.json<{ members: { id: string; name: string }[] }>("GET", "/members");
  benId = members.find(({ name }) => name === "Ben Clinician")?.id ?? "";
});
beforeEach(() => practice.database.owner.query(`DELETE FROM auth."rateLimit"; DELETE FROM auth.failed_attempt`));
afterAll(() => practice.close());

const linkFor = async (secondFactor = false) =>
  new URL((await maya.json<{ link: string }>("POST", `/members/${benId}/recovery`, { secondFactor, password })).link).hash.slice(1);
const signIn = (secret: string) =>
  practice.visitor().ask("POST", "/auth/sign-in/email", { email: "ben.clinician@example.org", password: secret });
const use = (token: string, secret = newPassword) => practice.visitor().ask("POST", "/recovery/use", { token, password: secret });

describe("a link for a new password", () => {
  test("is made by the owner with the own password, shown to whoever it is for, and sets the password once", async () => {
    expect((await ben.refused("POST", `/members/${benId}/recovery`, { password })).status).toBe(403);
    expect((await maya.refused("POST", `/members/${benId}/recovery`, { password: "not my password" })).status).toBe(403);
    const token = await linkFor();
    expect(await practice.visitor().json("POST", "/recovery/look", { token })).toEqual({
      practiceName: "Linden Street Counseling",
      name: "Ben Clinician",
    });
    expect((await use(token, "short")).status).toBe(422);
    const statuses = (await Promise.all([use(token), use(token)])).map(({ status }) => status).sort();
    expect(statuses).toEqual([204, 404]);
    expect((await signIn(password)).status).toBe(401);
    expect((await signIn(newPassword)).status).toBe(200);
    expect((await ben.refused("GET", "/practice")).status, "sessions of the old password have ended").toBe(401);
  });

  test("replaces earlier ones, ends after a day, and is kept as a hash only", async () => {
    const first = await linkFor();
    const second = await linkFor();
    expect((await use(first)).status).toBe(404);
    const { rows } = await practice.database.owner.query<{ text: string }>("SELECT r::text AS text FROM trellis.recovery AS r");
    expect(JSON.stringify(rows)).not.toContain(second);
    await practice.database.owner.query("UPDATE trellis.recovery SET expires_at = now() WHERE used_at IS NULL");
    expect((await use(second)).status).toBe(404);
    expect((await use("x".repeat(43))).status).toBe(404);
  });

  test("leaves the second factor on, unless the owner says that the phone is lost", async () => {
    const enrolled = (on: boolean) =>
      practice.database.owner.query(`UPDATE auth."user" SET "twoFactorEnabled" = $2 WHERE "id" = $1`, [benId, on]);
    const state = async () =>
      (await practice.database.owner.query<{ on: boolean }>(`SELECT "twoFactorEnabled" AS on FROM auth."user" WHERE "id" = $1`, [benId]))
        .rows[0]?.on;
    await enrolled(true);
    expect((await use(await linkFor())).status).toBe(204);
    expect(await state()).toBe(true);
    expect((await use(await linkFor(true))).status).toBe(204);
    expect(await state()).toBe(false);
  });

  test("opens nothing for somebody who was switched off, and nobody of another practice gets one", async () => {
    const token = await linkFor();
    const member = async () =>
      (await maya.json<{ members: { id: string; version: number }[] }>("GET", "/members")).members.find(({ id }) => id === benId);
    await maya.json("PATCH", `/members/${benId}`, { version: (await member())?.version, active: false });
    expect((await use(token)).status).toBe(404);
    expect((await maya.refused("POST", `/members/${benId}/recovery`, { password })).status).toBe(404);
    await maya.json("PATCH", `/members/${benId}`, { version: (await member())?.version, active: true });
    const demo = practice.visitor();
    await demo.json("POST", "/practice/demo", {});
    expect((await demo.refused("POST", `/members/${benId}/recovery`, { password: "just looking round" })).status).toBe(404);
  });
});

describe("a link by an owner who was switched off", () => {
  test("is worth nothing", async () => {
    const olga = await practice.joined(maya, "Olga Owner", ["owner"]);
    const { link } = await olga.json<{ link: string }>("POST", `/members/${benId}/recovery`, { password });
    const token = new URL(link).hash.slice(1);
    const { members } = await maya.json<{ members: { id: string; name: string; version: number }[] }>("GET", "/members");
    const entry = members.find(({ name }) => name === "Olga Owner");
    await maya.json("PATCH", `/members/${entry?.id}`, { version: entry?.version, active: false });
    expect((await practice.visitor().refused("POST", "/recovery/look", { token })).status).toBe(404);
    expect((await use(token)).status).toBe(404);
  });
});

describe("an owner who is locked out", () => {
  test("gets a link from whoever has the machine, and from nobody else", async () => {
    const link = await recoverAtMachine(practice.database.ownerConfig, "MAYA@example.org", "http://localhost:4460");
    expect(link).toMatch(/^http:\/\/localhost:4460\/set-password#[\w-]{43}$/);
    expect(await recoverAtMachine(practice.database.ownerConfig, "nobody@example.org", "http://localhost:4460")).toBeNull();
    await expect(
      practice.trellis.app.query("SELECT trellis.recover_at_machine('maya@example.org', gen_random_uuid(), '\\x00', interval '1 day')"),
    ).rejects.toThrow(/permission denied/);
    expect((await use(new URL(link ?? "").hash.slice(1), "a new start for the owner")).status).toBe(204);
    expect(
      (await practice.visitor().ask("POST", "/auth/sign-in/email", { email: "maya@example.org", password: "a new start for the owner" }))
        .status,
    ).toBe(200);
  });
});
