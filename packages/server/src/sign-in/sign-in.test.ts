import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestPractice, type Person, password, practiceClient, type TestPractice } from "../http/test-practice.ts";
import { createAccount } from "./account.ts";

let practice: TestPractice;
let maya: Person;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
});
afterAll(() => practice.close());

/** Each test signs in from an address of its own: attempts are throttled by address too. */
async function signIn(email: string, secret: string): Promise<{ person: Person; status: number; detail: string; seconds: boolean }> {
  const person = practice.visitor();
  const answer = await person.ask("POST", "/auth/sign-in/email", { email, password: secret });
  const body = (await answer.json()) as { detail?: string; twoFactorRedirect?: boolean };
  return { person, status: answer.status, detail: body.detail ?? "", seconds: body.twoFactorRedirect === true };
}

const forgetLimits = () => practice.database.owner.query(`DELETE FROM auth."rateLimit"; DELETE FROM auth.failed_attempt`);

/** RFC 6238. */
function totp(secret: string): string {
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0x0f;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

describe("the first run", () => {
  test("happens once: whoever comes later is told to sign in", async () => {
    expect(await practice.visitor().json("GET", "/session")).toMatchObject({ state: "signed-out" });
    const answer = await practice
      .visitor()
      .refused("POST", "/practice/setup", { practiceName: "Another", name: "Eve", email: "eve@example.org", password, timeZone: "UTC" });
    expect(answer).toMatchObject({ status: 403 });
    const { rows } = await practice.database.owner.query(`SELECT count(*)::int AS count FROM auth."user" WHERE email = 'eve@example.org'`);
    expect(rows).toEqual([{ count: 0 }]);
  });

  test("two at the same moment: one practice", async () => {
    const other = await createTestPractice();
    try {
      const setUp = (name: string) =>
        other
          .visitor()
          .ask("POST", "/practice/setup", { practiceName: name, name, email: `${name}@example.org`, password, timeZone: "UTC" });
      const statuses = (await Promise.all([setUp("one"), setUp("two"), setUp("three")])).map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      const { rows } = await other.database.owner.query(
        `SELECT (SELECT count(*)::int FROM trellis.practice) AS practices, (SELECT count(*)::int FROM auth."user") AS users`,
      );
      expect(rows).toEqual([{ practices: 1, users: 1 }]);
    } finally {
      await other.close();
    }
  });

  test.each([
    ["the practice", "/practice/setup", "maya@example.org"],
    ["the demo", "/practice/demo", "morgan@demo.trellis.example"],
  ])("%s is there whole or not at all: after a failure half way it can be tried again", async (_, path, email) => {
    const other = await createTestPractice();
    try {
      const { owner } = other.database;
      await owner.query("ALTER TABLE trellis.administration ADD CONSTRAINT out_of_order CHECK (measure = '') NOT VALID");
      const body = path === "/practice/demo" ? {} : { practiceName: "Linden", name: "Maya", email, password, timeZone: "UTC" };
      expect((await other.visitor().ask("POST", path, body)).status).toBe(500);
      await owner.query("ALTER TABLE trellis.administration DROP CONSTRAINT out_of_order");
      await other.visitor().json("POST", path, body);
      const { rows } = await owner.query("SELECT email FROM trellis.member");
      expect(rows).toEqual([{ email }]);
    } finally {
      await other.close();
    }
  });

  test("a password that is too short, an address that is none, a time zone that is nowhere", async () => {
    const { errors } = await practice
      .visitor()
      .refused("POST", "/practice/setup", { practiceName: "", name: "Eve", email: "eve", password: "short", timeZone: "Mars/Olympus" });
    expect(errors.map(({ pointer }) => pointer)).toEqual(["/practiceName", "/email", "/password", "/timeZone"]);
  });
});

describe("signing in and out", () => {
  test("passwords are kept as scrypt hashes, and sessions as hashes of their tokens", async () => {
    const { rows } = await practice.database.owner.query<{ password: string }>(`SELECT "password" FROM auth."account"`);
    expect(rows[0]?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
    const sessions = await practice.database.owner.query<{ token: string }>(`SELECT "token" FROM auth."session"`);
    expect(sessions.rows.every(({ token }) => token.startsWith("sha256:"))).toBe(true);
    const cookie = decodeURIComponent(maya.cookies.get("trellis.session_token") ?? "").split(".")[0] ?? "";
    expect(cookie.length).toBeGreaterThan(20);
    expect(JSON.stringify(sessions.rows)).not.toContain(cookie);
  });

  test("the cookie is for the server only", async () => {
    await forgetLimits();
    const answer = await practice.visitor().ask("POST", "/auth/sign-in/email", { email: "maya@example.org", password });
    const [cookie = ""] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(await answer.text()).not.toContain("token");
  });

  test("after signing out the old cookie opens nothing", async () => {
    await forgetLimits();
    const { person } = await signIn("maya@example.org", password);
    const kept = new Map(person.cookies);
    await person.json("POST", "/auth/sign-out", {});
    for (const [name, value] of kept) person.cookies.set(name, value);
    expect(await person.json("GET", "/session")).toMatchObject({ state: "signed-out" });
    expect((await person.refused("POST", "/clients/search", {})).status).toBe(401);
  });

  test("a token that somebody read in the database opens nothing", async () => {
    const { rows } = await practice.database.owner.query<{ token: string }>(`SELECT "token" FROM auth."session" LIMIT 1`);
    const thief = practice.visitor();
    thief.cookies.set("trellis.session_token", encodeURIComponent(`${rows[0]?.token}.forged`));
    expect((await thief.refused("POST", "/clients/search", {})).status).toBe(401);
  });

  test("an unused session ends after the practice's idle time; what the page does by itself does not count as use", async () => {
    await forgetLimits();
    const { person } = await signIn("maya@example.org", password);
    const { practice: house } = await person.json<{ practice: { idleMinutes: number } }>("GET", "/session");
    const age = (minutes: number) =>
      practice.database.owner.query(`UPDATE auth."session" SET last_used_at = last_used_at - make_interval(secs => $1)`, [minutes * 60]);
    await age(house.idleMinutes - 1);
    expect((await person.ask("GET", "/practice", undefined, { "x-trellis-background": "1" })).status).toBe(200);
    await age(2);
    expect((await person.refused("GET", "/practice")).status).toBe(401);
    const again = (await signIn("maya@example.org", password)).person;
    await age(house.idleMinutes - 1);
    await again.json("GET", "/practice");
    await age(2);
    expect(await again.json("GET", "/session")).toMatchObject({ state: "signed-in" });
    maya = again;
  });
});

describe("wrong passwords", () => {
  test("none at all is told at its field", async () => {
    expect((await practice.visitor().refused("POST", "/auth/sign-in/email", { email: "maya@example.org" })).errors).toEqual([
      { pointer: "/password", message: "Enter your password." },
    ]);
  });

  test("say the same whether the account exists or not, and ten of them close it for a while, from wherever they come", async () => {
    await forgetLimits();
    const wrong = await signIn("maya@example.org", "not the password");
    const unknown = await signIn("nobody@example.org", "not the password");
    expect([wrong.status, wrong.detail]).toEqual([unknown.status, unknown.detail]);
    expect(wrong).toMatchObject({ status: 401, detail: "The email address or the password is not right. Check both and try again." });
    for (let attempt = 2; attempt <= 10; attempt += 1) {
      await practice.database.owner.query(`DELETE FROM auth."rateLimit"`);
      expect((await signIn("maya@example.org", "not the password")).status).toBe(401);
    }
    await practice.database.owner.query(`DELETE FROM auth."rateLimit"`);
    expect(await signIn("maya@example.org", password)).toMatchObject({ status: 429 });
    await forgetLimits();
    expect((await signIn("maya@example.org", password)).status).toBe(200);
  });

  test("at the door keep nobody from signing who is inside, and those inside are counted too", async () => {
    await forgetLimits();
    const ada = await practice.joined(maya, "Ada Inside", ["clinician"]);
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await practice.database.owner.query(`DELETE FROM auth."rateLimit"`);
      await signIn("ada.inside@example.org", "not the password");
    }
    await ada.json("POST", "/session/password", { password });
    await practice.database.owner.query(`DELETE FROM auth."rateLimit"`);
    expect(await signIn("ada.inside@example.org", password)).toMatchObject({ status: 429 });
    for (let attempt = 1; attempt <= 10; attempt += 1)
      expect((await ada.refused("POST", "/session/password", { password: "not the password" })).status).toBe(403);
    expect((await ada.refused("POST", "/session/password", { password })).status).toBe(429);
  });

  test("from elsewhere do not keep somebody out who has signed in with this browser before; wrong ones from here do", async () => {
    await forgetLimits();
    await practice.joined(maya, "Gus Known", ["clinician"]);
    const email = "gus.known@example.org";
    const { person: browser } = await signIn(email, password);
    await browser.json("POST", "/auth/sign-out", {});
    const tryTen = async (attempt: () => Promise<number>) => {
      for (let count = 1; count <= 10; count += 1) {
        await practice.database.owner.query(`DELETE FROM auth."rateLimit"`);
        expect(await attempt()).toBe(401);
      }
      await practice.database.owner.query(`DELETE FROM auth."rateLimit"`);
    };
    const here = async (secret: string) => (await browser.ask("POST", "/auth/sign-in/email", { email, password: secret })).status;
    await tryTen(async () => (await signIn(email, "not the password")).status);
    expect((await signIn(email, password)).status).toBe(429);
    expect(await here(password)).toBe(200);
    expect((await signIn(email, password)).status, "that does not give the other one new guesses").toBe(429);
    await browser.json("POST", "/auth/sign-out", {});
    await tryTen(() => here("not the password"));
    expect(await here(password)).toBe(429);
    const known = [...browser.cookies].find(([name]) => name.startsWith("trellis.known_"));
    const forger = practice.visitor();
    forger.cookies.set(known?.[0] ?? "", `another.${known?.[1].split(".")[1]}`);
    expect((await forger.ask("POST", "/auth/sign-in/email", { email, password })).status, "a mark of one's own making").toBe(429);
  });

  test("sent all at once are no more than ten either", async () => {
    await forgetLimits();
    await practice.joined(maya, "Bo Burst", ["clinician"]);
    // From an address each, as somebody with many would.
    const guess = async (from: number) => {
      await practice.database.owner.query(`DELETE FROM auth."rateLimit"`);
      return (await signIn("bo.burst@example.org", `not the password ${from}`)).status;
    };
    const statuses = await Promise.all(Array.from({ length: 24 }, (_, from) => guess(from)));
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
    expect(await signIn("bo.burst@example.org", password)).toMatchObject({ status: 429 });
  });

  test("are counted wherever an open session asks for the password", async () => {
    await forgetLimits();
    const cy = await practice.joined(maya, "Cy Session", ["clinician"]);
    const guesses = [
      ["/auth/two-factor/enable", { password: "not the password" }],
      ["/auth/two-factor/disable", { password: "not the password" }],
      ["/auth/two-factor/generate-backup-codes", { password: "not the password" }],
      ["/auth/change-password", { currentPassword: "not the password", newPassword: "some words of somebody else" }],
      ["/session/password", { password: "not the password" }],
    ] as const;
    for (const [path, body] of [...guesses, ...guesses]) expect((await cy.refused("POST", path, body)).status, path).toBe(403);
    for (const [path, body] of guesses) expect((await cy.refused("POST", path, body)).status, path).toBe(429);
  });

  test("the right one wipes the slate", async () => {
    await forgetLimits();
    await signIn("maya@example.org", "not the password");
    await signIn("maya@example.org", password);
    expect((await practice.database.owner.query("SELECT 1 FROM auth.failed_attempt")).rowCount).toBe(0);
  });
});

describe("a new password", () => {
  test("ends the other sessions, whether the page asks for it or not", async () => {
    await forgetLimits();
    const dee = await practice.joined(maya, "Dee Change", ["clinician"]);
    const { person: elsewhere } = await signIn("dee.change@example.org", password);
    await elsewhere.json("GET", "/practice");
    const newPassword = "other words than before";
    await dee.json("POST", "/auth/change-password", { currentPassword: password, newPassword, revokeOtherSessions: false });
    expect((await elsewhere.refused("GET", "/practice")).status).toBe(401);
    await dee.json("GET", "/practice");
  });
});

describe("somebody who was switched off", () => {
  test("changes nothing of the account any more, and has no session left when let in again", async () => {
    await forgetLimits();
    const eve = await practice.joined(maya, "Eve Former", ["clinician"]);
    const member = async () =>
      (await maya.json<{ members: { id: string; name: string; version: number }[] }>("GET", "/members")).members.find(
        ({ name }) => name === "Eve Former",
      );
    const { id, version } = (await member()) ?? {};
    await practice.database.owner.query("UPDATE trellis.member SET active = false WHERE id = $1", [id]);
    for (const [path, body] of [
      ["/auth/change-password", { currentPassword: password, newPassword: "a password of her own" }],
      ["/auth/two-factor/enable", { password }],
    ] as const)
      expect((await eve.refused("POST", path, body)).status, path).toBe(401);
    await practice.database.owner.query("UPDATE trellis.member SET active = true WHERE id = $1", [id]);
    await eve.json("GET", "/practice");
    await maya.json("PATCH", `/members/${id}`, { version, active: false });
    await maya.json("PATCH", `/members/${id}`, { version: (await member())?.version, active: true });
    expect((await eve.refused("GET", "/practice")).status).toBe(401);
    expect((await signIn("eve.former@example.org", password)).status).toBe(200);
  });
});

describe("an invitation", () => {
  test("is good once, and only its hash is kept", async () => {
    const { link } = await maya.json<{ link: string }>("POST", "/invitations", { name: "Ben", roles: ["clinician"] });
    const token = new URL(link).hash.slice(1);
    expect(new URL(link).pathname).toBe("/accept-invitation");
    const { rows } = await practice.database.owner.query<{ text: string }>("SELECT i::text AS text FROM trellis.invitation AS i");
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(await practice.visitor().json("POST", "/invitations/look", { token })).toEqual({
      practiceName: "Linden Street Counseling",
      name: "Ben",
      roles: ["clinician"],
    });
    const accept = (email: string) => practice.visitor().ask("POST", "/invitations/accept", { token, name: "Ben", email, password });
    const statuses = (await Promise.all([accept("ben@example.org"), accept("ben2@example.org")])).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 404]);
    expect((await practice.visitor().refused("POST", "/invitations/look", { token })).status).toBe(404);
    const { rows: joined } = await practice.database.owner.query(
      `SELECT (SELECT array_agg(id::text ORDER BY used_at) FROM trellis.invitation WHERE used_at IS NOT NULL) AS used,
         (SELECT array_agg(object ORDER BY seq) FROM audit.entry WHERE action = 'invitation.accept') AS entries`,
    );
    expect(joined[0]?.entries, "who joined stands in the trail").toEqual(joined[0]?.used);
    expect((await practice.database.owner.query(`SELECT 1 FROM auth."user" WHERE email LIKE 'ben%'`)).rowCount).toBe(1);
  });

  test("accepted twice at once, because the button was pressed twice: one member, who can sign in", async () => {
    const account = { name: "Dot", email: "dot@example.org", password, headers: new Headers({ host: "trellis.test" }) };
    let again: Promise<unknown> = Promise.resolve();
    await createAccount(practice.trellis, account, async (memberId) => {
      again = createAccount(practice.trellis, account, async () => {}).catch((error: unknown) => error);
      // The second one's chance to look round before the first one is a member.
      await practice.trellis.auth.query("SELECT pg_sleep(0.3)");
      await practice.database.owner.query(
        "INSERT INTO trellis.member (practice_id, id, name, email, roles) SELECT id, $1, 'Dot', $2, '{clinician}' FROM trellis.practice WHERE NOT is_demo",
        [memberId, account.email],
      );
    });
    expect(await again).toMatchObject({ status: 422, more: { errors: [{ pointer: "/email" }] } });
    await forgetLimits();
    expect((await signIn(account.email, password)).status).toBe(200);
  });

  test("that was withdrawn or is too old is good for nothing; only the owner invites", async () => {
    const made = async () =>
      new URL((await maya.json<{ link: string }>("POST", "/invitations", { name: "Cleo", roles: ["supervisor"] })).link).hash.slice(1);
    const withdrawn = await made();
    const { invitations } = await maya.json<{ invitations: { id: string }[] }>("GET", "/invitations");
    for (const { id } of invitations) await maya.json("DELETE", `/invitations/${id}`);
    const old = await made();
    await practice.database.owner.query("UPDATE trellis.invitation SET expires_at = now() WHERE revoked_at IS NULL AND used_at IS NULL");
    for (const token of [withdrawn, old, "x".repeat(43)])
      expect(
        (await practice.visitor().refused("POST", "/invitations/accept", { token, name: "Cleo", email: "cleo@example.org", password }))
          .status,
      ).toBe(404);
    const dana = await practice.joined(maya, "Dana Desk", ["front-desk"]);
    expect((await dana.refused("POST", "/invitations", { name: "Eve", roles: ["owner"] })).status).toBe(403);
  });
});

describe("an invitation by an owner who was switched off", () => {
  test("is worth nothing", async () => {
    const olga = await practice.joined(maya, "Olga Owner", ["owner"]);
    const { link } = await olga.json<{ link: string }>("POST", "/invitations", { name: "Olga again", roles: ["owner"] });
    const token = new URL(link).hash.slice(1);
    const { members } = await maya.json<{ members: { id: string; name: string; version: number }[] }>("GET", "/members");
    const entry = members.find(({ name }) => name === "Olga Owner");
    await maya.json("PATCH", `/members/${entry?.id}`, { version: entry?.version, active: false });
    expect((await practice.visitor().refused("POST", "/invitations/look", { token })).status).toBe(404);
    const person = { name: "Olga again", email: "olga.again@example.org", password };
    expect((await practice.visitor().refused("POST", "/invitations/accept", { token, ...person })).status).toBe(404);
  });
});

describe("the second factor", () => {
  test("is asked for after the password; a code from the app lets in, and a backup code does so once", async () => {
    await forgetLimits();
    const setup = await maya.json<{ totpURI: string; backupCodes: string[] }>("POST", "/auth/two-factor/enable", { password });
    const secret = new URL(setup.totpURI).searchParams.get("secret") ?? "";
    const lastEntry = async () =>
      (await practice.database.owner.query<{ action: string }>("SELECT action FROM audit.entry ORDER BY at DESC LIMIT 1")).rows[0]?.action;
    expect(await lastEntry(), "what is only prepared is not on").not.toBe("second-factor.on");
    expect((await maya.refused("POST", "/auth/two-factor/verify-totp", { code: "000000" })).detail).toMatch(/not right/);
    await maya.json("POST", "/auth/two-factor/verify-totp", { code: totp(secret) });
    expect(await lastEntry()).toBe("second-factor.on");
    await forgetLimits();
    const first = await signIn("maya@example.org", password);
    expect(first.seconds).toBe(true);
    expect(await first.person.json("GET", "/session")).toMatchObject({ state: "second-factor" });
    expect((await first.person.refused("POST", "/clients/search", {})).status).toBe(401);
    await first.person.json("POST", "/auth/two-factor/verify-totp", { code: totp(secret) });
    expect(await first.person.json("GET", "/session")).toMatchObject({ state: "signed-in", member: { secondFactor: true } });
    const [backup = ""] = setup.backupCodes;
    for (const status of [200, 401]) {
      await forgetLimits();
      const next = await signIn("maya@example.org", password);
      expect((await next.person.ask("POST", "/auth/two-factor/verify-backup-code", { code: backup })).status).toBe(status);
    }
  });
});

describe("a code of the authenticator app", () => {
  test("lets in once, and no device goes without one afterwards", async () => {
    await forgetLimits();
    const fay = await practice.joined(maya, "Fay Factor", ["clinician"]);
    const setup = await fay.json<{ totpURI: string }>("POST", "/auth/two-factor/enable", { password, method: "otp" });
    const secret = new URL(setup.totpURI).searchParams.get("secret") ?? "";
    await fay.json("POST", "/auth/two-factor/verify-totp", { code: totp(secret) });
    const code = totp(secret);
    const { person: first } = await signIn("fay.factor@example.org", password);
    const { person: second } = await signIn("fay.factor@example.org", password);
    await first.json("POST", "/auth/two-factor/verify-totp", { code, trustDevice: true });
    const before = await practice.database.owner.query(`SELECT count(*)::int AS count FROM auth."session"`);
    expect(await second.refused("POST", "/auth/two-factor/verify-totp", { code })).toMatchObject({ status: 401 });
    expect((await second.refused("POST", "/clients/search", {})).status).toBe(401);
    const after = await practice.database.owner.query(`SELECT count(*)::int AS count FROM auth."session"`);
    expect(after.rows).toEqual(before.rows);
    await first.json("POST", "/auth/sign-out", {});
    const again = await first.json("POST", "/auth/sign-in/email", { email: "fay.factor@example.org", password, rememberMe: false });
    expect(again).toMatchObject({ twoFactorRedirect: true });
  });
});

describe("the demo", () => {
  test("has clients at different points of care, is marked as such, and is no way into the practice", async () => {
    const visitor = practice.visitor();
    await visitor.json("POST", "/practice/demo", {});
    expect(await visitor.json("GET", "/session")).toMatchObject({ state: "signed-in", practice: { isDemo: true } });
    const { clients } = await visitor.json<{ clients: { id: string; planStatus: string | null; isPracticeClient: boolean }[] }>(
      "POST",
      "/clients/search",
      {},
    );
    const theirs = clients.filter(({ isPracticeClient }) => !isPracticeClient);
    expect(new Set(theirs.map(({ planStatus }) => planStatus))).toEqual(new Set(["active", "draft", null]));
    expect(clients.map(({ id }) => id)).not.toContain(await practiceClient(maya));
    const again = practice.visitor();
    await again.json("POST", "/practice/demo", {});
    expect((await again.json<{ clients: object[] }>("POST", "/clients/search", {})).clients).toHaveLength(clients.length);
  });
});
