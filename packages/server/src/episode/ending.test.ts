import { randomUUID } from "node:crypto";
import { addDays, type IsoDate } from "@trellis/domain/calendar/date";
import type { EndingSummary } from "@trellis/domain/ending/summary";
import type { EpisodeEnd } from "@trellis/domain/episode/episode";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, password, practiceClient, type TestPractice } from "../http/test-practice.ts";
import type { FollowUpLine } from "./follow-ups-due.ts";

let practice: TestPractice;
let maya: Person;
let ben: Person;
let today: IsoDate;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Ortiz", ["clinician"]);
  ({ today } = await ben.json<{ today: IsoDate }>("GET", "/due"));
});
afterAll(() => practice.close());

const sql = <T extends object>(text: string, values: readonly unknown[] = []) => practice.database.owner.query<T>(text, [...values]);

const everyTwoWeeks = { id: "s1", measure: "phq9", measureName: "PHQ-9", when: "weeks", everyWeeks: 2, because: [] };

/** A client of Ben's in treatment since so many days, with a plan that asks for one measure. */
async function inTreatment(given: string, daysAgo = 60, measure: object = everyTwoWeeks): Promise<{ clientId: string; planId: string }> {
  const clientId = await addClient(ben, given);
  const planId = randomUUID();
  await sql(
    "INSERT INTO trellis.plan (practice_id, id, client_id, created_by) SELECT practice_id, $1, id, gen_random_uuid() FROM trellis.client WHERE id = $2",
    [planId, clientId],
  );
  await sql(
    `INSERT INTO trellis.plan_revision (practice_id, plan_id, client_id, revision, canonical, hash, established_on, review_due, signed_at)
     SELECT practice_id, $1, id, 1, $3, '', $4::date, $5, $4::date + time '18:00' FROM trellis.client WHERE id = $2`,
    [planId, clientId, JSON.stringify({ measureSchedule: [measure] }), addDays(today, -daysAgo), addDays(today, -3)],
  );
  return { clientId, planId };
}

const held = (clientId: string, date: IsoDate) =>
  ben.json("PUT", `/clients/${clientId}/sessions/${randomUUID()}`, { version: 0, date, attendance: "attended" });

const give = (clientId: string, date: IsoDate, answers = [1, 1, 1, 1, 0, 0, 0, 0, 0]) =>
  ben.json("POST", `/clients/${clientId}/administrations`, {
    administration: { id: randomUUID(), measure: "phq9", measureVersion: "1.0", date, answers, answeredBy: "client", status: "completed" },
  });

const ending = (changes: object = {}, end: Partial<EpisodeEnd> = {}) => ({
  id: randomUUID(),
  version: 0,
  openedOn: addDays(today, -60),
  endedOn: addDays(today, -1),
  end: { reason: "goals-met", outcome: "improved", detail: "", followUps: [], ...end },
  cancelAppointments: true,
  closeHomework: true,
  ...changes,
});

interface Chart {
  readonly plans: readonly { readonly id: string; readonly status: string; readonly schedule: unknown }[];
  readonly episode: { readonly number: number; readonly endedOn: IsoDate | null } | null;
}
const chart = (clientId: string) => ben.json<Chart>("GET", `/clients/${clientId}/chart`);
const dueOf = async (clientId: string) =>
  (await ben.json<{ lines: { clientId: string }[] }>("GET", "/due")).lines.filter((line) => line.clientId === clientId).length;
const listed = async (clientId: string) => {
  const { clients } = await ben.json<{
    clients: { id: string; planStatus: string | null; reviewDue: string | null; endedOn: string | null }[];
  }>("POST", "/clients/search", {});
  return clients.find(({ id }) => id === clientId);
};

describe("the end of an episode of care", () => {
  test("completes the plan, and nothing is due for the client any more; a new episode begins with a plan of its own", async () => {
    const { clientId, planId } = await inTreatment("Robin");
    expect(await dueOf(clientId)).toBe(1);
    const canonical = "SELECT canonical, hash FROM trellis.plan_revision WHERE plan_id = $1";
    const before = (await sql(canonical, [planId])).rows;
    await ben.json("POST", `/clients/${clientId}/episode/end`, ending());
    expect(await dueOf(clientId)).toBe(0);
    expect((await chart(clientId)).plans).toEqual([expect.objectContaining({ id: planId, status: "completed", schedule: null })]);
    expect((await chart(clientId)).episode).toMatchObject({ number: 1, endedOn: addDays(today, -1) });
    expect(await listed(clientId)).toMatchObject({ planStatus: "completed", reviewDue: null, endedOn: addDays(today, -1) });
    expect((await sql(canonical, [planId])).rows).toEqual(before);
    expect((await ben.refused("POST", `/clients/${clientId}/plans`, {})).status).toBe(409);
    // The last signature on a revision that was frozen before comes in late.
    await sql(
      `INSERT INTO trellis.plan_revision (practice_id, plan_id, client_id, revision, canonical, hash, established_on, review_due, signed_at)
       SELECT practice_id, plan_id, client_id, 2, canonical, '', established_on, review_due, now() FROM trellis.plan_revision WHERE plan_id = $1`,
      [planId],
    );
    expect(await dueOf(clientId)).toBe(0);
    expect(await listed(clientId)).toMatchObject({ planStatus: "completed", reviewDue: null });
    await sql("UPDATE trellis.episode SET ended_at = now() WHERE client_id = $1", [clientId]);

    await ben.json("POST", `/clients/${clientId}/episodes`, {
      id: randomUUID(),
      openedOn: today,
      broughtBack: "The nights are bad again.",
      remember: {
        id: randomUUID(),
        approach: "cbt",
        description: "Treatment here",
        when: "last year",
        outcome: "helped",
        whatHelped: "Planning the day",
      },
    });
    expect(await dueOf(clientId)).toBe(0);
    expect(await listed(clientId)).toMatchObject({ planStatus: null, endedOn: null });
    const drafted = await ben.json<{ planId: string }>("POST", `/clients/${clientId}/plans`, {});
    expect(drafted.planId).not.toBe(planId);
    const { draftNotes } = await ben.json<{ draftNotes: { notes: { kind: string; text: string }[] } }>("GET", `/plans/${drafted.planId}`);
    expect(draftNotes.notes.slice(0, 2)).toEqual([
      { kind: "earlier-episode", text: expect.stringContaining("The goals of treatment were met. Outcome: improved.") },
      { kind: "earlier-episode", text: "What brings the client back: The nights are bad again." },
    ]);
    const intake = await ben.json<{ intake: { priorTreatment: { content: { treatments: { whatHelped: string }[] } } } }>(
      "GET",
      `/clients/${clientId}/chart`,
    );
    expect(intake.intake.priorTreatment.content.treatments.map(({ whatHelped }) => whatHelped)).toEqual(["Planning the day"]);
  });

  test("takes along what would go on, and leaves the safety plan with the client", async () => {
    const { clientId } = await inTreatment("Alex");
    const { link } = await ben.json<{ link: string }>("POST", `/clients/${clientId}/answer-links`, { measures: ["phq9"] });
    const member = (await ben.json<{ member: { id: string } }>("GET", "/session")).member.id;
    await sql(
      `INSERT INTO trellis.appointment (practice_id, client_id, id, date, start_time, clinician_id, content, saved_by)
       SELECT practice_id, id, gen_random_uuid(), $2::date + n, '10:00', $3, '{"minutes": 50}', $3 FROM trellis.client, generate_series(1, 3) AS n WHERE id = $1`,
      [clientId, today, member],
    );
    await sql(
      `INSERT INTO trellis.client_link (practice_id, client_id, id, kind, token_hash, shown, created_by, expires_at)
       SELECT practice_id, id, gen_random_uuid(), k, decode(md5(k), 'hex'), '{}', $2, now() + interval '9 days' FROM trellis.client, unnest(ARRAY['homework', 'safety-plan']) AS k WHERE id = $1`,
      [clientId, member],
    );
    // Begun before its day: it keeps its hour in the calendar.
    await sql(
      `INSERT INTO trellis.note (practice_id, client_id, id, kind, session_id, date, author_id, content, saved_by)
       SELECT practice_id, client_id, gen_random_uuid(), 'progress', id, date, $2, '{}', $2 FROM trellis.appointment WHERE client_id = $1 ORDER BY date LIMIT 1`,
      [clientId, member],
    );
    expect(await ben.json("GET", `/clients/${clientId}/ending`)).toMatchObject({ links: 2, summaries: [] });
    expect(
      await ben.json("POST", `/clients/${clientId}/episode/end`, ending({}, { reason: "lost-contact", outcome: "not-known" })),
    ).toMatchObject({
      appointments: 2,
      links: 2,
    });
    const open = await sql<{ kind: string }>("SELECT kind FROM trellis.client_link WHERE client_id = $1 AND withdrawn_at IS NULL", [
      clientId,
    ]);
    expect(open.rows).toEqual([{ kind: "safety-plan" }]);
    const answer = await practice.visitor().ask("POST", "/answer/open", { token: new URL(link).hash.slice(1) });
    expect(JSON.stringify(await answer.json())).not.toContain("phq9");
  });

  test("is refused on an impossible day, twice, and over what somebody else saved", async () => {
    const { clientId } = await inTreatment("Kim");
    await held(clientId, today);
    const at = `/clients/${clientId}/episode/end`;
    expect((await ben.refused("POST", at, ending())).errors[0]).toMatchObject({
      pointer: "/endedOn",
      message: expect.stringContaining("A session took place"),
    });
    expect((await ben.refused("POST", at, ending({ endedOn: addDays(today, 1) }))).errors[0]?.pointer).toBe("/endedOn");
    const followUps = [{ date: today, measures: [] }];
    expect((await ben.refused("POST", at, ending({ endedOn: today }, { followUps }))).errors.map(({ pointer }) => pointer)).toEqual([
      "/end/followUps/0/date",
      "/end/followUps/0/measures",
    ]);
    const course = { id: randomUUID(), version: 0, openedOn: addDays(today, -60), criteria: [], plannedEnd: addDays(today, 20) };
    await ben.json("PUT", `/clients/${clientId}/episode`, course);
    expect((await ben.refused("POST", at, ending({ endedOn: today }))).status).toBe(409);
    await ben.json("POST", at, ending({ endedOn: today, version: 1 }));
    expect((await ben.refused("POST", at, ending({ endedOn: today, version: 2 }))).detail).toContain("has ended");
    await ben.json("POST", `/clients/${clientId}/episode/resume`, { version: 2 });
    expect(await dueOf(clientId)).toBe(1);
    expect(
      (await ben.refused("POST", `/clients/${clientId}/episodes`, { id: randomUUID(), openedOn: today, broughtBack: "", remember: null }))
        .status,
    ).toBe(409);
  });

  test("planned ahead, makes the measures for the end of therapy due", async () => {
    const atTheEnd = { id: "s1", measure: "gad7", measureName: "GAD-7", when: "discharge", everyWeeks: 4, because: [] };
    const { clientId } = await inTreatment("Noa", 60, atTheEnd);
    expect(await dueOf(clientId)).toBe(0);
    await ben.json("PUT", `/clients/${clientId}/episode`, {
      id: randomUUID(),
      version: 0,
      openedOn: addDays(today, -60),
      criteria: [{ criterionId: "c1", state: "met", on: today, by: "Somebody Else", why: "" }],
      plannedEnd: addDays(today, 5),
    });
    expect(await dueOf(clientId)).toBe(1);
    const { episodes } = await ben.json<{ episodes: { content: { criteria: { by: string }[] } }[] }>(
      "GET",
      `/clients/${clientId}/treatment`,
    );
    expect(episodes[0]?.content.criteria[0]?.by).toBe("Ben Ortiz");
  });
});

describe("follow-ups after treatment", () => {
  const dueFollowUps = async () => (await ben.json<{ lines: FollowUpLine[] }>("GET", "/follow-ups-due")).lines;

  test("come up a week ahead, for those who treat the client, until they are answered", async () => {
    const { clientId } = await inTreatment("Sam", 200);
    const followUps = [addDays(today, -40), addDays(today, 6), addDays(today, 90)].map((date) => ({ date, measures: ["phq9"] }));
    await give(clientId, addDays(today, -75));
    await ben.json(
      "POST",
      `/clients/${clientId}/episode/end`,
      ending({ openedOn: addDays(today, -200), endedOn: addDays(today, -70) }, { followUps }),
    );
    expect(await dueFollowUps()).toEqual([
      expect.objectContaining({
        clientId,
        name: "Sam Example",
        endedOn: addDays(today, -70),
        date: addDays(today, 6),
        measures: ["phq9"],
        askedAt: null,
      }),
    ]);
    const cleo = await practice.joined(maya, "Cleo Marsh", ["clinician"]);
    expect((await cleo.json<{ lines: unknown[] }>("GET", "/follow-ups-due?of=all")).lines).toEqual([]);
    expect((await maya.json<{ lines: unknown[] }>("GET", "/follow-ups-due?of=all")).lines).toHaveLength(1);
    await ben.json("POST", `/clients/${clientId}/answer-links`, { measures: ["phq9"] });
    expect((await dueFollowUps())[0]?.askedAt).toEqual(expect.any(String));
    await give(clientId, today);
    expect(await dueFollowUps()).toEqual([]);
    await ben.json("PUT", `/clients/${clientId}/episode/follow-ups`, {
      version: 1,
      followUps: [{ date: addDays(today, 7), measures: ["gad7"] }],
    });
    expect(await dueFollowUps()).toMatchObject([{ date: addDays(today, 7), measures: ["gad7"] }]);
  });
});

interface Summary {
  readonly id: string;
  readonly version: number;
  readonly content: EndingSummary;
  readonly signed: { readonly hash: string; readonly name: string } | null;
}

describe("a discharge summary", () => {
  test("is drafted from the record, changed, signed with the password, and then never changed by any way", async () => {
    const clientId = await practiceClient(maya);
    const at = `/clients/${clientId}/discharge-summaries`;
    const drafted = await maya.json<Summary>("POST", at, { id: randomUUID(), kind: "discharge" });
    expect(drafted.content.outcomes.length).toBeGreaterThan(0);
    expect(drafted.content.sections.reason).toContain("in their own words");
    expect((await maya.json<Summary>("POST", at, { id: randomUUID(), kind: "discharge" })).id).toBe(drafted.id);
    const one = `${at}/${drafted.id}`;
    const sections = {
      ...drafted.content.sections,
      ending: "We agreed to end.",
      recommendations: "None.",
      risk: "Low.",
      course: "Nine sessions.",
    };
    const content = { ...drafted.content, sections, ownWords: ["sections/risk"], pictures: [], to: "1999-01-01" };
    const saved = await maya.json<{ version: number }>("PUT", one, { version: 1, content });
    expect((await maya.refused("PUT", one, { version: 1, content })).status).toBe(409);
    expect((await maya.refused("POST", `${one}/signature`, { version: saved.version, password: "not the password" })).status).toBe(403);
    expect((await maya.refused("POST", `${one}/signature`, { version: 1, password })).status).toBe(409);
    const draftPdf = await maya.ask("GET", `${one}/document.pdf`);
    expect(draftPdf.headers.get("content-type")).toBe("application/pdf");
    const signed = await maya.json<Summary>("POST", `${one}/signature`, { version: saved.version, password });
    expect(signed.signed).toMatchObject({ name: "Maya Okafor", hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(signed.content.to).toBe(drafted.content.to);
    expect(await maya.json<Summary>("POST", `${one}/signature`, { version: saved.version, password })).toEqual(signed);
    expect((await maya.refused("PUT", one, { version: signed.version, content })).status).toBe(409);
    expect((await maya.refused("POST", `${one}/redraft`, { version: signed.version })).status).toBe(409);
    expect((await maya.refused("DELETE", one, { reason: "Not needed" })).status).toBe(409);
    await expect(sql("UPDATE trellis.note SET content = '{}' WHERE id = $1", [drafted.id])).rejects.toThrow(/never changed/);
    await expect(sql("DELETE FROM trellis.note WHERE id = $1", [drafted.id])).rejects.toThrow(/never changed/);
    expect(
      Buffer.from(await (await maya.ask("GET", `${one}/document.pdf`)).arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    // Who signed it is no part of the text that was signed, and is found out all the same.
    const intact = async () => (await maya.json<{ ok: boolean }>("GET", "/audit/verify")).ok;
    const renamed = async (name: string) => {
      await sql("ALTER TABLE trellis.note DISABLE TRIGGER USER");
      await sql("UPDATE trellis.note SET signed_name = $2 WHERE id = $1", [drafted.id, name]);
      await sql("ALTER TABLE trellis.note ENABLE TRIGGER USER");
    };
    expect(await intact()).toBe(true);
    await renamed("Somebody Else");
    expect(await intact()).toBe(false);
    await renamed("Maya Okafor");
    expect(await intact()).toBe(true);
  });

  test("says at its field what is missing before it can be signed; drafted anew, it keeps what was changed by hand", async () => {
    const clientId = await addClient(ben, "Lou");
    const at = `/clients/${clientId}/discharge-summaries`;
    const { id, content } = await ben.json<Summary>("POST", at, { id: randomUUID(), kind: "transfer" });
    const refused = await ben.refused("POST", `${at}/${id}/signature`, { version: 1, password });
    expect(refused.errors.map(({ pointer }) => pointer)).toEqual([
      "/recipient",
      ...["reason", "course", "nextSession", "risk", "recommendations"].map((key) => `/sections/${key}`),
    ]);
    await ben.json("PUT", `${at}/${id}`, {
      version: 1,
      content: {
        ...content,
        recipient: "Dr. Example",
        sections: { ...content.sections, course: "We met once." },
        ownWords: ["sections/course"],
      },
    });
    await held(clientId, addDays(today, -2));
    await give(clientId, addDays(today, -2));
    const again = await ben.json<Summary>("POST", `${at}/${id}/redraft`, { version: 2 });
    expect(again.content).toMatchObject({
      recipient: "Dr. Example",
      sections: { course: "We met once." },
      outcomes: [{ measure: "phq9", drawn: false }],
    });
    await ben.json("DELETE", `${at}/${id}`, { reason: "The client stays" });
    expect(await ben.json("GET", `/clients/${clientId}/ending`)).toMatchObject({ summaries: [] });
  });
});
