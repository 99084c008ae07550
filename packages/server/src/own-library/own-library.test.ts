import { randomUUID } from "node:crypto";
import { libraryOfPractice } from "@trellis/domain/library/library-of-practice";
import { type OwnChapter, OwnChapter as OwnChapterSchema, toChapter } from "@trellis/domain/library/own-chapter";
import { ownChapterFaults, ownCodeFaults } from "@trellis/domain/library/own-chapter-faults";
import { ownCopyOf, withOwnIds } from "@trellis/domain/library/own-ids";
import { ownLibrarySample } from "@trellis/domain/library/own-library-sample";
import { draftPlan } from "@trellis/domain/plan/draft-plan";
import { type Plan, Profile } from "@trellis/domain/plan/plan";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withPractice } from "../database/pool.ts";
import { finishDraft } from "../demo/finish-draft.ts";
import { practiceCase } from "../demo/practice-client.ts";
import { createTestPractice, type Person, practiceClient, type TestPractice } from "../http/test-practice.ts";
import { ownChaptersOf } from "./own-chapters.ts";

let practice: TestPractice;
let maya: Person;
let ben: Person;
let dana: Person;
/** The owner of another practice. */
let other: Person;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
  dana = await practice.joined(maya, "Dana Desk", ["front-desk"]);
  other = practice.visitor();
  await other.json("POST", "/practice/demo", {});
});
afterAll(() => practice.close());

interface Kept {
  readonly version: number;
  readonly faults?: readonly { readonly pointer: string }[];
  readonly chapter: OwnChapter;
}
interface Checked {
  readonly faults: readonly { line: number; column: number; where: string; message: string }[];
  readonly preview: null | {
    readonly items: { added: { text: string }[]; changed: { id: string; seen: string }[]; unchanged: number };
    readonly chapters: {
      added: { id: string; title: string }[];
      changed: { id: string; seen: string; difference: object[] }[];
      unchanged: number;
    };
  };
}

const begin = (person: Person, title: string, from: string | null = null) =>
  person.json<Kept>("POST", "/library/own/chapters", { key: randomUUID(), title, from });
const save = (person: Person, { version, chapter }: Kept, change: Partial<OwnChapter>) =>
  person.json<Kept>("PUT", `/library/own/chapters/${chapter.id}`, { version, chapter: { ...chapter, ...change } });
const list = async (person: Person) =>
  (await person.json<{ chapters: { id: string; title: string; goals: number; version: number }[] }>("GET", "/library/own/chapters"))
    .chapters;
const check = (person: Person, text: string) => person.json<Checked>("POST", "/library/own/import", { text });
const store = (person: Person, text: string, decisions: object[] = []) =>
  person.json<{ taken: { items: object; chapters: object } }>("POST", "/library/own/import", { text, store: true, decisions });
const exported = async (person: Person) => await (await person.ask("GET", "/library/own.yaml")).text();
const actions = async (): Promise<string[]> =>
  (
    await practice.database.owner.query<{ action: string }>("SELECT action FROM audit.entry WHERE action LIKE 'library%' ORDER BY at, seq")
  ).rows.map(({ action }) => action);

const goal = { id: "", text: "The client rests every day.", plain: "", ask: "", definitions: [], safety: false };

describe("a chapter of the practice's own", () => {
  test("is begun empty, filled bit by bit, read by colleagues, and taken out", async () => {
    const key = randomUUID();
    const begun = await maya.json<Kept>("POST", "/library/own/chapters", { key, title: "Burnout in our clinic" });
    expect(begun.chapter.id).toMatch(/^own-burnout-in-our-clinic-[a-z]{6}$/);
    expect(begun.chapter.prefix).toMatch(/^z[a-z]{5}$/);
    const again = await maya.json<Kept>("POST", "/library/own/chapters", { key, title: "Burnout in our clinic" });
    expect(again.chapter.id).toBe(begun.chapter.id);

    const saved = await save(maya, begun, { goals: [goal], id: "adult-depression", prefix: "dep" });
    expect(saved).toMatchObject({ version: 2, chapter: { id: begun.chapter.id, prefix: begun.chapter.prefix } });
    expect(saved.chapter.goals[0]?.id).toBe(`${begun.chapter.prefix}-goal-the-client-rests-every-day`);
    expect(await ben.json("GET", `/library/own/chapters/${begun.chapter.id}`)).toEqual(saved);
    expect(await list(ben)).toMatchObject([{ id: begun.chapter.id, title: "Burnout in our clinic", goals: 1, version: 2 }]);

    await ben.json("DELETE", `/library/own/chapters/${begun.chapter.id}`, { version: 2 });
    expect(await list(maya)).toEqual([]);
    expect((await maya.refused("GET", `/library/own/chapters/${begun.chapter.id}`)).status).toBe(404);
    const late = { version: saved.version, chapter: saved.chapter };
    expect((await maya.refused("PUT", `/library/own/chapters/${begun.chapter.id}`, late)).status).toBe(409);
    expect(await actions()).toEqual(["library-chapter.add", "library-chapter.change", "library-chapter.remove"]);
  });

  test("says at each field what is wrong", async () => {
    const begun = await begin(maya, "Faulty");
    const put = (chapter: object) =>
      maya.refused("PUT", `/library/own/chapters/${begun.chapter.id}`, { version: 1, chapter: { ...begun.chapter, ...chapter } });
    expect(await put({ goals: [{ ...goal, text: "  " }] })).toMatchObject({
      status: 422,
      errors: [{ pointer: "/chapter/goals/0/text", message: "Write the statement." }],
    });
    expect(await put({ goals: [{ ...goal, definitions: ["nowhere"] }] })).toMatchObject({
      status: 422,
      errors: [{ pointer: "/chapter/goals/0/definitions/0", message: expect.stringContaining("Name one that is there") }],
    });
    expect(await put({ measures: [{ id: "no-such" }] })).toMatchObject({ status: 422, errors: [{ pointer: "/chapter/measures/0/id" }] });
    expect((await maya.refused("POST", "/library/own/chapters", { key: randomUUID(), title: " " })).errors[0]?.pointer).toBe("/title");
    expect((await maya.refused("POST", "/library/own/chapters", { key: randomUUID(), from: "adult-nothing" })).errors[0]?.pointer).toBe(
      "/from",
    );
    await maya.json("DELETE", `/library/own/chapters/${begun.chapter.id}`, { version: 1 });
  });

  test("that somebody else changed meanwhile is not overwritten", async () => {
    const begun = await begin(maya, "Shared");
    const bens = await save(ben, begun, { summary: "Ben's words." });
    const late = await maya.ask("PUT", `/library/own/chapters/${begun.chapter.id}`, {
      version: 1,
      chapter: { ...begun.chapter, summary: "Maya's." },
    });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({
      detail: expect.stringContaining("Ben Clinician"),
      current: { version: 2, chapter: { summary: "Ben's words." } },
    });
    expect((await maya.refused("DELETE", `/library/own/chapters/${begun.chapter.id}`, { version: 1 })).status).toBe(409);
    // Sent again after an answer that got lost.
    expect(await save(ben, begun, { summary: "Ben's words." })).toEqual(bens);
    await ben.json("DELETE", `/library/own/chapters/${begun.chapter.id}`, { version: 2 });
  });

  test("is read, printed and found in the library beside what ships, from the moment it is saved", async () => {
    const begun = await begin(maya, "Stage fright", "adult-depression");
    const { chapter } = await save(maya, begun, { synonyms: ["zebra nerves"], population: "adult" });
    const catalogue = async (person: Person) =>
      (await person.json<{ chapters: { id: string; title: string; source: string }[] }>("GET", "/library/catalogue")).chapters;
    expect((await catalogue(ben)).find(({ id }) => id === chapter.id)).toMatchObject({ title: "Stage fright", source: "practice" });
    expect((await catalogue(other)).some(({ id }) => id === chapter.id)).toBe(false);
    const bundle = await ben.json<{ chapter: { title: string }; evidence: object[] }>("GET", `/library/chapters/${chapter.id}`);
    expect(bundle.chapter.title).toBe("Stage fright");
    expect(bundle.evidence.length).toBeGreaterThan(0);
    expect((await other.ask("GET", `/library/chapters/${chapter.id}`)).status).toBe(404);
    expect((await ben.ask("GET", `/library/chapters/${chapter.id}/chapter.pdf`)).headers.get("content-type")).toBe("application/pdf");

    type Found = { chapters: string[]; statements: { chapter: string; kind: string }[] };
    const find = (person: Person, query: string) => person.json<Found>("GET", `/library/search?${query}`);
    expect((await find(ben, "q=zebra")).chapters).toEqual([chapter.id]);
    expect((await find(other, "q=zebra")).chapters).toEqual([]);
    expect((await find(ben, `q=sleep&chapter=${chapter.id}`)).statements[0]?.chapter).toBe(chapter.id);
    // Taken out, it is found no more.
    const { version } = await ben.json<Kept>("GET", `/library/own/chapters/${chapter.id}`);
    await maya.json("DELETE", `/library/own/chapters/${chapter.id}`, { version });
    expect((await find(ben, "q=zebra")).chapters).toEqual([]);
  });

  test("names something that has gone since, and can be changed elsewhere all the same", async () => {
    const begun = await begin(maya, "Older");
    const { id, prefix } = begun.chapter;
    await practice.database.owner.query("UPDATE trellis.library_chapter SET content = jsonb_set(content, '{measures}', $2) WHERE id = $1", [
      id,
      JSON.stringify([{ id: "gone", everyWeeks: 4, because: "" }]),
    ]);
    const older = await maya.json<Kept>("GET", `/library/own/chapters/${id}`);
    const saved = await save(maya, older, { goals: [goal] });
    expect(saved.chapter.goals[0]?.id).toBe(`${prefix}-goal-the-client-rests-every-day`);
    for (const { faults } of [older, saved]) expect(faults).toMatchObject([{ pointer: "/chapter/measures/0/id" }]);
    const more = [...saved.chapter.measures, { id: "gone-too", everyWeeks: 4, because: "" }];
    const put = { version: saved.version, chapter: { ...saved.chapter, measures: more } };
    expect((await maya.refused("PUT", `/library/own/chapters/${id}`, put)).errors).toMatchObject([{ pointer: "/chapter/measures/1/id" }]);
    await maya.json("DELETE", `/library/own/chapters/${id}`, { version: saved.version });
  });

  test("is closed to the front desk and to other practices", async () => {
    const { chapter } = await begin(maya, "Ours");
    for (const [method, path, body] of [
      ["GET", "/library/own/chapters", undefined],
      ["GET", `/library/own/chapters/${chapter.id}`, undefined],
      ["GET", "/library/own.yaml", undefined],
      ["POST", "/library/own/chapters", { key: randomUUID(), title: "Desk" }],
      ["PUT", `/library/own/chapters/${chapter.id}`, { version: 1, chapter }],
      ["DELETE", `/library/own/chapters/${chapter.id}`, { version: 1 }],
      ["POST", "/library/own/import", { text: "trellis: own-library" }],
    ] as const)
      expect((await dana.refused(method, path, body)).status, path).toBe(403);
    expect(await list(other)).toEqual([]);
    expect((await other.refused("GET", `/library/own/chapters/${chapter.id}`)).status).toBe(404);
    expect((await other.refused("PUT", `/library/own/chapters/${chapter.id}`, { version: 1, chapter })).status).toBe(404);
    expect((await other.refused("DELETE", `/library/own/chapters/${chapter.id}`, { version: 1 })).status).toBe(404);
    expect(await exported(other)).not.toContain("Ours");
    await maya.json("DELETE", `/library/own/chapters/${chapter.id}`, { version: 1 });
  });

  test("is led to by codes that there are", async () => {
    const { chapter } = await begin(maya, "Nights");
    const answer = await maya.refused("PUT", `/library/own/chapters/${chapter.id}`, {
      version: 1,
      chapter: { ...chapter, diagnoses: ["F51.0", "F51.99"] },
    });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer)).toContain("There is no code F51.99 in ICD-10-CM 2026. Look it up, or take it out.");
    await maya.json("DELETE", `/library/own/chapters/${chapter.id}`, { version: 1 });
  });

  test("can be any chapter that ships: none has a fault as one's own", () => {
    const { library, diagnoses } = practice.trellis;
    for (const chapter of library.chapters) expect(ownCodeFaults(chapter, diagnoses.table), chapter.id).toEqual([]);
    for (const chapter of library.chapters)
      expect(ownChapterFaults(ownCopyOf(chapter, { id: "own-copy", prefix: "zabcde" }), library, library.measures), chapter.id).toEqual([]);
  });
});

test("a chapter of one goal, one objective and one intervention is enough for a draft, before a shipped one that names the code alike", () => {
  const { library } = practice.trellis;
  const example = library.cases.find(({ id }) => id === practiceCase);
  if (example === undefined) throw new Error("The library has the practice client's case.");
  const own = withOwnIds(
    OwnChapterSchema.parse({
      title: "Worry, our way",
      diagnoses: [example.diagnoses[0]?.code],
      goals: [{ id: "rest", text: "The client comes to rest." }],
      objectives: [
        {
          id: "hour",
          goals: ["rest"],
          text: "Take an hour off by {date}.",
          metric: { kind: "milestone", evidenceOfDone: "An hour was taken" },
        },
      ],
      interventions: [
        { objectives: ["hour"], text: "Plans the hour." },
        { objectives: ["hour"], text: "Looks back on it." },
      ],
    }),
    { id: "own-worry", prefix: "zabcde" },
  );
  let ids = 0;
  const { plan } = draftPlan({
    planId: "plan",
    clientId: "client",
    record: example,
    library: libraryOfPractice(library, { chapters: [toChapter(own)], sources: [] }),
    author: { practiceName: "", practiceAddress: "", clinicianId: "m", clinicianName: "Ada Sample", credentials: "", npi: "" },
    profile: Profile.parse({}),
    today: example.today,
    reviewWeeks: 5,
    newId: () => `id${++ids}`,
  });
  expect(plan.problems.map(({ chapter }) => chapter)).toContain("own-worry");
  expect(plan.goals.map(({ text }) => text)).toContain("The client comes to rest.");
  expect(plan.objectives.map(({ text }) => text)).toContain("Take an hour off by {date}.");
  // Without a technique's name they are two, and not one said twice.
  expect(plan.interventions.map(({ text }) => text)).toEqual(expect.arrayContaining(["Plans the hour.", "Looks back on it."]));
});

test("a plan is drafted from the practice's own chapter, checked, frozen and printed", async () => {
  const { chapter } = await begin(maya, "Anxiety, our way", "adult-generalized-anxiety");
  const clientId = await practiceClient(maya);
  const { planId } = await maya.json<{ planId: string }>("POST", `/clients/${clientId}/plans`, {});
  const { plan, seq } = await maya.json<{ plan: Plan; seq: number }>("GET", `/plans/${planId}`);
  expect(plan.problems[0]).toMatchObject({ chapter: chapter.id, title: "Anxiety, our way" });
  expect(plan.goals.some(({ origin }) => origin.kind === "library" && origin.id.startsWith(`${chapter.prefix}-`))).toBe(true);
  const edited = await maya.json<{ seq: number }>("POST", `/plans/${planId}/edits`, {
    base: seq,
    batch: randomUUID(),
    edits: finishDraft(plan, plan.establishedOn, practice.trellis.library),
  });
  await maya.json("POST", `/plans/${planId}/signing`, { seq: edited.seq });
  const document = await maya.ask("GET", `/plans/${planId}/document.pdf`);
  expect(document.headers.get("content-type")).toBe("application/pdf");
  const { practice: house, member } = await maya.json<{ practice: { id: string }; member: { id: string } }>("GET", "/session");
  const chapters = await withPractice(practice.trellis.app, { practiceId: house.id, memberId: member.id }, ownChaptersOf);
  expect(chapters.map(({ id }) => id)).toEqual([chapter.id]);
  await maya.json("DELETE", `/library/own/chapters/${chapter.id}`, { version: 1 });
});

const written = `
trellis: own-library
items:
  - kind: intervention
    text: Walks a round with the client.
  - id: our-goal
    kind: goal
    text: The client sees friends again.
    chapter: rest
chapters:
  - id: rest
    title: Rest
    diagnoses: [Z73.0]
    goals:
      - id: evenings
        text: Evenings are free of work.
    objectives:
      - id: count
        goals: [evenings]
        text: Keep {target} evenings free, up from {baseline}, by {date}.
        metric: {kind: count, unit: evenings a week, direction: increase, target: 4, max: 7}
    interventions:
      - objectives: [count]
        text: >-
          Plans the evenings
          of the week with the client.
`;

describe("the library in one file", () => {
  test("written by hand with readable ids is checked, taken over, and the same file changes nothing", async () => {
    const checked = await check(maya, written);
    expect(checked).toMatchObject({
      faults: [],
      preview: {
        items: { added: [{}, {}], changed: [], unchanged: 0 },
        chapters: { added: [{ title: "Rest", goals: 1, interventions: 1 }] },
      },
    });
    expect(await list(maya)).toEqual([]);
    expect(await store(maya, written)).toEqual({ taken: { items: { added: 2, changed: 0 }, chapters: { added: 1, changed: 0 } } });
    const kept = await maya.json<Kept>("GET", "/library/own/chapters/own-rest");
    const { prefix } = kept.chapter;
    expect(kept.chapter.objectives[0]).toMatchObject({ id: `${prefix}-count`, goals: [`${prefix}-evenings`] });
    expect(kept.chapter.interventions[0]?.text).toBe("Plans the evenings of the week with the client.");
    const { items } = await maya.json<{ items: { text: string; chapter: string | null }[] }>("GET", "/library/items");
    expect(items.find(({ text }) => text.includes("friends"))?.chapter).toBe("own-rest");
    expect(await check(maya, written)).toMatchObject({
      preview: { items: { added: [], changed: [], unchanged: 2 }, chapters: { added: [], changed: [], unchanged: 1 } },
    });
    expect((await actions()).at(-1)).toBe("library.import");
  });

  test("is right as the example on the screen shows it", async () => {
    expect(await check(maya, ownLibrarySample)).toMatchObject({
      faults: [],
      preview: { items: { added: [{}] }, chapters: { added: [{ title: "Rest from work" }] } },
    });
  });

  test("exported, brought into a practice that has nothing of its own, and exported again, is the same", async () => {
    const file = await exported(maya);
    expect(file).toMatch(/^# The practice's own library/);
    const { member, practice: house } = await maya.json<{ member: { id: string; name: string }; practice: { id: string } }>(
      "GET",
      "/session",
    );
    for (const closed of [member.id, member.name, house.id]) expect(file).not.toContain(closed);
    expect((await check(other, file)).faults).toEqual([]);
    await store(other, file);
    expect(await exported(other)).toBe(file);
    expect(await check(maya, file)).toMatchObject({ preview: { items: { unchanged: 2 }, chapters: { unchanged: 1 } } });
  });

  test("what differs is shown, and stays or changes as was decided", async () => {
    const file = (await exported(maya))
      .replace("Evenings are free of work.", "Evenings are ours.")
      .replace("Walks a round with", "Takes a walk with");
    const { preview } = await check(maya, file);
    expect(preview).toMatchObject({
      items: {
        added: [],
        changed: [{ mine: { text: "Walks a round with the client." }, file: { text: "Takes a walk with the client." } }],
        unchanged: 1,
      },
      chapters: {
        added: [],
        changed: [
          {
            id: "own-rest",
            difference: [
              { part: "Goals", added: 0, changed: 1, removed: 0, words: [{ was: "Evenings are free of work.", is: "Evenings are ours." }] },
            ],
          },
        ],
        unchanged: 0,
      },
    });
    const changed = [...(preview?.items.changed ?? []), ...(preview?.chapters.changed ?? [])];
    expect((await maya.refused("POST", "/library/own/import", { text: file, store: true, decisions: [] })).status).toBe(409);
    const decisions = changed.map(({ id, seen }) => ({ id, seen, take: id === "own-rest" ? "file" : "mine" }));
    // Somebody changes the chapter between looking and storing.
    const kept = await maya.json<Kept>("GET", "/library/own/chapters/own-rest");
    await save(ben, kept, { summary: "Ben was here." });
    expect((await maya.refused("POST", "/library/own/import", { text: file, store: true, decisions })).status).toBe(409);
    const anew = await check(maya, file);
    const seen = anew.preview?.chapters.changed[0]?.seen;
    const taken = await store(
      maya,
      file,
      decisions.map((one) => (one.id === "own-rest" ? { ...one, seen } : one)),
    );
    expect(taken).toEqual({ taken: { items: { added: 0, changed: 0 }, chapters: { added: 0, changed: 1 } } });
    const now = await maya.json<Kept>("GET", "/library/own/chapters/own-rest");
    expect(now).toMatchObject({ version: 3, chapter: { summary: "" } });
    expect(now.chapter.goals[0]?.text).toBe("Evenings are ours.");
    expect(await exported(maya)).toContain("Walks a round with the client.");
  });

  test("what was taken out comes back from it under its old ids", async () => {
    const file = await exported(maya);
    const before = await maya.json<Kept>("GET", "/library/own/chapters/own-rest");
    await maya.json("DELETE", "/library/own/chapters/own-rest", { version: before.version });
    expect(await check(maya, file)).toMatchObject({ preview: { chapters: { added: [{ id: "own-rest" }] } } });
    await store(maya, file);
    expect(await exported(maya)).toBe(file);
  });

  test("with several faults takes nothing, and tells all of them with line, column and what to do", async () => {
    const before = await exported(maya);
    const faulty = `trellis: own-library
items:
  - kind: wish
    text: Fine.
  - kind: goal
    texd: Misspelt.
chapters:
  - title: New
    goals:
      - text: Good.
        definitions: [nowhere]
`;
    expect((await check(maya, faulty)).faults).toEqual([
      { line: 3, column: 11, where: "items[0].kind", message: "Choose one of what is offered." },
      { line: 5, column: 5, where: "items[1].text", message: "This is missing." },
      { line: 6, column: 5, where: "items[1].texd", message: "There is no field “texd” here. Check its spelling, or take it out." },
    ]);
    const mended = faulty.replace("wish", "goal").replace("texd", "text");
    const checked = await check(maya, mended);
    expect(checked).toMatchObject({ preview: null, faults: [{ line: 11, column: 23, where: "chapters[0].goals[0].definitions[0]" }] });
    const refused = await maya.ask("POST", "/library/own/import", { text: mended, store: true });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ faults: [{ line: 11 }] });
    expect(await exported(maya)).toBe(before);
  });

  test.each<[string, string, RegExp]>([
    ["no YAML", "trellis: own-library\nitems:\n - a\n  b: {", /./],
    ["tabs", "trellis: own-library\nchapters:\n\t- title: New\n", /spaces and not with tabs/],
    ["another file", "name: something else\n", /begins with "trellis: own-library"/],
    ["nothing", "", /no file of a library/],
    ["a list", "- a\n- b\n", /no file of a library/],
    ["a field twice", "trellis: own-library\ntrellis: own-library\n", /“trellis” stands here twice/],
    [
      "two chapters of one id",
      "trellis: own-library\nchapters:\n  - {id: a, title: One}\n  - {id: a, title: Two}\n",
      /Another chapter of this file/,
    ],
    [
      "one statement twice",
      "trellis: own-library\nitems:\n  - {kind: goal, text: Same}\n  - {kind: goal, text: Same}\n",
      /stands in the file twice/,
    ],
    ["a chapter of nowhere", "trellis: own-library\nitems:\n  - {kind: goal, text: Same, chapter: gone}\n", /There is no chapter "gone"/],
    ["a key of the language's own", "trellis: own-library\n__proto__: {items: []}\n", /There is no field “__proto__”/],
    ["too many chapters", `trellis: own-library\nchapters:\n${"  - title: One\n".repeat(151)}`, /At most 150 chapters/],
    ["a tag", "trellis: own-library\nitems: !!js/function 'a'\n", /Tags/],
    [
      "an alias that multiplies itself",
      `trellis: own-library\na: &a [x,x,x,x,x,x,x,x]\n${[..."bcdefgh"].map((name, i) => `${name}: &${name} [${Array(8).fill(`*${"abcdefg"[i]}`).join(",")}]`).join("\n")}\n`,
      /anchors/,
    ],
    ["keys in keys without end", `trellis: own-library\nitems: ${"? ".repeat(20_000)}`, /nested more deeply/],
    ["lists as deep as they close", `trellis: own-library\nitems: ${"[".repeat(300)}${"]".repeat(300)}`, /nested more deeply/],
  ])("of %s is refused with words", async (_, text, message) => {
    const { faults, preview } = await check(maya, text);
    expect(preview).toBeNull();
    expect(faults.map((fault) => fault.message).join("\n")).toMatch(message);
    for (const { line, column } of faults) expect(Math.min(line, column)).toBeGreaterThan(0);
  });

  test("too large is refused before it is read", async () => {
    const text = `trellis: own-library\n# ${"x".repeat(5 * 1024 * 1024)}`;
    expect(await maya.refused("POST", "/library/own/import", { text })).toMatchObject({
      status: 413,
      detail: expect.stringContaining("5 MB"),
    });
    expect(await maya.refused("POST", "/library/own/import", { text: text + text + text })).toMatchObject({ status: 413 });
  });
});
