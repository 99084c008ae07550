import { addDays, dayOf } from "@trellis/domain/calendar/date";
import type { Plan } from "@trellis/domain/plan/plan";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { finishDraft } from "../demo/finish-draft.ts";
import { createTestPractice, type Person, password, practiceClient, type TestPractice } from "../http/test-practice.ts";
import { canonicalText, textHash } from "../signature/sealed-text.ts";

interface OpenPlan {
  readonly plan: Plan;
  readonly seq: number;
  readonly state: string;
  readonly hash: string | null;
  readonly required: readonly string[];
  readonly signatures: readonly {
    readonly role: string;
    readonly outcome: string;
    readonly name: string;
    readonly reason: string;
    readonly at: string;
    readonly voided: { readonly reason: string } | null;
  }[];
  readonly revisions: readonly {
    readonly revision: number;
    readonly state: string;
    readonly status: string;
    readonly hash: string | null;
  }[];
}

let practice: TestPractice;
let maya: Person;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
});
afterAll(() => practice.close());

const open = (person: Person, planId: string, revision = "") => person.json<OpenPlan>("GET", `/plans/${planId}${revision}`);

/** A plan with nothing missing, for a client of this person's own. */
async function finishedPlan(person: Person): Promise<{ planId: string; seq: number }> {
  const { planId } = await draftedPlan(person);
  const { plan, seq } = await open(person, planId);
  const saved = await person.json<{ seq: number }>("POST", `/plans/${planId}/edits`, {
    base: seq,
    batch: crypto.randomUUID(),
    edits: finishDraft(plan, plan.establishedOn, practice.trellis.library),
  });
  return { planId, seq: saved.seq };
}

/** A client with the practice client's assessment, and a draft from it. */
async function draftedPlan(person: Person): Promise<{ id: string; planId: string }> {
  const chart = await maya.json<{
    client: object;
    intake: Record<string, { content: object }>;
    diagnoses: { version: number }[];
    administrations: { measure: string; measureVersion: string; date: string; answers: number[]; answeredBy: string }[];
  }>("GET", `/clients/${await practiceClient(maya)}/chart`);
  const { id } = await person.json<{ id: string }>("POST", "/clients", { client: chart.client });
  for (const [section, { content }] of Object.entries(chart.intake))
    await person.json("PUT", `/clients/${id}/intake/${section}`, { version: 0, content });
  for (const { version: _, ...diagnosis } of chart.diagnoses) {
    const diagnosisId = crypto.randomUUID();
    await person.json("PUT", `/clients/${id}/diagnoses/${diagnosisId}`, { version: 0, diagnosis: { ...diagnosis, id: diagnosisId } });
  }
  for (const { measure, measureVersion, date, answers, answeredBy } of chart.administrations)
    await person.json("POST", `/clients/${id}/administrations`, {
      administration: { id: crypto.randomUUID(), measure, measureVersion, date, answers, answeredBy },
    });
  return { id, ...(await person.json<{ planId: string }>("POST", `/clients/${id}/plans`, {})) };
}

async function frozenPlan(person: Person): Promise<{ planId: string; hash: string }> {
  const { planId, seq } = await finishedPlan(person);
  return { planId, ...(await person.json<{ hash: string }>("POST", `/plans/${planId}/signing`, { seq })) };
}

const typed = (hash: string) => ({ kind: "typed", role: "client", hash, name: "Rosalind Example" });
const byPassword = (hash: string, role = "clinician", secret = password) => ({ kind: "password", role, hash, password: secret });

describe("freezing a plan", () => {
  test("is refused while something is missing, and says what", async () => {
    const { planId } = await draftedPlan(maya);
    const answer = await maya.ask("POST", `/plans/${planId}/signing`, { seq: 0 });
    expect(answer.status).toBe(422);
    const { findings } = (await answer.json()) as { findings: { severity: string; message: string; path: string[] }[] };
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.every(({ severity, message }) => severity === "error" && message !== "")).toBe(true);
  });

  test("is refused when the plan is not the one on the screen any more", async () => {
    const { planId, seq } = await finishedPlan(maya);
    expect(await maya.refused("POST", `/plans/${planId}/signing`, { seq: seq - 1 })).toMatchObject({ status: 409 });
  });

  test("gives the SHA-256 of the canonical content, and from then on nothing can be edited", async () => {
    const { planId, hash } = await frozenPlan(maya);
    const frozen = await open(maya, planId);
    expect(frozen).toMatchObject({ state: "signing", hash, required: ["client", "clinician"] });
    expect(textHash(canonicalText(frozen.plan))).toBe(hash);
    const edit = { base: frozen.seq, batch: crypto.randomUUID(), edits: [{ type: "set", path: ["allergies"], value: "None" }] };
    expect(await maya.refused("POST", `/plans/${planId}/edits`, edit)).toMatchObject({ status: 409 });
  });
});

describe("signing a plan", () => {
  test("client, then clinician with the password: the plan is in force, and its signed content never changes", async () => {
    const { planId, hash } = await frozenPlan(maya);
    const before = Date.now();
    expect(await maya.json("POST", `/plans/${planId}/signatures`, typed(hash))).toEqual({ state: "signing" });
    expect(await maya.json("POST", `/plans/${planId}/signatures`, byPassword(hash))).toEqual({ state: "signed" });
    const signed = await open(maya, planId);
    expect(signed).toMatchObject({
      state: "signed",
      hash,
      plan: { status: "active", revision: 1 },
      revisions: [{ revision: 1, state: "signed", status: "active", hash }],
    });
    expect(signed.plan.goals.every((goal) => goal.lifecycleStatus === "active")).toBe(true);
    expect(signed.signatures.map(({ role, name }) => [role, name])).toEqual([
      ["client", "Rosalind Example"],
      ["clinician", "Maya Okafor"],
    ]);
    for (const { at } of signed.signatures) expect(Math.abs(new Date(at).getTime() - before)).toBeLessThan(60_000);
    for (const statement of [
      "UPDATE trellis.plan_revision SET canonical = '{}'",
      "DELETE FROM trellis.plan_revision",
      "UPDATE trellis.signature SET name = 'Somebody else'",
      "DELETE FROM trellis.signature",
    ])
      await expect(practice.database.owner.query(statement), statement).rejects.toThrow(/never changed/);
    for (const [table, column] of [
      ["signature", "at"],
      ["signature_void", "at"],
      ["plan_revision", "signed_at"],
      ["plan_edit", "at"],
    ])
      await expect(
        practice.trellis.app.query(`INSERT INTO trellis.${table} (${column}) VALUES (now() - interval '1 year')`),
        `a time of the application's own in ${table}`,
      ).rejects.toThrow(/permission denied/);
  });

  test("sending a signature twice signs once", async () => {
    const { planId, hash } = await frozenPlan(maya);
    await maya.json("POST", `/plans/${planId}/signatures`, typed(hash));
    await maya.json("POST", `/plans/${planId}/signatures`, typed(hash));
    await maya.json("POST", `/plans/${planId}/signatures`, byPassword(hash));
    expect(await maya.json("POST", `/plans/${planId}/signatures`, byPassword(hash))).toEqual({ state: "signed" });
    expect((await open(maya, planId)).signatures).toHaveLength(2);
  });

  test("a wrong password, another plan's hash and a time of one's own are refused", async () => {
    const { planId, hash } = await frozenPlan(maya);
    expect(await maya.refused("POST", `/plans/${planId}/signatures`, byPassword(hash, "clinician", "not my password"))).toMatchObject({
      status: 403,
      detail: "This is not your password. Try again.",
    });
    expect((await maya.refused("POST", `/plans/${planId}/signatures`, typed("0".repeat(64)))).status).toBe(409);
    expect((await maya.refused("POST", `/plans/${planId}/signatures`, { ...typed(hash), at: "2020-01-01T00:00:00Z" })).status).toBe(422);
    expect((await maya.refused("POST", `/plans/${planId}/signatures`, { ...typed(hash), name: "" })).errors[0]?.pointer).toBe("/name");
    expect((await maya.refused("POST", `/plans/${planId}/signatures`, { ...typed(hash), name: "   " })).errors[0]?.pointer).toBe("/name");
    expect(
      (await maya.refused("POST", `/plans/${planId}/signatures`, { kind: "drawn", role: "client", hash, name: "R", drawing: "<script>" }))
        .errors[0]?.pointer,
    ).toBe("/drawing");
    expect((await open(maya, planId)).signatures).toEqual([]);
  });

  test("a client who does not sign is a state with a reason, and the client may sign after all", async () => {
    const { planId, hash } = await frozenPlan(maya);
    expect(
      (await maya.refused("POST", `/plans/${planId}/signatures`, { kind: "not-signed", role: "client", hash, reason: "other" })).errors,
    ).toEqual([{ pointer: "/detail", message: "Say why there is no signature." }]);
    await maya.json("POST", `/plans/${planId}/signatures`, {
      kind: "not-signed",
      role: "client",
      hash,
      reason: "declined",
      detail: "Wants to read it at home first.",
    });
    expect((await open(maya, planId)).signatures).toMatchObject([
      { outcome: "not-signed", reason: "The client prefers not to sign: Wants to read it at home first." },
    ]);
    await maya.json("POST", `/plans/${planId}/signatures`, typed(hash));
    expect((await open(maya, planId)).signatures.map(({ outcome, voided }) => [outcome, voided?.reason])).toEqual([
      ["not-signed", "Signed afterwards"],
      ["signed", undefined],
    ]);
    expect(await maya.json("POST", `/plans/${planId}/signatures`, byPassword(hash))).toEqual({ state: "signed" });
  });

  test("opened again for changes, the signatures given so far count no longer and stay in the record", async () => {
    const { planId, hash } = await frozenPlan(maya);
    await maya.json("POST", `/plans/${planId}/signatures`, typed(hash));
    expect((await maya.refused("DELETE", `/plans/${planId}/signing`, { reason: " " })).status).toBe(422);
    await maya.json("DELETE", `/plans/${planId}/signing`, { reason: "The client wants another date." });
    const reopened = await open(maya, planId);
    expect(reopened).toMatchObject({
      state: "draft",
      hash: null,
      signatures: [{ role: "client", voided: { reason: "The client wants another date." } }],
    });
    expect((await maya.refused("POST", `/plans/${planId}/signatures`, typed(hash))).status).toBe(409);
    await maya.json("POST", `/plans/${planId}/edits`, {
      base: reopened.seq,
      batch: crypto.randomUUID(),
      edits: [{ type: "set", path: ["backUpPlan"], value: "A colleague takes over in August." }],
    });
    const again = await maya.json<{ hash: string }>("POST", `/plans/${planId}/signing`, { seq: reopened.seq + 1 });
    expect(again.hash).not.toBe(hash);
  });

  test("two who sign at the same moment: one plan in force, each signature once", async () => {
    const { planId, hash } = await frozenPlan(maya);
    await Promise.all(
      [typed(hash), byPassword(hash), typed(hash), byPassword(hash)].map((signature) =>
        maya.json("POST", `/plans/${planId}/signatures`, signature),
      ),
    );
    const signed = await open(maya, planId);
    expect(signed.state).toBe("signed");
    expect(signed.signatures.map(({ role }) => role).sort()).toEqual(["client", "clinician"]);
  });
});

test("a client who comes of age between freezing and signing signs personally, unless the guardian has signed before", async () => {
  const { now } = practice.trellis;
  const { owner } = practice.database;
  const plans = [await finishedPlan(maya), await finishedPlan(maya)];
  const today = dayOf(now().toISOString(), "America/New_York");
  const soon = addDays(today, addDays(today, 2).endsWith("02-29") ? 3 : 2);
  const born = `${Number(soon.slice(0, 4)) - 18}${soon.slice(4)}`;
  for (const { planId } of plans) {
    const minor = { birthDate: born, guardian: { name: "Ada Example" } };
    await owner.query(
      "UPDATE trellis.client SET record = record || $2 WHERE id = (SELECT client_id FROM trellis.plan_draft WHERE plan_id = $1)",
      [planId, JSON.stringify(minor)],
    );
    await owner.query(
      "UPDATE trellis.plan_draft SET content = jsonb_set(content, '{subject}', content -> 'subject' || $2) WHERE plan_id = $1",
      [planId, JSON.stringify({ birthDate: born, guardianName: "Ada Example" })],
    );
  }
  const [waits, begun] = await Promise.all(
    plans.map(async ({ planId, seq }) => ({ planId, ...(await maya.json<{ hash: string }>("POST", `/plans/${planId}/signing`, { seq })) })),
  );
  if (waits === undefined || begun === undefined) throw new Error("Two plans were frozen.");
  expect((await open(maya, waits.planId)).required).toEqual(["guardian", "clinician"]);
  await maya.json("POST", `/plans/${begun.planId}/signatures`, { ...typed(begun.hash), role: "guardian", name: "Ada Example" });
  Object.assign(practice.trellis, { now: () => new Date(now().getTime() + 5 * 24 * 3_600_000) });
  try {
    expect((await open(maya, waits.planId)).required).toEqual(["client", "clinician"]);
    const refused = await maya.refused("POST", `/plans/${waits.planId}/signatures`, {
      ...typed(waits.hash),
      role: "guardian",
      name: "Ada Example",
    });
    expect(refused.status).toBe(422);
    await maya.json("POST", `/plans/${waits.planId}/signatures`, typed(waits.hash));
    expect(await maya.json("POST", `/plans/${waits.planId}/signatures`, byPassword(waits.hash))).toEqual({ state: "signed" });
    expect(await maya.json("POST", `/plans/${begun.planId}/signatures`, byPassword(begun.hash))).toEqual({ state: "signed" });
  } finally {
    Object.assign(practice.trellis, { now });
  }
});

describe("a co-signature", () => {
  test("is asked of the supervisor where the practice requires it, and nobody co-signs their own plan", async () => {
    const ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
    const sofia = await practice.joined(maya, "Sofia Supervisor", ["supervisor", "clinician"]);
    const { members } = await maya.json<{ members: { id: string; name: string; version: number }[] }>("GET", "/members");
    const of = (name: string) => members.find((member) => member.name === name);
    await maya.json("PATCH", `/members/${of("Ben Clinician")?.id}`, {
      version: of("Ben Clinician")?.version,
      supervisorId: of("Sofia Supervisor")?.id,
    });
    const { planId, hash } = await frozenPlan(ben);
    expect((await open(ben, planId)).required).toEqual(["client", "clinician", "supervisor"]);
    expect((await sofia.refused("POST", `/plans/${planId}/signatures`, byPassword(hash, "supervisor"))).errors).toEqual([
      { pointer: "/role", message: "The clinician signs before the supervisor." },
    ]);
    await ben.json("POST", `/plans/${planId}/signatures`, typed(hash));
    expect(await ben.json("POST", `/plans/${planId}/signatures`, byPassword(hash))).toEqual({ state: "awaiting-co-signature" });
    expect((await ben.refused("POST", `/plans/${planId}/signatures`, byPassword(hash, "supervisor"))).status).toBe(403);
    const petra = await practice.joined(maya, "Petra Passing", ["supervisor"]);
    expect((await petra.refused("POST", `/plans/${planId}/signatures`, byPassword(hash, "supervisor"))).status).toBe(404);
    const { clientId } = (await open(ben, planId)).plan;
    await petra.json("POST", `/clients/${clientId}/emergency-access`, { reason: "Called in crisis" });
    expect((await petra.refused("POST", `/plans/${planId}/signatures`, byPassword(hash, "supervisor"))).detail).toMatch(
      /^Emergency access/,
    );
    expect(await sofia.json("POST", `/plans/${planId}/signatures`, byPassword(hash, "supervisor"))).toEqual({ state: "signed" });

    const { practice: house } = await maya.json<{ practice: { version: number } }>("GET", "/session");
    await maya.json("PATCH", "/practice", { version: house.version, coSignature: "always" });
    const own = await frozenPlan(sofia);
    await sofia.json("POST", `/plans/${own.planId}/signatures`, typed(own.hash));
    await sofia.json("POST", `/plans/${own.planId}/signatures`, byPassword(own.hash));
    expect(await sofia.refused("POST", `/plans/${own.planId}/signatures`, byPassword(own.hash, "supervisor"))).toMatchObject({
      status: 403,
      detail: "Nobody co-signs their own plan. Ask another supervisor.",
    });
    await maya.json("PATCH", "/practice", { version: house.version + 1, coSignature: "when-supervised" });
  });
});

describe("a clinician with a supervisor", () => {
  test("does not put a plan into force alone, whoever wrote it", async () => {
    const ines = await practice.joined(maya, "Ines Intern", ["clinician"]);
    const soren = await practice.joined(maya, "Soren Supervisor", ["supervisor"]);
    const { members } = await maya.json<{ members: { id: string; name: string; version: number }[] }>("GET", "/members");
    const idOf = (name: string) => members.find((member) => member.name === name)?.id;
    await maya.json("PATCH", `/members/${idOf("Ines Intern")}`, { version: 1, supervisorId: idOf("Soren Supervisor") });
    const { planId, hash } = await frozenPlan(maya);
    const { plan } = await open(maya, planId);
    await maya.json("POST", `/clients/${plan.clientId}/care-team`, { memberId: idOf("Ines Intern"), role: "member" });
    await maya.json("POST", `/plans/${planId}/signatures`, typed(hash));
    expect(await ines.json("POST", `/plans/${planId}/signatures`, byPassword(hash))).toEqual({ state: "awaiting-co-signature" });
    expect((await open(maya, planId)).required).toEqual(["client", "clinician", "supervisor"]);
    expect(await soren.json("POST", `/plans/${planId}/signatures`, byPassword(hash, "supervisor"))).toEqual({ state: "signed" });
  });
});

describe("the check of the trail", () => {
  test("finds a signature and a signed revision that somebody changed or removed with the database in hand", async () => {
    const { planId, hash } = await frozenPlan(maya);
    await maya.json("POST", `/plans/${planId}/signatures`, typed(hash));
    await maya.json("POST", `/plans/${planId}/signatures`, byPassword(hash));
    const verify = () => maya.json<{ ok: boolean; firstFault?: { fault: string } }>("GET", "/audit/verify");
    expect(await verify()).toMatchObject({ ok: true });
    // What is worked out of the signed text cannot be put back, and comes by itself.
    const stored = "practice_id, plan_id, client_id, revision, canonical, hash, fingerprint, established_on, review_due, signed_at";
    for (const change of [
      "UPDATE trellis.signature SET at = at - interval '1 day' WHERE plan_id = $1",
      "UPDATE trellis.signature SET name = 'Somebody else' WHERE plan_id = $1 AND role = 'client'",
      "DELETE FROM trellis.signature WHERE plan_id = $1",
      "UPDATE trellis.plan_revision SET canonical = '{}', hash = encode(sha256('{}'), 'hex') WHERE plan_id = $1",
      "DELETE FROM trellis.plan_revision WHERE plan_id = $1",
    ]) {
      const client = await practice.database.owner.connect();
      const guards = (how: string) =>
        client.query(`ALTER TABLE trellis.signature ${how} TRIGGER USER; ALTER TABLE trellis.plan_revision ${how} TRIGGER USER`);
      try {
        await client.query(
          `CREATE TEMP TABLE kept AS SELECT * FROM trellis.signature WHERE plan_id = '${planId}'; CREATE TEMP TABLE revised AS SELECT * FROM trellis.plan_revision WHERE plan_id = '${planId}'`,
        );
        await guards("DISABLE");
        await client.query(change, [planId]);
        expect(await verify(), change).toMatchObject({ ok: false, firstFault: { fault: "signature" } });
        await client.query(
          `DELETE FROM trellis.signature WHERE plan_id = '${planId}'; INSERT INTO trellis.signature SELECT * FROM kept; DELETE FROM trellis.plan_revision WHERE plan_id = '${planId}'; INSERT INTO trellis.plan_revision (${stored}) SELECT ${stored} FROM revised`,
        );
        await client.query("DROP TABLE kept, revised");
        await guards("ENABLE");
      } finally {
        client.release();
      }
      expect(await verify()).toMatchObject({ ok: true });
    }
  });
});

describe("the next revision", () => {
  test("starts from the signed one with a reason, and both are kept", async () => {
    const { planId, hash } = await frozenPlan(maya);
    await maya.json("POST", `/plans/${planId}/signatures`, typed(hash));
    await maya.json("POST", `/plans/${planId}/signatures`, byPassword(hash));
    const signed = await open(maya, planId);
    expect((await maya.refused("POST", `/plans/${planId}/next-revision`, { reason: "" })).errors[0]?.pointer).toBe("/reason");
    await maya.json("POST", `/plans/${planId}/next-revision`, { reason: "Sleep is a new problem." });
    await maya.json("POST", `/plans/${planId}/next-revision`, { reason: "Pressed twice" });
    const draft = await open(maya, planId);
    expect(draft).toMatchObject({
      state: "draft",
      plan: { revision: 2, status: "draft", changeReason: "Sleep is a new problem.", agreement: { state: "not-asked" } },
    });
    expect(draft.seq).toBe(signed.seq);
    const first = await open(maya, planId, "?revision=1");
    expect(first.plan).toEqual(signed.plan);
    expect(first.revisions.map(({ revision, state }) => [revision, state])).toEqual([
      [2, "draft"],
      [1, "signed"],
    ]);
    const edited = await maya.json<{ seq: number }>("POST", `/plans/${planId}/edits`, {
      base: draft.seq,
      batch: crypto.randomUUID(),
      edits: finishDraft(draft.plan, draft.plan.establishedOn, practice.trellis.library),
    });
    const second = await maya.json<{ hash: string }>("POST", `/plans/${planId}/signing`, { seq: edited.seq });
    await maya.json("POST", `/plans/${planId}/signatures`, typed(second.hash));
    await maya.json("POST", `/plans/${planId}/signatures`, byPassword(second.hash));
    expect((await open(maya, planId)).revisions.map(({ revision, status }) => [revision, status])).toEqual([
      [2, "active"],
      [1, "revoked"],
    ]);
    expect((await maya.refused("GET", `/plans/${planId}?revision=3`)).status).toBe(404);
  });
});

describe("the document", () => {
  test("is a PDF of the draft, of the plan in force, and of each revision, and the file's name says nobody's name", async () => {
    const { planId, hash } = await frozenPlan(maya);
    await maya.json("POST", `/plans/${planId}/signatures`, typed(hash));
    await maya.json("POST", `/plans/${planId}/signatures`, byPassword(hash));
    for (const kind of ["record", "client"]) {
      const answer = await maya.ask("GET", `/plans/${planId}/document.pdf?kind=${kind}&revision=1`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-disposition")).toBe(`inline; filename="treatment-plan-${kind}-revision-1.pdf"`);
      expect(
        Buffer.from(await answer.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe("%PDF-");
    }
    expect((await maya.refused("GET", `/plans/${planId}/document.pdf?kind=poster`)).status).toBe(404);
  });

  test("says whether its revision counts: as a draft, before everybody has signed, in force, and once a later one has replaced it", async () => {
    const standing = async (planId: string, revision: number) => {
      const titles = ["record", "client"].map(async (kind) => {
        const pdf = await maya.ask("GET", `/plans/${planId}/document.pdf?kind=${kind}&revision=${revision}`);
        return /<dc:title>.*?>(?:Treatment|Your) plan(.*?)</.exec(Buffer.from(await pdf.arrayBuffer()).toString("latin1"))?.[1];
      });
      return (await Promise.all(titles)).join("");
    };
    const { planId, seq } = await finishedPlan(maya);
    expect(await standing(planId, 1)).toBe(" (draft) (draft)");
    const { hash } = await maya.json<{ hash: string }>("POST", `/plans/${planId}/signing`, { seq });
    expect(await standing(planId, 1)).toBe(" (not in force) (not final)");
    await maya.json("POST", `/plans/${planId}/signatures`, typed(hash));
    expect(await standing(planId, 1)).toBe(" (not in force) (not final)");
    await maya.json("POST", `/plans/${planId}/signatures`, byPassword(hash));
    expect(await standing(planId, 1)).toBe("");
    await maya.json("POST", `/plans/${planId}/next-revision`, { reason: "Sleep is a new problem." });
    expect([await standing(planId, 1), await standing(planId, 2)]).toEqual(["", " (draft) (draft)"]);
    const { plan, seq: next } = await open(maya, planId);
    const edits = finishDraft(plan, plan.establishedOn, practice.trellis.library);
    const saved = await maya.json<{ seq: number }>("POST", `/plans/${planId}/edits`, { base: next, batch: crypto.randomUUID(), edits });
    const second = await maya.json<{ hash: string }>("POST", `/plans/${planId}/signing`, { seq: saved.seq });
    expect([await standing(planId, 1), await standing(planId, 2)]).toEqual(["", " (not in force) (not final)"]);
    await maya.json("POST", `/plans/${planId}/signatures`, typed(second.hash));
    await maya.json("POST", `/plans/${planId}/signatures`, byPassword(second.hash));
    expect([await standing(planId, 1), await standing(planId, 2)]).toEqual([" (replaced) (old plan)", ""]);
  });

  test("a signed plan that was changed behind Trellis's back is shown by nobody", async () => {
    const { planId, hash } = await frozenPlan(maya);
    await maya.json("POST", `/plans/${planId}/signatures`, typed(hash));
    await maya.json("POST", `/plans/${planId}/signatures`, byPassword(hash));
    const { owner } = practice.database;
    await owner.query("ALTER TABLE trellis.plan_revision DISABLE TRIGGER signed_for_good");
    await owner.query("UPDATE trellis.plan_revision SET canonical = replace(canonical, 'Rosalind', 'Rosalyn') WHERE plan_id = $1", [
      planId,
    ]);
    await owner.query("ALTER TABLE trellis.plan_revision ENABLE TRIGGER signed_for_good");
    expect(await maya.refused("GET", `/plans/${planId}`)).toMatchObject({ status: 500 });
  });
});
