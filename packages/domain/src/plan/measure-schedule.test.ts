import { expect, test } from "vitest";
import { applyEdits } from "./edit-plan.ts";
import { formsForClient, scheduleInWords } from "./measure-schedule.ts";
import { examplePlan } from "./plan.test-data.ts";
import { MeasureSchedule, type ScheduleTime } from "./plan.ts";

const entry = (when: ScheduleTime, everyWeeks = 2): MeasureSchedule => ({
  id: `${when}-${everyWeeks}`,
  measure: "phq9",
  measureName: "PHQ-9",
  when,
  everyWeeks,
  because: [],
});

test("what was stored before there was anything but weeks reads as it did", () => {
  const before = { id: "s1", measure: "phq9", measureName: "PHQ-9", everyWeeks: 2, because: [] };
  const parsed = MeasureSchedule.parse(before);
  expect(parsed.when).toBe("weeks");
  expect(scheduleInWords(parsed)).toBe("every 2 weeks");
});

test.each<[ScheduleTime, number, string]>([
  ["weeks", 1, "every week"],
  ["weeks", 4, "every 4 weeks"],
  ["every-session", 4, "at every session"],
  ["review", 4, "at each review"],
  ["discharge", 4, "at the end of therapy"],
])("%s, %i: %s", (when, everyWeeks, words) => {
  expect(scheduleInWords({ when, everyWeeks })).toBe(words);
});

test.each<[MeasureSchedule[], string | null]>([
  [[], null],
  [[entry("weeks", 4), entry("weeks", 2)], "You fill in a short form every 2 weeks. It shows us both if things get better."],
  [[entry("weeks", 1)], "You fill in a short form every week. It shows us both if things get better."],
  [[entry("weeks"), entry("every-session")], "You fill in a short form each time we meet. It shows us both if things get better."],
  [
    [entry("discharge"), entry("review")],
    "You fill in a short form when we look at this plan again. It shows us both if things get better.",
  ],
  [[entry("discharge")], "You fill in a short form when therapy ends. It shows us both if things get better."],
])("the client is told about the form that comes most often", (schedule, words) => {
  expect(formsForClient(schedule)).toBe(words);
});

test("choosing another time keeps the weeks, and can be undone", () => {
  const plan = examplePlan({ measureSchedule: [entry("weeks", 6)] });
  const changed = applyEdits(plan, [{ type: "set", path: ["measureSchedule", "weeks-6", "when"], value: "review" }]);
  expect(changed.ok && changed.plan.measureSchedule[0]).toMatchObject({ when: "review", everyWeeks: 6 });
  const back = changed.ok ? applyEdits(changed.plan, changed.inverse) : null;
  expect(back?.ok === true && back.plan).toEqual(plan);
  const refused = applyEdits(plan, [{ type: "set", path: ["measureSchedule", "weeks-6", "when"], value: "sometimes" }]);
  expect(refused.ok).toBe(false);
});
