import { createHash, randomUUID } from "node:crypto";
import { addDays, type IsoDate } from "@trellis/domain/calendar/date";
import { ProgressNote } from "@trellis/domain/note/note";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withPractice } from "../database/pool.ts";
import { addClient, createTestPractice, type Person, password, practiceClient, type TestPractice } from "../http/test-practice.ts";
import { notesToFinishQuery, parseNotesToFinish } from "./notes-to-finish.ts";

let practice: TestPractice;
let maya: Person;
let ben: Person;
let today: IsoDate;
let robin: string;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician", "supervisor"]);
  today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format(practice.trellis.now());
  robin = await addClient(maya);
});
afterAll(() => practice.close());

interface Note {
  readonly version: number;
  readonly content: ProgressNote;
  readonly authorName: string;
  readonly signed: { readonly at: string; readonly name: string; readonly hash: string } | null;
  readonly addenda: readonly { readonly text: string; readonly name: string }[];
  readonly removed: { readonly reason: string } | null;
  readonly previous: { readonly date: string } | null;
  readonly dueAt: string;
}

const written = (more: Partial<ProgressNote> = {}): ProgressNote =>
  ProgressNote.parse({ format: "dap", date: today, client: "Baked on Sunday for the first time.", risk: { state: "none" }, ...more });
const path = (clientId: string, noteId: string) => `/clients/${clientId}/notes/${noteId}`;
async function begin(clientId = robin, content = written(), person = maya): Promise<string> {
  const id = randomUUID();
  await person.json("PUT", path(clientId, id), { version: 0, content });
  return id;
}
const sign = (clientId: string, id: string, version = 1, person = maya) =>
  person.json<{ hash: string; signedAt: string }>("POST", `${path(clientId, id)}/signature`, { version, password });
async function signedNote(clientId = robin, content = written()): Promise<string> {
  const id = await begin(clientId, content);
  await sign(clientId, id);
  return id;
}
const read = (clientId: string, id: string, person = maya) => person.json<Note>("GET", path(clientId, id));
async function attended(clientId: string, date = today): Promise<string> {
  const id = randomUUID();
  await maya.json("PUT", `/clients/${clientId}/sessions/${id}`, { version: 0, date, attendance: "attended" });
  return id;
}
const asMaya = async () => {
  const { rows } = await practice.database.owner.query<{ practiceId: string; memberId: string }>(
    `SELECT practice_id AS "practiceId", id AS "memberId" FROM trellis.member WHERE name = 'Maya Okafor'`,
  );
  if (rows[0] === undefined) throw new Error("Maya is not there.");
  return rows[0];
};

describe("a draft", () => {
  test("is saved as it is written, once however often it is sent", async () => {
    const id = randomUUID();
    for (const _ of [1, 2])
      expect(await maya.json("PUT", path(robin, id), { version: 0, content: written() })).toMatchObject({ version: 1 });
    const more = written({ nextTime: "Plan the next cake." });
    for (const _ of [1, 2]) expect(await maya.json("PUT", path(robin, id), { version: 1, content: more })).toMatchObject({ version: 2 });
    expect(await read(robin, id)).toMatchObject({
      version: 2,
      content: { nextTime: "Plan the next cake." },
      signed: null,
      authorName: "Maya Okafor",
    });
  });

  test("that was changed in another window is not overwritten, and the other text is shown", async () => {
    const id = await begin();
    await maya.json("PUT", path(robin, id), { version: 1, content: written({ client: "One." }) });
    const response = await maya.ask("PUT", path(robin, id), { version: 1, content: written({ client: "Two." }) });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ current: { version: 2, content: { client: "One." } } });
  });

  test("of a session is one: the second person is led to it, reads it, and does not write on it", async () => {
    const session = await attended(robin);
    const id = await begin(robin, written({ sessionId: session }));
    await maya.json("POST", `/clients/${robin}/care-team`, { memberId: await idOf("Ben Clinician"), role: "member" });
    const response = await ben.ask("PUT", path(robin, randomUUID()), { version: 0, content: written({ sessionId: session }) });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ existing: id, detail: expect.stringMatching(/^Maya Okafor/) });
    expect(await read(robin, id, ben)).toMatchObject({ version: 1 });
    expect((await ben.refused("PUT", path(robin, id), { version: 1, content: written() })).status).toBe(403);
    expect((await ben.refused("POST", `${path(robin, id)}/signature`, { version: 1, password })).status).toBe(403);
  });

  test("is of a session of this client and not of the future", async () => {
    const other = await addClient(maya);
    const elsewhere = await attended(other);
    for (const [content, pointer] of [
      [written({ sessionId: elsewhere }), "/content/sessionId"],
      [written({ sessionId: "no id" }), "/content/sessionId"],
      [written({ date: addDays(today, 2) }), "/content/date"],
    ] as const)
      expect((await maya.refused("PUT", path(robin, randomUUID()), { version: 0, content })).errors).toMatchObject([{ pointer }]);
  });

  test("is thrown away with a reason, stays in the table, and makes room for another of the same session", async () => {
    const session = await attended(robin);
    const id = await begin(robin, written({ sessionId: session }));
    expect((await maya.refused("DELETE", path(robin, id), { reason: " " })).status).toBe(422);
    await maya.json("DELETE", path(robin, id), { reason: "Wrong client" });
    await maya.json("DELETE", path(robin, id), { reason: "Wrong client" });
    expect(await read(robin, id)).toMatchObject({ removed: { reason: "Wrong client" } });
    expect((await maya.refused("PUT", path(robin, id), { version: 1, content: written() })).status).toBe(409);
    expect((await maya.refused("POST", `${path(robin, id)}/signature`, { version: 1, password })).status).toBe(409);
    await begin(robin, written({ sessionId: session }));
  });
});

describe("a signature", () => {
  test("asks for the password, for risk, and for something in the note", async () => {
    const id = await begin();
    expect((await maya.refused("POST", `${path(robin, id)}/signature`, { version: 1, password: "something else" })).status).toBe(403);
    const silent = await begin(robin, ProgressNote.parse({ format: "soap", date: today }));
    const response = await maya.ask("POST", `${path(robin, silent)}/signature`, { version: 1, password });
    expect(response.status).toBe(422);
    expect(((await response.json()) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule)).toEqual([
      "NOTE-empty",
      "NOTE-risk",
    ]);
    expect((await read(robin, silent)).signed).toBeNull();
  });

  test("given twice is one, and locks the note with the hash of its canonical text", async () => {
    const id = await begin();
    const [first, second] = [await sign(robin, id), await sign(robin, id)];
    expect(second).toEqual(first);
    const note = await read(robin, id);
    expect(note.signed).toMatchObject({ name: "Maya Okafor", hash: first.hash, at: expect.stringContaining(first.signedAt.slice(0, 19)) });
    const { rows } = await practice.database.owner.query<{ canonical: string }>("SELECT canonical FROM trellis.note WHERE id = $1", [id]);
    expect(
      createHash("sha256")
        .update(rows[0]?.canonical ?? "")
        .digest("hex"),
    ).toBe(first.hash);
    const signings = await practice.database.owner.query("SELECT 1 FROM audit.entry WHERE action = 'note.sign' AND object = $1", [id]);
    expect(signings.rowCount).toBe(1);
  });

  test("at the same moment from two windows is one", async () => {
    const id = await begin();
    const [first, second] = await Promise.all([sign(robin, id), sign(robin, id)]);
    expect(second).toEqual(first);
  });

  test("is on a text, also where the sender left that to the ticks", async () => {
    const id = await signedNote(
      robin,
      written({ nextTime: "Bake again.", sections: { plan: "Bake a cake.", subjective: "Of another format." } }),
    );
    expect((await read(robin, id)).content.sections).toEqual({
      data: "Baked on Sunday for the first time.",
      assessment: "Asked about risk of harm to self and others: no concern.",
      plan: "Bake a cake.",
    });
  });

  test("is of the version that was read, and of no other", async () => {
    const id = await begin();
    await maya.json("PUT", path(robin, id), { version: 1, content: written({ client: "Something new." }) });
    expect((await maya.refused("POST", `${path(robin, id)}/signature`, { version: 1, password })).status).toBe(409);
    await sign(robin, id, 2);
  });

  test("says that the session took place where nobody has, and leaves what was recorded", async () => {
    const client = await addClient(maya);
    const appointment = randomUUID();
    const { practiceId, memberId } = await asMaya();
    await practice.database.owner.query(
      `INSERT INTO trellis.appointment (practice_id, client_id, id, date, start_time, clinician_id, content, saved_by) VALUES ($1, $2, $3, $4, '10:00', $5, '{"minutes": 50}', $5)`,
      [practiceId, client, appointment, today, memberId],
    );
    await signedNote(client, written({ sessionId: appointment, start: "10:00", end: "10:50", modality: "video" }));
    expect(await maya.json("GET", `/clients/${client}/treatment`)).toMatchObject({
      sessions: [{ id: appointment, attendance: "attended", detail: { start: "10:00", end: "10:50", modality: "video" } }],
    });
    const late = randomUUID();
    await maya.json("PUT", `/clients/${client}/sessions/${late}`, { version: 0, date: today, attendance: "late" });
    await signedNote(client, written({ sessionId: late }));
    expect(await maya.json("GET", `/clients/${client}/treatment`)).toMatchObject({
      sessions: [{}, { id: late, attendance: "late", version: 1 }],
    });
    // Recorded by mistake and taken back: nothing is recorded of it, so the note says it anew.
    const takenBack = randomUUID();
    await maya.json("PUT", `/clients/${client}/sessions/${takenBack}`, { version: 0, date: today, attendance: "missed" });
    await maya.json("DELETE", `/clients/${client}/sessions/${takenBack}`, { version: 1 });
    await signedNote(client, written({ sessionId: takenBack }));
    const { sessions } = await maya.json<{ sessions: { id: string; attendance: string }[] }>("GET", `/clients/${client}/treatment`);
    expect(sessions.find(({ id }) => id === takenBack)).toMatchObject({ attendance: "attended" });
    // Now a signed note rests on it.
    expect((await maya.refused("DELETE", `/clients/${client}/sessions/${takenBack}`, { version: 3 })).status).toBe(422);
  });

  test("takes no words of another client's plan, whatever it names as its plan", async () => {
    const clientId = await practiceClient(maya);
    const { planId } = await maya.json<{ planId: string }>("POST", `/clients/${clientId}/plans`, {});
    const { plan } = await maya.json<{ plan: { objectives: { id: string }[] } }>("GET", `/plans/${planId}`);
    const objectives = [{ objectiveId: plan.objectives[0]?.id ?? "", rating: "some" as const, comment: "", text: "" }];
    for (const named of [
      { id: planId, revision: 1 },
      { id: "no plan", revision: 1 },
      { id: planId, revision: 4_000_000_000 },
    ]) {
      const id = await signedNote(robin, written({ plan: named, objectives }));
      expect((await read(robin, id)).content.objectives[0]?.text).toBe("");
    }
  });
});

describe("a signed note", () => {
  test("is changed by no route", async () => {
    const id = await signedNote();
    const before = await read(robin, id);
    expect((await maya.refused("PUT", path(robin, id), { version: 2, content: written({ client: "No." }) })).status).toBe(409);
    expect((await maya.refused("PUT", path(robin, id), { version: 0, content: written({ client: "No." }) })).status).toBe(409);
    expect((await maya.refused("DELETE", path(robin, id), { reason: "No." })).status).toBe(409);
    expect(await read(robin, id)).toEqual(before);
  });

  test("is changed by no statement of the application's role", async () => {
    const id = await signedNote();
    const asker = await asMaya();
    for (const statement of [
      'UPDATE trellis.note SET content = content || \'{"client": "No."}\' WHERE id = $1',
      "UPDATE trellis.note SET signed_at = NULL, canonical = NULL, hash = NULL, signed_by = NULL, signed_name = NULL WHERE id = $1",
      "UPDATE trellis.note SET removed_at = now() WHERE id = $1",
      "DELETE FROM trellis.note WHERE id = $1",
    ])
      await expect(
        withPractice(practice.trellis.app, asker, (client) => client.query(statement, [id])),
        statement,
      ).rejects.toThrow();
  });

  test("carries the server's time and its author's name, whatever a statement says", async () => {
    const asker = await asMaya();
    const sealed = (by: string, text: string, hash: string) =>
      withPractice(practice.trellis.app, asker, async (client) => {
        const id = randomUUID();
        await client.query(
          `INSERT INTO trellis.note (practice_id, client_id, id, kind, date, author_id, content, saved_by, canonical, hash, signed_at, signed_by, signed_name)
           VALUES ($1, $2, $3, 'progress', $4, $5, '{}', $5, $6, $7, '2001-01-01', $8, 'Maya Okafor')`,
          [asker.practiceId, robin, id, today, asker.memberId, text, hash, by],
        );
        const { rows } = await client.query<{ signedAt: Date }>('SELECT signed_at AS "signedAt" FROM trellis.note WHERE id = $1', [id]);
        // Nothing of it stays.
        await client.query("ROLLBACK");
        await client.query("BEGIN");
        return rows[0]?.signedAt;
      });
    const hash = createHash("sha256").update("text").digest("hex");
    expect((await sealed(asker.memberId, "text", hash))?.getFullYear()).toBeGreaterThan(2001);
    await expect(sealed(await idOf("Ben Clinician"), "text", hash)).rejects.toThrow(/author/);
    await expect(sealed(asker.memberId, "another text", hash)).rejects.toThrow(/hash/);
  });

  test("takes addenda, by a colleague on the care team too, once however often they are sent", async () => {
    const id = await signedNote();
    const addendum = { id: randomUUID(), text: "The client called later and was well." };
    await maya.json("POST", `${path(robin, id)}/addenda`, addendum);
    await maya.json("POST", `${path(robin, id)}/addenda`, addendum);
    await ben.json("POST", `${path(robin, id)}/addenda`, { id: randomUUID(), text: "Discussed in supervision." });
    expect((await read(robin, id)).addenda).toMatchObject([
      { text: "The client called later and was well.", name: "Maya Okafor" },
      { text: "Discussed in supervision.", name: "Ben Clinician" },
    ]);
    const draft = await begin();
    expect((await maya.refused("POST", `${path(robin, draft)}/addenda`, { id: randomUUID(), text: "No." })).status).toBe(409);
    await expect(
      withPractice(practice.trellis.app, await asMaya(), (client) =>
        client.query("UPDATE trellis.note_addendum SET text = 'No.' WHERE id = $1", [addendum.id]),
      ),
    ).rejects.toThrow();
  });

  test("comes as an accessible PDF whose name says nothing of the client", async () => {
    const id = await signedNote();
    const response = await maya.ask("GET", `${path(robin, id)}/note.pdf`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toBe(`inline; filename="progress-note-${today}.pdf"`);
    expect(Buffer.from(await response.arrayBuffer()).toString("latin1")).toContain("pdfuaid");
  });

  test("that was changed behind the application's back is found by the check of the trail, and is not shown as signed", async () => {
    const other = await addClient(maya);
    const changed = await signedNote(other);
    const added = await signedNote(other);
    const addendum = { id: randomUUID(), text: "As it was." };
    await maya.json("POST", `${path(other, added)}/addenda`, addendum);
    const check = () => maya.json<{ ok: boolean; firstFault?: { fault: string } }>("GET", "/audit/verify");
    expect((await check()).ok).toBe(true);
    const behind = async (table: string, statement: string, id: string) => {
      await practice.database.owner.query(`ALTER TABLE trellis.${table} DISABLE TRIGGER USER`);
      await practice.database.owner.query(statement, [id]);
      await practice.database.owner.query(`ALTER TABLE trellis.${table} ENABLE TRIGGER USER`);
    };
    await behind("note", "UPDATE trellis.note SET signed_at = signed_at - interval '3 days' WHERE id = $1", changed);
    expect(await check()).toMatchObject({ ok: false, firstFault: { fault: "signature" } });
    await behind("note", "UPDATE trellis.note SET signed_at = signed_at + interval '3 days' WHERE id = $1", changed);
    expect((await check()).ok).toBe(true);
    await behind("note_addendum", "UPDATE trellis.note_addendum SET text = 'As it was not.' WHERE id = $1", addendum.id);
    expect(await check()).toMatchObject({ ok: false, firstFault: { fault: "signature" } });
    await behind("note_addendum", "UPDATE trellis.note_addendum SET text = 'As it was.' WHERE id = $1", addendum.id);
    await behind("note", "UPDATE trellis.note SET canonical = replace(canonical, 'Sunday', 'Monday') WHERE id = $1", changed);
    expect(await check()).toMatchObject({ ok: false, firstFault: { fault: "signature" } });
    expect((await maya.refused("GET", path(other, changed))).status).toBe(500);
    await behind("note", "UPDATE trellis.note SET canonical = replace(canonical, 'Monday', 'Sunday') WHERE id = $1", changed);
  });
});

describe("notes to finish", () => {
  test("are sessions that took place without a note and drafts without a signature, with the time by which they are due", async () => {
    const client = await addClient(maya, "Sam");
    const without = await attended(client, addDays(today, -1));
    const done = await attended(client, addDays(today, -3));
    await attended(client, addDays(today, -90));
    await signedNote(client, written({ sessionId: done, date: addDays(today, -3) }));
    const draft = await begin(client, written({ start: "09:00", end: "09:50" }));
    const asker = await asMaya();
    const found = await withPractice(practice.trellis.app, asker, async (database) =>
      parseNotesToFinish((await database.query(notesToFinishQuery(asker.memberId, today))).rows),
    );
    const ofSam = found.filter(({ clientId }) => clientId === client);
    expect(ofSam).toMatchObject([
      { kind: "unwritten", sessionId: without, noteId: null, given: "Sam" },
      { kind: "draft", noteId: draft },
    ]);
    expect(Date.parse(ofSam[1]?.dueAt ?? "")).toBe(Date.parse((await read(client, draft)).dueAt));
  });

  test("are due as the practice has set, which its owner changes", async () => {
    const id = await begin(robin, written({ start: "09:00", end: "09:50" }));
    const before = Date.parse((await read(robin, id)).dueAt);
    const { version, noteHours } = await maya.json<{ version: number; noteHours: number }>("GET", "/practice");
    expect(noteHours).toBe(72);
    expect((await maya.refused("PATCH", "/practice", { version, noteHours: 0 })).errors).toMatchObject([{ pointer: "/noteHours" }]);
    await maya.json("PATCH", "/practice", { version, noteHours: 24 });
    expect(Date.parse((await read(robin, id)).dueAt)).toBe(before - 48 * 3_600_000);
  });
});

test("nobody without the chart and nobody at the front desk sees a note", async () => {
  const client = await addClient(maya);
  const id = await signedNote(client);
  const dana = await practice.joined(maya, "Dana Desk", ["front-desk"]);
  for (const person of [ben, dana]) {
    expect((await person.refused("GET", path(client, id))).status).toBe(403);
    expect((await person.refused("GET", `${path(client, id)}/note.pdf`)).status).toBe(403);
    expect((await person.refused("PUT", path(client, randomUUID()), { version: 0, content: written() })).status).toBe(403);
  }
  expect((await maya.refused("GET", path(client, randomUUID()))).status).toBe(404);
});

async function idOf(name: string): Promise<string> {
  const { rows } = await practice.database.owner.query<{ id: string }>("SELECT id FROM trellis.member WHERE name = $1", [name]);
  return rows[0]?.id ?? "";
}
