import { addDays, weekdayOf } from "@trellis/domain/calendar/date";
import { startCourse } from "@trellis/domain/outline/follow-course";
import type { SessionOutline } from "@trellis/domain/outline/outline";
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
  await edit(person, planId, seq, finishDraft(plan, plan.establishedOn, practice.trellis.library));
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

describe("what hangs on a plan", () => {
  test("goes on over a review and its revision, and ends with the treatment; only the safety plan stays with the client", async () => {
    const { clientId, planId } = await planInForce(maya);
    const at = `/clients/${clientId}`;
    const day = today(practice.trellis.now());
    const { member } = await maya.json<{ member: { id: string } }>("GET", "/session");
    const [series, homework, takenBack, course, authorization, note] = [id(), id(), id(), id(), id(), id()];
    const appointmentIds = [id(), id(), id()];
    const weekly = { firstDate: day, startTime: "09:00", everyWeeks: 1, weekdays: [weekdayOf(day)], count: 3, detail: { minutes: 50 } };
    await maya.json("PUT", `${at}/series/${series}`, { series: { ...weekly, clinicianId: member.id, planId }, appointmentIds });
    const given = { title: "A walk", steps: ["Walk around the pond."], assignedOn: day, planId };
    await maya.json("PUT", `${at}/homework/${homework}`, { version: 0, content: given });
    await maya.json("PUT", `${at}/homework/${takenBack}`, { version: 0, content: { ...given, title: "A list" } });
    const { outlines } = await maya.json<{ outlines: SessionOutline[] }>("GET", "/library/outlines");
    const [outline] = outlines;
    if (outline === undefined) throw new Error("The library has no outlines.");
    await maya.json("PUT", `${at}/outlines/${course}`, {
      version: 0,
      content: startCourse(outline, { planId, on: day, titles: new Map() }),
    });
    await maya.json("PUT", `${at}/authorizations/${authorization}`, {
      version: 0,
      authorization: { payer: "Example Health", number: "A-1", units: 20, from: day, to: addDays(day, 90) },
    });
    const safetyPlan = { warningSigns: ["I stop answering the phone"] };
    await maya.json("PUT", `${at}/documents/safety-plan`, { revision: 1, version: 0, content: safetyPlan });
    await maya.json("POST", `${at}/documents/safety-plan/1/finish`, { version: 1 });
    const review = await openReview(maya, clientId, planId);
    const link = async (kind: string, subjectId: string | null) => {
      const made = await maya.json<{ link: string }>("POST", `${at}/client-links`, { id: id(), kind, subjectId });
      const browserKey = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
      return async () => {
        const answer = await practice.visitor().ask("POST", "/link/open", { token: new URL(made.link).hash.slice(1), browserKey });
        return (await answer.json()) as { state?: string; reason?: string; shown?: { version?: number } };
      };
    };
    const [ofHomework, ofTakenBack, ofReview, ofSafetyPlan] = [
      await link("homework", homework),
      await link("homework", takenBack),
      await link("review", review.id),
      await link("safety-plan", null),
    ];
    for (const open of [ofHomework, ofTakenBack, ofReview, ofSafetyPlan]) expect((await open()).state).toBe("open");

    const content = { ...accepted(review), homework: [{ id: takenBack, decision: "taken-back" }] };
    await maya.json("POST", `${at}/reviews/${review.id}/completion`, { version: review.version, content });
    const { seq } = await openPlan(maya, planId);
    await edit(maya, planId, seq, [{ type: "set", path: ["agreement"], value: { state: "agreed", detail: "" } }]);
    await signDraft(maya, planId);
    const treatment = () =>
      maya.json<{
        appointments: { id: string }[];
        sessions: { id: string; attendance: string }[];
        [list: string]: { id?: string; content?: Record<string, unknown> }[];
      }>("GET", `${at}/treatment`);
    const during = await treatment();
    expect(during.appointments).toHaveLength(3);
    for (const [list, found] of [
      ["series", series],
      ["outlines", course],
    ] as const)
      expect(during[list], list).toMatchObject([{ id: found, content: { planId } }]);
    expect(during.homework).toMatchObject([
      { id: homework, content: { planId, withdrawnOn: null } },
      { id: takenBack, content: { planId, withdrawnOn: day } },
    ]);
    for (const list of ["series", "outlines", "authorizations"])
      expect(
        during[list]?.map((entry) => entry.content?.endedOn),
        list,
      ).toEqual([null]);
    expect([(await ofHomework()).state, (await ofReview()).state, (await ofTakenBack()).reason]).toEqual(["open", "finished", "withdrawn"]);

    // A second version of the safety plan is what the link shows from now on.
    await maya.json("POST", `${at}/documents/safety-plan/next`, {});
    await maya.json("POST", `${at}/documents/safety-plan/2/finish`, { version: 1 });
    expect((await ofSafetyPlan()).shown?.version).toBe(2);

    const [first = ""] = appointmentIds;
    const written = { format: "dap", sessionId: first, date: day, client: "Walked twice.", risk: { state: "none" } };
    const rest = { plan: { id: planId, revision: 2 }, homework: [{ homeworkId: homework, outcome: "done" }] };
    await maya.json("PUT", `${at}/notes/${note}`, { version: 0, content: { ...written, ...rest } });
    await maya.json("POST", `${at}/notes/${note}/signature`, { version: 1, password });
    expect((await treatment()).sessions).toMatchObject([{ id: first, attendance: "attended" }]);

    await maya.json("POST", `${at}/episode/end`, {
      ...{ id: id(), version: 0, openedOn: day, endedOn: day, cancelAppointments: true, closeHomework: true },
      end: { reason: "goals-met", outcome: "improved", detail: "", followUps: [] },
    });
    const after = await treatment();
    expect(after.appointments.map((entry) => entry.id)).toEqual([first]);
    for (const list of ["series", "outlines", "authorizations"])
      expect(
        after[list]?.map((entry) => entry.content?.endedOn),
        list,
      ).toEqual([day]);
    expect(after.homework?.map((entry) => entry.content?.withdrawnOn)).toEqual([day, day]);
    expect([(await ofHomework()).reason, (await ofSafetyPlan()).state]).toEqual(["withdrawn", "open"]);
    const { reviews, plans } = await maya.json<{ reviews: { lines: object[] }; plans: { lines: object[] } }>("GET", "/my-day");
    expect([...reviews.lines, ...plans.lines].filter((entry) => "clientId" in entry && entry.clientId === clientId)).toEqual([]);
    expect(await maya.json("GET", "/audit/verify")).toMatchObject({ ok: true });
  });

  test("is written once by two people who close the review, or finish the safety plan, at the same moment", async () => {
    const { clientId, planId } = await planInForce(maya);
    const review = await openReview(maya, clientId, planId);
    const body = { version: review.version, content: accepted(review) };
    const both = await Promise.all([1, 2].map(() => maya.ask("POST", `/clients/${clientId}/reviews/${review.id}/completion`, body)));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const [one, other] = await Promise.all(both.map((answer) => answer.json()));
    expect(one).toEqual(other);
    const at = `/clients/${clientId}/documents/safety-plan`;
    await maya.json("PUT", at, { revision: 1, version: 0, content: { warningSigns: ["I stop answering the phone"] } });
    const finished = await Promise.all([1, 2].map(() => maya.ask("POST", `${at}/1/finish`, { version: 1 })));
    expect(finished.map(({ status }) => status)).toEqual([200, 200]);
    const entries = await practice.database.owner.query(
      "SELECT 1 FROM audit.entry WHERE client_id = $1 AND action IN ('review.complete', 'client-document.finish')",
      [clientId],
    );
    expect(entries.rowCount).toBe(2);
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
