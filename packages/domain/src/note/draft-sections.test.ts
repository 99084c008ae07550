import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { examplePlan } from "../plan/plan.test-data.ts";
import { draftedSection, draftedSections, inFormat, withDraftedText, withOwnWords } from "./draft-sections.ts";
import { NoteFormat, noteSections, ProgressNote } from "./note.ts";
import { emptyContext, inShort, type NoteContext, withWording } from "./note-context.ts";

const context: NoteContext = {
  ...emptyContext,
  plan: examplePlan(),
  homework: [{ id: "h1", title: "Activity record" }],
  given: ["One planned walk"],
  scores: [
    {
      measure: "phq9",
      name: "PHQ-9",
      total: 12,
      said: "12 of 27",
      date: "2026-11-20",
      before: { total: 17, date: "2026-11-06" },
      better: 5,
      reliable: true,
      threshold: 5,
    },
  ],
};
const note = ProgressNote.parse({
  format: "soap",
  date: "2026-11-23",
  objectives: [{ objectiveId: "o1", rating: "good", comment: "Baked on Sunday" }],
  interventions: [{ interventionId: "i1" }],
  homework: [{ homeworkId: "h1", outcome: "partly", why: "Two evenings were too full" }],
  client: "“I had flour on my hands again.” Smiled more than last week.",
  risk: { state: "none" },
  nextTime: "Plan the week of the holidays",
});

const said = {
  client: "“I had flour on my hands again.” Smiled more than last week.",
  homework: "Homework “Activity record”: done in part. Two evenings were too full.",
  scores: "PHQ-9: 12 of 27 on November 20, 2026; 17 on November 6, 2026. 5 points better, a reliable change.",
  interventions: "Interventions used: activity scheduling.",
  objectives:
    "Objective 1.1.1, “Raise the days with a planned activity from 1 to 4 a week by February 1, 2027”: good progress. Baked on Sunday.",
  risk: "Asked about risk of harm to self and others: no concern.",
  goals:
    "Worked toward goal 1.1, “Bring back daily activity and interest”: objective 1.1.1, “Raise the days with a planned activity from 1 to 4 a week by February 1, 2027”.",
  next: "Next time: Plan the week of the holidays.\nHomework given: “One planned walk”.",
};
const lines = (...parts: (keyof typeof said)[]) => parts.map((part) => said[part]).join("\n");

describe("what the ticks imply, by format", () => {
  test.each<[NoteFormat, Record<string, string>]>([
    [
      "soap",
      {
        subjective: lines("client", "homework"),
        objective: lines("scores", "interventions"),
        assessment: lines("objectives", "risk"),
        plan: lines("next"),
      },
    ],
    ["dap", { data: lines("client", "homework", "scores", "interventions"), assessment: lines("objectives", "risk"), plan: lines("next") }],
    [
      "birp",
      {
        behavior: lines("client", "homework", "scores"),
        intervention: lines("interventions"),
        response: lines("objectives", "risk"),
        plan: lines("next"),
      },
    ],
    [
      "girp",
      {
        goal: lines("goals"),
        intervention: lines("interventions"),
        response: lines("client", "homework", "scores", "objectives", "risk"),
        plan: lines("next"),
      },
    ],
    ["free", { text: lines("client", "homework", "scores", "interventions", "objectives", "risk", "next") }],
  ])("%s", (format, sections) => {
    expect(draftedSections({ ...note, format }, context)).toEqual(sections);
  });

  test("nothing is said of what was not ticked: risk that nobody asked about, no objective, no homework", () => {
    const empty = ProgressNote.parse({ format: "free", date: "2026-11-23" });
    expect(draftedSections(empty, emptyContext)).toEqual({ text: "" });
  });

  test.each([
    ["unchanged", null, "", "Asked about risk of harm to self and others: unchanged since it was last assessed."],
    [
      "changed",
      "moderate",
      "Passive thoughts on Monday",
      "Asked about risk of harm to self and others: changed, now judged moderate. Passive thoughts on Monday.",
    ],
  ] as const)("risk %s", (state, level, text, sentence) => {
    const asked = ProgressNote.parse({ format: "soap", date: "2026-11-23", risk: { state, level, text } });
    expect(draftedSection(asked, emptyContext, "assessment")).toBe(sentence);
  });
});

describe("own words", () => {
  test("stay whatever is ticked, and follow the ticks again once they are the same", () => {
    const own = withOwnWords(note, context, "assessment", "My own judgment.");
    const ticked = withDraftedText({ ...own, objectives: [{ objectiveId: "o1", rating: "worse", comment: "", text: "" }] }, context);
    expect(ticked.sections.assessment).toBe("My own judgment.");
    expect(ticked.sections.subjective).toBe(lines("client", "homework"));
    expect(withOwnWords(own, context, "assessment", draftedSection(own, context, "assessment")).ownWords).toEqual([]);
  });

  test("move along into another format: not a word of them is lost, whichever formats come after each other", () => {
    const word = fc.stringMatching(/^[a-z]{6,12}$/);
    fc.assert(
      fc.property(
        fc.constantFrom(...NoteFormat.options),
        fc.array(fc.constantFrom(...NoteFormat.options), { minLength: 1, maxLength: 6 }),
        fc.array(word, { minLength: 4, maxLength: 4 }),
        (first, formats, words) => {
          const own = noteSections[first].reduce((so, section, index) => withOwnWords(so, context, section, `own ${words[index]}`), {
            ...note,
            format: first,
          } as ProgressNote);
          const last = formats.reduce((so, format) => inFormat(so, format, context), own);
          const text = Object.values(last.sections).join("\n");
          for (const [index] of noteSections[first].entries()) expect(text).toContain(`own ${words[index]}`);
          expect(Object.keys(last.sections)).toEqual([...noteSections[last.format]]);
        },
      ),
    );
  });

  test("what was not in own words is drafted for the other format", () => {
    const own = withOwnWords(note, context, "assessment", "My own judgment.");
    const girp = inFormat(own, "girp", context);
    expect(girp.sections.response).toBe(`My own judgment.\n${lines("client", "homework", "scores")}`);
    expect(girp.sections.goal).toBe(said.goals);
  });
});

test("a signed note carries the wording of what it names, and keeps the words of what the plan does not know any more", () => {
  const worded = withWording(note, context);
  expect(worded.objectives[0]?.text).toBe("1.1.1 Raise the days with a planned activity from 1 to 4 a week by February 1, 2027.");
  expect(worded.interventions[0]?.text).toBe(
    "Activity scheduling: Plans three activities a week with the client and goes over the record of them.",
  );
  expect(worded.homework[0]?.title).toBe("Activity record");
  expect(withWording(worded, { plan: null, homework: [] })).toEqual(worded);
});

test("a long wording is cut at a word", () => {
  expect(inShort("Practice the breathing every evening before bed, and write down how it went.", 40)).toBe(
    "Practice the breathing every evening…",
  );
});
