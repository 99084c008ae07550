import { EndingSummary } from "@trellis/domain/ending/summary";
import { expect, test } from "vitest";
import { mergeSummaries } from "./merge-summaries.ts";

const goal = (id: string, words = "") => ({ id, number: "1.1", text: "Sleep", status: "partly" as const, words, objectives: [] });

const base = EndingSummary.parse({
  kind: "discharge",
  date: "2026-11-23",
  episode: 1,
  from: "2026-09-01",
  to: "2026-11-23",
  subject: { name: "Rowan Example", calledName: "Rowan", birthDate: "1988-02-03" },
  author: { practiceName: "Willow Practice", clinicianId: "m1", clinicianName: "Ada Sample" },
  plan: null,
  sections: { risk: "Low.", course: "Nine sessions." },
  outcomes: [],
  goals: [goal("g1"), goal("g2")],
});

test("two people who write on different parts of a summary both keep their words", () => {
  const mine = {
    ...base,
    sections: { ...base.sections, risk: "Mine" },
    goals: [goal("g1", "Mine"), goal("g2")],
    ownWords: ["sections/risk", "goals/g1"],
  };
  const theirs = {
    ...base,
    sections: { ...base.sections, course: "Theirs" },
    goals: [goal("g1"), goal("g2", "Theirs")],
    ownWords: ["sections/course"],
  };
  const { merged, disputed } = mergeSummaries(base, mine, theirs);
  expect(disputed).toEqual([]);
  expect(merged.sections).toEqual({ risk: "Mine", course: "Theirs" });
  expect(merged.goals.map(({ words }) => words)).toEqual(["Mine", "Theirs"]);
  expect(merged.ownWords.toSorted()).toEqual(["goals/g1", "sections/course", "sections/risk"]);
});

test("the same part written twice is for them to choose", () => {
  const said = (risk: string) => ({ ...base, sections: { ...base.sections, risk } });
  expect(mergeSummaries(base, said("Mine"), said("Theirs")).disputed).toEqual(["risk"]);
  expect(mergeSummaries(base, said("Same"), said("Same")).disputed).toEqual([]);
});
