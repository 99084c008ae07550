import fc from "fast-check";
import { expect, test } from "vitest";
import { exampleGoal, exampleIntervention, exampleObjective, examplePlan } from "../plan/plan.test-data.ts";
import { NoteFormat, NoteHead, ObjectiveRating, ProgressNote } from "./note.ts";
import { interventionsAtHand, noteBefore, objectivesAtHand, startNote } from "./start-note.ts";

const today = "2026-11-23";

test("structure carries over from the last note, and narrative never does", () => {
  const words = fc.stringMatching(/^[A-Z][a-z]{11,30}$/);
  const lastNote = fc
    .record({
      format: fc.constantFrom(...NoteFormat.options),
      modality: fc.constantFrom("in-person", "video", "phone"),
      sessionFormat: fc.constantFrom("individual", "couple", "family", "group"),
      client: words,
      nextTime: words,
      risk: fc.record({ state: fc.constantFrom("none", "unchanged", "changed"), text: words }),
      objectives: fc.array(
        fc.record({ objectiveId: words, rating: fc.constantFrom(...ObjectiveRating.options), comment: words, text: words }),
      ),
      interventions: fc.array(fc.record({ interventionId: words, comment: words, text: words })),
      homework: fc.array(
        fc.record({ homeworkId: words, outcome: fc.constantFrom("done", "partly", "not-done"), why: words, title: words }),
      ),
    })
    .map((head) => NoteHead.parse({ ...head, date: "2026-11-16", start: "14:00", end: "14:50", sessionId: "s0" }));
  fc.assert(
    fc.property(lastNote, (last) => {
      const note = startNote({ plan: { id: "p", revision: 2 }, session: null, lastNote: last, today });
      expect([note.format, note.modality, note.sessionFormat, note.plan]).toEqual([
        last.format,
        last.modality,
        last.sessionFormat,
        { id: "p", revision: 2 },
      ]);
      const empty = startNote({ plan: { id: "p", revision: 2 }, session: null, lastNote: null, today });
      // But for its structure the note is as without one before.
      expect({ ...note, format: empty.format, modality: empty.modality, sessionFormat: empty.sessionFormat }).toEqual(empty);
    }),
  );
});

test("a note of a session takes over its day, times and kind", () => {
  const session = { id: "s1", date: "2026-11-20", start: "10:00", end: "10:50", format: "group", modality: "video" } as const;
  expect(startNote({ plan: null, session, lastNote: null, format: "birp", today })).toEqual(
    ProgressNote.parse({
      format: "birp",
      sessionId: "s1",
      date: "2026-11-20",
      start: "10:00",
      end: "10:50",
      sessionFormat: "group",
      modality: "video",
    }),
  );
});

test("at hand are the objectives that are worked on, those of the last note first, and the interventions that serve them", () => {
  const plan = examplePlan({
    goals: [exampleGoal(), exampleGoal({ id: "g2", lifecycleStatus: "on-hold" })],
    objectives: [
      exampleObjective({ id: "o1", lifecycleStatus: "active" }),
      exampleObjective({ id: "o2", lifecycleStatus: "completed" }),
      exampleObjective({ id: "o3", lifecycleStatus: "active" }),
      exampleObjective({ id: "o4", goalId: "g2", lifecycleStatus: "active" }),
    ],
    interventions: [
      exampleIntervention({ id: "i1", objectiveIds: ["o1"] }),
      exampleIntervention({ id: "i2", objectiveIds: ["o2"] }),
      exampleIntervention({ id: "i3", objectiveIds: [] }),
      exampleIntervention({ id: "i4", objectiveIds: ["o3"] }),
    ],
  });
  const last = NoteHead.parse({
    format: "dap",
    date: "2026-11-16",
    objectives: [{ objectiveId: "o3", rating: "some" }],
    interventions: [{ interventionId: "i4" }],
  });
  const objectives = objectivesAtHand(plan, last);
  expect(objectives.map(({ id }) => id)).toEqual(["o3", "o1"]);
  expect(interventionsAtHand(plan, objectives, last).map(({ id }) => id)).toEqual(["i4", "i1", "i3"]);
});

test("the note before is the newest of an earlier day, or written earlier the same day", () => {
  const head = NoteHead.parse({ format: "dap", date: "2026-11-16" });
  const notes = [
    { id: "a", date: "2026-11-09", head },
    { id: "b", date: "2026-11-16", head },
    { id: "c", date: "2026-11-16", head },
    { id: "summary", date: "2026-11-16", head: null },
    { id: "d", date: "2026-11-30", head },
  ];
  expect(noteBefore(notes, { id: "c", date: "2026-11-16" })?.id).toBe("b");
  expect(noteBefore(notes, { id: "new", date: "2026-11-16" })?.id).toBe("c");
  expect(noteBefore(notes, { id: "new", date: "2026-11-01" })).toBeNull();
});
