import type { DifferenceInWords } from "@trellis/domain/plan/difference/difference-in-words";
import type { ItemHistory } from "@trellis/domain/plan/difference/item-history";
import type { Edit } from "@trellis/domain/plan/edit-plan";
import type { Plan } from "@trellis/domain/plan/plan";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withPractice } from "../database/pool.ts";
import { finishDraft } from "../demo/finish-draft.ts";
import { createTestPractice, type Person, password, practiceClient, type TestPractice } from "../http/test-practice.ts";
import { awaitingCoSignatureQuery, parseAwaitingCoSignature } from "./awaiting-co-signature.ts";

interface OpenPlan {
  readonly plan: Plan;
  readonly seq: number;
  readonly state: string;
  readonly hash: string | null;
}
interface Comparison {
  readonly from: { readonly revision: number; readonly state: string };
  readonly to: { readonly revision: number; readonly state: string; readonly reason: string };
  readonly record: DifferenceInWords;
  readonly client: DifferenceInWords;
}

let practice: TestPractice;
let maya: Person;
let planId: string;
/** An objective measured by a score, and a goal, of the practice client's plan. */
let objectiveId: string;
let goalId: string;

const open = (person: Person, revision = "") => person.json<OpenPlan>("GET", `/plans/${planId}${revision}`);
const set = (path: string[], value: unknown): Edit => ({ type: "set", path, value });
const byPassword = (hash: string, role = "clinician") => ({ kind: "password", role, hash, password });

async function edit(person: Person, edits: readonly Edit[]): Promise<number> {
  const { seq } = await open(person);
  return (await person.json<{ seq: number }>("POST", `/plans/${planId}/edits`, { base: seq, batch: crypto.randomUUID(), edits })).seq;
}

async function freeze(person: Person): Promise<string> {
  const { plan } = await open(person);
  const seq = await edit(person, finishDraft(plan, plan.establishedOn, practice.trellis.library));
  return (await person.json<{ hash: string }>("POST", `/plans/${planId}/signing`, { seq })).hash;
}

const clientSigns = (person: Person, hash: string) =>
  person.json("POST", `/plans/${planId}/signatures`, { kind: "typed", role: "client", hash, name: "Rosalind Example" });

async function signed(person: Person): Promise<void> {
  const hash = await freeze(person);
  await clientSigns(person, hash);
  await person.json("POST", `/plans/${planId}/signatures`, byPassword(hash));
}

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  const drafted = await maya.json<{ planId: string }>("POST", `/clients/${await practiceClient(maya)}/plans`, {});
  planId = drafted.planId;
  await signed(maya);
  const { plan } = await open(maya);
  objectiveId =
    plan.objectives.find(({ metric }) => metric?.kind === "measure" && metric.item === undefined && metric.target !== null)?.id ?? "";
  goalId = plan.goals.at(-1)?.id ?? "";
  await maya.json("POST", `/plans/${planId}/next-revision`, { reason: "We looked at the plan after five weeks." });
  await edit(maya, [
    set(["objectives", objectiveId, "metric", "target"], 3),
    set(["changeReasons"], [{ id: objectiveId, reason: "You came further than we hoped." }]),
  ]);
});
afterAll(() => practice.close());

const sentences = ({ client }: Comparison) => client.groups.flatMap(({ changes }) => changes.map(({ sentence }) => sentence));

describe("what changed between two revisions", () => {
  test("is told for a draft against what is signed, in both kinds of words, and the trail keeps who looked", async () => {
    const found = await maya.json<Comparison>("GET", `/plans/${planId}/compare`);
    expect(found).toMatchObject({
      from: { revision: 1, state: "signed" },
      to: { revision: 2, state: "draft", reason: "We looked at the plan after five weeks." },
    });
    expect(sentences(found)).toEqual([
      expect.stringMatching(
        /^We lowered the target of your .* score from \d+ to 3\..* because you came further than we hoped\.$|^We lowered the target of your .* score from \d+ to 3, because you came further than we hoped\.$/,
      ),
    ]);
    expect(found.record.groups.flatMap(({ changes }) => changes.map(({ name }) => name))).toEqual([expect.stringMatching(/^Objective /)]);
    const { rows } = await practice.database.owner.query(
      "SELECT count(*)::int AS count FROM audit.entry WHERE action = 'plan.compare' AND object = $1",
      [planId],
    );
    expect(rows[0]?.count).toBe(1);
  });

  test("is the same whichever is named first, and asks for two that are there", async () => {
    const there = await maya.json<Comparison>("GET", `/plans/${planId}/compare?from=1&to=2`);
    expect(await maya.json("GET", `/plans/${planId}/compare?from=2&to=1`)).toEqual(there);
    expect((await maya.refused("GET", `/plans/${planId}/compare?from=1&to=1`)).errors).toEqual([
      { pointer: "/to", message: "Choose two different revisions." },
    ]);
    expect((await maya.refused("GET", `/plans/${planId}/compare?from=1&to=9`)).status).toBe(404);
    expect((await maya.refused("GET", `/plans/${planId}/compare?from=one`)).status).toBe(404);
  });

  test("prints for the record and for the client, and the file's name says nobody's name", async () => {
    for (const kind of ["record", "client"]) {
      const answer = await maya.ask("GET", `/plans/${planId}/changes.pdf?from=1&to=2&kind=${kind}`);
      expect(answer.headers.get("content-disposition")).toBe(`inline; filename="plan-changes-${kind}-revision-1-to-2.pdf"`);
      const pdf = Buffer.from(await answer.arrayBuffer()).toString("latin1");
      expect(pdf.slice(0, 5)).toBe("%PDF-");
      expect(pdf).toContain("pdfuaid");
    }
    expect((await maya.refused("GET", `/plans/${planId}/changes.pdf?kind=poster`)).status).toBe(404);
  });

  test("is seen by nobody outside the client's care", async () => {
    const petra = await practice.joined(maya, "Petra Passing", ["clinician"]);
    const desk = await practice.joined(maya, "Dana Desk", ["front-desk"]);
    for (const path of ["compare", "changes.pdf", "history"]) {
      expect((await petra.refused("GET", `/plans/${planId}/${path}`)).status, path).toBe(404);
      expect([403, 404], path).toContain((await desk.refused("GET", `/plans/${planId}/${path}`)).status);
    }
  });
});

describe("the history of a plan", () => {
  test("has every revision with who, when and why, and each goal and objective from its proposal on, with its scores", async () => {
    const found = await maya.json<{
      revisions: { revision: number; state: string; reason: string; signatures: { name: string }[] }[];
      items: ItemHistory[];
    }>("GET", `/plans/${planId}/history`);
    expect(found.revisions).toMatchObject([
      { revision: 2, state: "draft", reason: "We looked at the plan after five weeks.", signatures: [] },
      { revision: 1, state: "signed", reason: "", signatures: [{ name: "Rosalind Example" }, { name: "Maya Okafor" }] },
    ]);
    const objective = found.items.find(({ id }) => id === objectiveId);
    expect(objective?.events.map(({ title, signed: counts, reason }) => [title, counts, reason])).toEqual([
      ["Proposed", true, ""],
      ["Agreed", true, ""],
      ["Changed", false, "You came further than we hoped."],
    ]);
    expect(objective?.events[1]?.score).toEqual(expect.any(Number));
  });
});

describe("a next revision that changes under somebody's hands while it is being signed", () => {
  test("is not frozen, says so, and loses nothing", async () => {
    const before = await open(maya);
    // Somebody else writes on while the signing page is open.
    const seq = await edit(maya, [set(["goals", goalId, "detail"], "At her own pace.")]);
    const refused = await maya.refused("POST", `/plans/${planId}/signing`, { seq: before.seq });
    expect(refused).toMatchObject({
      status: 409,
      detail: "The plan has changed since you opened this page. Look at it again before it is signed.",
    });
    const after = await open(maya);
    expect(after).toMatchObject({ state: "draft", seq });
    expect(after.plan.goals.find(({ id }) => id === goalId)?.detail).toBe("At her own pace.");
    expect(after.plan.objectives.find(({ id }) => id === objectiveId)?.metric?.target).toBe(3);
  });

  test("takes no signature on words that were changed since, and keeps the revision in force as it was", async () => {
    const first = await open(maya, "?revision=1");
    const old = await freeze(maya);
    await maya.json("DELETE", `/plans/${planId}/signing`, { reason: "The detail was wrong." });
    await edit(maya, [set(["goals", goalId, "detail"], "At her own pace, with breaks.")]);
    expect((await maya.refused("POST", `/plans/${planId}/signatures`, byPassword(old))).detail).toMatch(/opened for changes/);
    const hash = await freeze(maya);
    expect(hash).not.toBe(old);
    expect((await maya.refused("POST", `/plans/${planId}/signatures`, byPassword(old))).detail).toBe(
      "The plan was changed since this page was opened. Read it again before signing.",
    );
    expect((await open(maya, "?revision=1")).plan).toEqual(first.plan);
    await maya.json("DELETE", `/plans/${planId}/signing`, { reason: "To be signed later." });
  });
});

describe("what waits for a co-signature", () => {
  const waitingFor = async (person: Person) => {
    const { member, practice: house } = await person.json<{ member: { id: string }; practice: { id: string } }>("GET", "/session");
    const { rows } = await withPractice(practice.trellis.app, { practiceId: house.id, memberId: member.id }, (client) =>
      client.query(awaitingCoSignatureQuery()),
    );
    return parseAwaitingCoSignature(rows);
  };

  test("is listed for the supervisor who may sign it, and for nobody else", async () => {
    const ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
    const sofia = await practice.joined(maya, "Sofia Supervisor", ["supervisor"]);
    const other = await practice.joined(maya, "Olga Other", ["supervisor"]);
    const { members } = await maya.json<{ members: { id: string; name: string }[] }>("GET", "/members");
    const idOf = (name: string) => members.find((member) => member.name === name)?.id;
    await maya.json("PATCH", `/members/${idOf("Ben Clinician")}`, { version: 1, supervisorId: idOf("Sofia Supervisor") });
    const { plan } = await open(maya);
    await maya.json("POST", `/clients/${plan.clientId}/care-team`, { memberId: idOf("Ben Clinician"), role: "member" });
    const hash = await freeze(ben);
    await clientSigns(ben, hash);
    expect(await waitingFor(sofia)).toEqual([]);
    await ben.json("POST", `/plans/${planId}/signatures`, byPassword(hash));
    expect(await waitingFor(sofia)).toEqual([
      {
        planId,
        clientId: plan.clientId,
        clientName: plan.subject.name,
        revision: 2,
        author: "Ben Clinician",
        since: expect.any(String),
        reason: "We looked at the plan after five weeks.",
      },
    ]);
    // The supervisor reads what differs before signing.
    expect(sentences(await sofia.json<Comparison>("GET", `/plans/${planId}/compare?from=1&to=2`)).join(" ")).toContain(
      "We lowered the target",
    );
    expect(await waitingFor(ben)).toEqual([]);
    expect(await waitingFor(other)).toEqual([]);
    await other.json("POST", `/clients/${plan.clientId}/emergency-access`, { reason: "Called in crisis" });
    expect(await waitingFor(other)).toEqual([]);
    await sofia.json("POST", `/plans/${planId}/signatures`, byPassword(hash, "supervisor"));
    expect(await waitingFor(sofia)).toEqual([]);
  });

  test("and a signed revision that was changed behind Trellis's back is compared with nothing", async () => {
    const { owner } = practice.database;
    await owner.query("ALTER TABLE trellis.plan_revision DISABLE TRIGGER signed_for_good");
    await owner.query(
      "UPDATE trellis.plan_revision SET canonical = replace(canonical, 'Rosalind', 'Rosalyn') WHERE plan_id = $1 AND revision = 1",
      [planId],
    );
    await owner.query("ALTER TABLE trellis.plan_revision ENABLE TRIGGER signed_for_good");
    for (const path of ["compare?from=1&to=2", "changes.pdf?from=1&to=2", "history"])
      expect((await maya.refused("GET", `/plans/${planId}/${path}`)).status, path).toBe(500);
  });
});
