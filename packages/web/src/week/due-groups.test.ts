import { expect, it } from "vitest";
import type { DueLine } from "../api/due.ts";
import { dueGroups, dueWords, lastWords } from "./due-groups.ts";

const today = "2026-11-25";
const line = (name: string, state: DueLine["state"], dueOn: string): DueLine => ({
  clientId: name,
  name,
  calledName: name,
  isPracticeClient: false,
  inForce: true,
  measure: "phq9",
  measureName: "PHQ-9",
  state,
  dueOn,
  why: "",
  canBeAnswered: true,
  last: null,
});

it("puts first what was missed, then what is overdue, then the days of the week", () => {
  const groups = dueGroups(
    [
      line("Robin", "missed", "2026-09-01"),
      line("Alex", "overdue", "2026-11-20"),
      line("Sam", "due", "2026-11-25"),
      line("Drew", "due", "2026-11-26"),
      line("Quinn", "due", "2026-11-28"),
    ],
    today,
  );
  expect(groups.map(({ title, lines }) => [title, lines.map(({ name }) => name)])).toEqual([
    ["Missed", ["Robin"]],
    ["Overdue", ["Alex"]],
    ["Today", ["Sam"]],
    ["Tomorrow", ["Drew"]],
    ["Saturday, November 28, 2026", ["Quinn"]],
  ]);
});

it.each([
  ["2026-11-25", "due today"],
  ["2026-11-26", "due tomorrow"],
  ["2026-11-28", "due in 3 days"],
  ["2026-11-24", "was due yesterday"],
  ["2026-11-20", "was due 5 days ago"],
  ["2026-09-01", "was due September 1, 2026"],
])("%s: %s", (dueOn, words) => {
  expect(dueWords({ dueOn }, today)).toBe(words);
});

it("says the last score, and that there is none", () => {
  expect(lastWords({ last: null })).toBe("No score yet.");
  expect(lastWords({ last: { date: "2026-11-03", total: 14, outOf: 27, band: "moderate" } })).toBe("Last score 14 of 27, moderate.");
  expect(lastWords({ last: { date: "2026-11-03", total: 18, outOf: 40, band: "" } })).toBe("Last score 18 of 40.");
  expect(lastWords({ last: { date: "2026-11-03", total: null, outOf: 27, band: "" } })).toBe("Last time incomplete, without a score.");
});
