import type { Plan } from "@trellis/domain/plan/plan";
import { Review } from "@trellis/domain/review/review";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { finishDraft } from "../demo/finish-draft.ts";
import { createTestPractice, type Person, password, practiceClient, type TestPractice } from "../http/test-practice.ts";

interface OpenReview {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly revision: number;
  readonly ledTo: number | null;
  readonly content: Review;
  readonly byLink: { readonly answers: { readonly helps: string } | null; readonly finished: boolean } | null;
}
interface OpenPlan {
  readonly plan: Plan;
  readonly seq: number;
  readonly state: string;
  readonly draftNotes: { readonly notes: readonly { readonly text: string }[] };
}

let practice: TestPractice;
let maya: Person;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
});
afterAll(() => practice.close());

const id = () => crypto.randomUUID();
const today = (now: Date) => new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format(now);

/** A client with the practice client's assessment and a plan in force. */
async function planInForce(person: Person): Promise<{ clientId: string; planId: string }> {
  const chart = await maya.json<{
    client: object;
    intake: Record<string, { content: object }>;
    diagnoses: { version: number }[];
    administrations: { measure: string; measureVersion: string; date: string; answers: number[]; answeredBy: string }[];
  }>("GET", `/clients/${await practiceClient(maya)}/chart`);
  const { id: clientId } = await person.json<{ id: string }>("POST", "/clients", { client: chart.client });
  for (const [section, { content }] of Object.entries(chart.intake))
    await person.json("PUT", `/clients/${clientId}/intake/${section}`, { version: 0, content });
  for (const { version: _, ...diagnosis } of chart.diagnoses) {
    const diagnosisId = id();
    await person.json("PUT", `/clients/${clientId}/diagnoses/${diagnosisId}`, { version: 0, diagnosis: { ...diagnosis, id: diagnosisId } });
  }
  for (const { measure, measureVersion, date, answers, answeredBy } of chart.administrations)
    await person.json("POST", `/clients/${clientId}/administrations`, {
      administration: { id: id(), measure, measureVersion, date, answers, answeredBy },
    });
  const { planId } = await person.json<{ planId: string }>("POST", `/clients/${clientId}/plans`, {});
  const { plan, seq } = await openPlan(person, planId);
  await edit(person, planId, seq, finishDraft(plan, plan.establishedOn));
  await signDraft(person, planId);
  return { clientId, planId };
}

const openPlan = (person: Person, planId: string) => person.json<OpenPlan>("GET", `/plans/${planId}`);
const edit = (person: Person, planId: string, base: number, edits: object[]) =>
  person.json("POST", `/plans/${planId}/edits`, { base, batch: id(), edits });

async function signDraft(person: Person, planId: string): Promise<void> {
  const { seq } = await openPlan(person, planId);
  const { hash } = await person.json<{ hash: string }>("POST", `/plans/${planId}/signing`, { seq });
  await person.json("POST", `/plans/${planId}/signatures`, { kind: "typed", role: "client", hash, name: "Rosalind Example" });
  expect(await person.json("POST", `/plans/${planId}/signatures`, { kind: "password", role: "clinician", hash, password })).toEqual({
    state: "signed",
  });
}

const openReview = async (person: Person, clientId: string, planId: string): Promise<OpenReview> => {
  const opened = await person.json<{ id: string }>("POST", `/clients/${clientId}/plans/${planId}/reviews`, { id: id() });
  return readReview(person, clientId, opened.id);
};
const readReview = (person: Person, clientId: string, reviewId: string) =>
  person.json<OpenReview>("GET", `/clients/${clientId}/reviews/${reviewId}`);

/** Everything accepted as it is proposed; what is missing in the plan is left for now. */
function accepted({ content }: OpenReview): Review {
  return Review.parse({
    ...content,
    decided: content.proposals.map(({ objectiveId, decision, target, targetDate }) => ({ objectiveId, decision, target, targetDate })),
    decidedAdditions: content.additions.map((addition) => ({ id: addition.id, decision: "not-now", reason: "One thing at a time." })),
    summary: "We looked at each goal together.",
    rationale: "Meals with others are still hard.",
  });
}

describe("a review of a plan", () => {
  test("opens ready with a proposal for every objective, and who comes second gets the one that is open", async () => {
    const { clientId, planId } = await planInForce(maya);
    const { plan } = await openPlan(maya, planId);
    const first = await openReview(maya, clientId, planId);
    expect(first).toMatchObject({ version: 1, state: "open", revision: 1 });
    expect(first.content.proposals.map(({ objectiveId }) => objectiveId).toSorted()).toEqual(
      plan.objectives.map((entry) => entry.id).toSorted(),
    );
    expect(first.content.proposals.every(({ because }) => because.length > 0)).toBe(true);
    const bea = await practice.joined(maya, "Bea Supervisor", ["owner", "supervisor", "clinician"]);
    expect((await openReview(bea, clientId, planId)).id).toBe(first.id);
  });

  test("becomes the draft of the next revision in one go, with what was decided in the plan's history", async () => {
    const { clientId, planId } = await planInForce(maya);
    const before = await openPlan(maya, planId);
    const administrationId = id();
    await maya.json("POST", `/clients/${clientId}/administrations`, {
      administration: {
        ...{ id: administrationId, measure: "gad7", measureVersion: "1.0", date: before.plan.establishedOn },
        ...{ answers: [1, 1, 1, 1, 1, 1, 1], answeredBy: "client" },
      },
    });
    const review = await openReview(maya, clientId, planId);
    const at = `/clients/${clientId}/reviews/${review.id}`;
    const [one] = before.plan.objectives;
    const accept = accepted(review);
    const content = Review.parse({
      ...accept,
      decided: accept.decided.map((entry) =>
        entry.objectiveId === one?.id ? { ...entry, decision: "discontinue", reason: "Another step matters more now." } : entry,
      ),
    });
    const saved = await maya.json<{ version: number }>("PUT", at, { version: review.version, content });
    // Sent twice after an answer that got lost.
    expect(await maya.json("PUT", at, { version: review.version, content })).toEqual(saved);
    const completed = await maya.json("POST", `${at}/completion`, { version: saved.version, content });
    expect(completed).toEqual({ planId, revision: 2 });
    expect(await maya.json("POST", `${at}/completion`, { version: saved.version, content })).toEqual(completed);
    const { plan, state, seq } = await openPlan(maya, planId);
    expect([state, plan.revision, plan.reviews.length, plan.objectives.find((entry) => entry.id === one?.id)?.lifecycleStatus]).toEqual([
      "draft",
      2,
      1,
      "cancelled",
    ]);
    expect(plan.changeReasons).toContainEqual({ id: one?.id, reason: "Another step matters more now." });
    expect(plan.changeReason).toContain("Review on ");
    // The scores that the decisions rest on stand in it.
    expect(plan.assessments.find(({ measure }) => measure === "gad7")).toMatchObject({ administrationId, score: 7 });
    const { changes } = await maya.json<{ changes: { seq: number; by: string }[] }>("GET", `/plans/${planId}/changes?since=${before.seq}`);
    expect(changes.map((change) => [change.seq, change.by])).toEqual([[seq, "Maya Okafor"]]);
    expect(await readReview(maya, clientId, review.id)).toMatchObject({ state: "done", ledTo: 2 });
    // Signed like any other: everything that the review left is enough.
    await edit(maya, planId, seq, [{ type: "set", path: ["agreement"], value: { state: "agreed", detail: "" } }]);
    await signDraft(maya, planId);
    await expect(practice.database.owner.query("UPDATE trellis.review SET version = 9 WHERE id = $1", [review.id])).rejects.toThrow(
      /never changed/,
    );
    expect(await maya.refused("PUT", at, { version: 3, content: accept })).toMatchObject({
      status: 409,
      detail: expect.stringContaining("revision 2"),
    });
  });

  test("is not overwritten by who saves second: they are told whose words are there", async () => {
    const { clientId, planId } = await planInForce(maya);
    const review = await openReview(maya, clientId, planId);
    const at = `/clients/${clientId}/reviews/${review.id}`;
    await maya.json("PUT", at, { version: 1, content: { ...review.content, summary: "Mine." } });
    const answer = await maya.ask("PUT", at, { version: 1, content: { ...review.content, summary: "Theirs." } });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({
      detail: "Maya Okafor changed this review meanwhile.",
      current: { version: 2, content: { summary: "Mine." } },
    });
    // What was seen when it was opened cannot be rewritten.
    await maya.json("PUT", at, { version: 2, content: { ...review.content, proposals: [], revision: 7 } });
    expect((await readReview(maya, clientId, review.id)).content).toMatchObject({ revision: 1, proposals: review.content.proposals });
  });

  test("that is not decided yet names what is missing, and changes nothing", async () => {
    const { clientId, planId } = await planInForce(maya);
    const review = await openReview(maya, clientId, planId);
    const refused = await maya.refused("POST", `/clients/${clientId}/reviews/${review.id}/completion`, {
      version: 1,
      content: review.content,
    });
    expect(refused.status).toBe(422);
    expect(refused.errors[0]).toEqual({
      pointer: `/content/objective/${review.content.proposals[0]?.objectiveId}`,
      message: "Decide what becomes of this objective.",
    });
    expect(await openPlan(maya, planId)).toMatchObject({ state: "signed" });
  });

  test("waits where a draft is there, and is turned to a revision that was signed meanwhile", async () => {
    const { clientId, planId } = await planInForce(maya);
    const review = await openReview(maya, clientId, planId);
    const at = `/clients/${clientId}/reviews/${review.id}`;
    const content = accepted(review);
    const { reviewDue } = (await openPlan(maya, planId)).plan;
    await maya.json("POST", `/plans/${planId}/next-revision`, { reason: "A new diagnosis" });
    expect(await maya.refused("POST", `${at}/completion`, { version: 1, content })).toMatchObject({
      status: 409,
      detail: expect.stringContaining("Revision 2 of this plan is being written or signed"),
    });
    // Amended in place: the next review stays on its day, and the reason with the plan.
    const amended = await openPlan(maya, planId);
    expect([amended.plan.reviewDue, amended.plan.changeReason]).toEqual([reviewDue, "A new diagnosis"]);
    const [gone] = amended.plan.objectives;
    await edit(maya, planId, amended.seq, [
      { type: "set", path: ["agreement", "state"], value: "agreed" },
      { type: "set", path: ["objectives", gone?.id ?? "", "lifecycleStatus"], value: "completed" },
    ]);
    await signDraft(maya, planId);
    expect(await maya.refused("POST", `${at}/completion`, { version: 1, content })).toMatchObject({
      status: 409,
      detail: expect.stringContaining("revision 2 has been signed since"),
    });
    await maya.json("PUT", at, { version: 1, content });
    const { version } = await maya.json<{ version: number }>("POST", `${at}/renewal`, { version: 2 });
    const renewed = await readReview(maya, clientId, review.id);
    expect(renewed.revision).toBe(2);
    expect(renewed.content.decided.map(({ objectiveId }) => objectiveId)).toEqual(
      content.decided.map(({ objectiveId }) => objectiveId).filter((objectiveId) => objectiveId !== gone?.id),
    );
    expect(await maya.json("POST", `${at}/completion`, { version, content: accepted(renewed) })).toEqual({ planId, revision: 3 });
    expect(await maya.refused("POST", `/clients/${clientId}/plans/${planId}/reviews`, { id: id() })).toMatchObject({ status: 409 });
  });

  test("takes in what the client answered by private link, and is closed without a revision only with a reason", async () => {
    const { clientId, planId } = await planInForce(maya);
    const review = await openReview(maya, clientId, planId);
    const answers = { helps: "The walks", doesNotHelp: "", mattersNow: "", satisfaction: 8, ratings: [] };
    await practice.database.owner.query(
      `INSERT INTO trellis.client_link (practice_id, client_id, id, kind, subject_id, token_hash, shown, created_by, expires_at, answers, saved_at, finished_at)
       SELECT practice_id, client_id, $2, 'review', id, decode('00ff', 'hex'), '{"kind": "review", "objectives": []}', created_by, now() + interval '1 day', $3, now(), now()
       FROM trellis.review WHERE id = $1`,
      [review.id, id(), JSON.stringify(answers)],
    );
    expect((await readReview(maya, clientId, review.id)).byLink).toMatchObject({ finished: true, answers: { helps: "The walks" } });
    expect((await maya.refused("POST", `/clients/${clientId}/reviews/${review.id}/abandonment`, { version: 1, reason: " " })).status).toBe(
      422,
    );
    await maya.json("POST", `/clients/${clientId}/reviews/${review.id}/abandonment`, { version: 1, reason: "Opened by mistake" });
    expect(await readReview(maya, clientId, review.id)).toMatchObject({ state: "abandoned" });
    // A closed review stays as it was, and what is done to it behind the application's back is found.
    const { owner } = practice.database;
    await expect(owner.query("DELETE FROM trellis.review WHERE id = $1", [review.id])).rejects.toThrow(/never changed/);
    const reason = async (text: string) => {
      await owner.query("ALTER TABLE trellis.review DISABLE TRIGGER USER");
      await owner.query("UPDATE trellis.review SET content = jsonb_set(content, '{abandonedReason}', to_jsonb($2::text)) WHERE id = $1", [
        review.id,
        text,
      ]);
      await owner.query("ALTER TABLE trellis.review ENABLE TRIGGER USER");
      return (await maya.json<{ ok: boolean }>("GET", "/audit/verify")).ok;
    };
    expect(await reason("Another reason")).toBe(false);
    expect(await reason("Opened by mistake")).toBe(true);
    const again = await openReview(maya, clientId, planId);
    expect(again.id).not.toBe(review.id);
  });
});

describe("the list of reviews that are due", () => {
  test("holds those of one's own clients by their day, and nobody else's", async () => {
    const lee = await practice.joined(maya, "Lee Clinician", ["clinician"]);
    const { clientId, planId } = await planInForce(lee);
    const due = (person: Person, of = "mine") =>
      person.json<{ lines: { clientId: string; state: string; days: number; reviewId: string | null }[] }>("GET", `/reviews/due?of=${of}`);
    expect((await due(lee)).lines).toEqual([]);
    // The revision is signed for good; its day is looked at from later.
    const now = practice.trellis.now;
    const later = new Date(Date.now() + 60 * 24 * 3_600_000);
    Object.assign(practice.trellis, { now: () => later });
    try {
      const [line] = (await due(lee)).lines;
      expect(line).toMatchObject({ clientId, planId, state: "overdue", reviewId: null });
      expect(line?.days).toBeLessThan(0);
      expect((await due(maya)).lines.some((entry) => entry.clientId === clientId)).toBe(false);
      expect((await due(maya, "all")).lines.some((entry) => entry.clientId === clientId)).toBe(true);
      const review = await openReview(lee, clientId, planId);
      expect((await due(lee)).lines).toMatchObject([{ clientId, state: "open", reviewId: review.id }]);
      const toReview = `/clients/${clientId}/plans/${planId}/reviews`;
      const day = today(later);
      await lee.json("POST", `/clients/${clientId}/episode/end`, {
        id: id(),
        version: 0,
        openedOn: today(now()),
        endedOn: day,
        end: { reason: "goals-met", outcome: "improved", detail: "", followUps: [] },
        cancelAppointments: true,
        closeHomework: true,
      });
      expect((await due(lee)).lines).toEqual([]);
      expect(await readReview(lee, clientId, review.id)).toMatchObject({ state: "abandoned" });
      expect((await lee.refused("POST", toReview, { id: id() })).detail).toContain("new episode");
      // Back in treatment, the plan of the earlier episode is reviewed no more.
      await lee.json("POST", `/clients/${clientId}/episodes`, { id: id(), openedOn: day, broughtBack: "Nights", remember: null });
      expect((await due(lee)).lines).toEqual([]);
      expect((await lee.refused("POST", toReview, { id: id() })).detail).toContain("earlier episode");
      const kim = await practice.joined(maya, "Kim Stranger", ["clinician"]);
      expect((await due(kim, "all")).lines).toEqual([]);
      expect((await kim.refused("GET", `/clients/${clientId}/reviews/${review.id}`)).status).toBe(403);
    } finally {
      Object.assign(practice.trellis, { now });
    }
  });
});
