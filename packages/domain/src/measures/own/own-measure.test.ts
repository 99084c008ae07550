import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lintMeasure } from "../../library/lint-measure.ts";
import { checkAnswers } from "../check-answers.ts";
import { type Measure, optionsOf } from "../measure.ts";
import { scoreAnswers } from "../score.ts";
import type { DailyCountForm } from "./daily-count.ts";
import { attainmentSteps, type GoalScaleForm } from "./goal-scale.ts";
import { formOfMeasure, measureOfForm, OwnForm } from "./own-form.ts";
import { soundsLikeRisk, uuidOfOwn, versionAfter, whyAnswersBecomeUnreadable } from "./own-measure.ts";
import type { RatingForm } from "./rating.ts";
import type { ShortForm } from "./short-form.ts";

const uuid = "3f2c8f56-6a0b-4c0c-9a59-0d0b6a4b7a11";

const dread: RatingForm = {
  kind: "rating",
  name: "Dread before work",
  area: "individual",
  question: "How strong is the dread on the way to work?",
  low: "none",
  high: "the worst I can imagine",
  higherIs: "worse",
  riskFrom: null,
};
const urges: DailyCountForm = {
  kind: "count",
  name: "Urges",
  area: "risk",
  question: "How many urges to hurt yourself were there today?",
  unit: "urges",
  max: 30,
  halves: false,
  higherIs: "worse",
  riskFrom: 1,
};
const sleep: DailyCountForm = { ...urges, name: "Sleep", unit: "hours", max: 24, halves: true, higherIs: "better", riskFrom: null };
const goals: GoalScaleForm = {
  kind: "goals",
  name: "Robin's goals",
  area: "individual",
  goals: [
    { text: "Leaving the house", weight: 2, levels: ["not at all", "with somebody", "alone, once a week", "alone, most days", "daily"] },
    { text: "Calling my sister", weight: 1, levels: ["never", "by message", "once a month", "twice a month", "weekly"] },
  ],
};
const week: ShortForm = {
  kind: "form",
  name: "My week",
  area: "individual",
  instruction: "Think of the last week.",
  questions: ["I did something that I enjoy.", "I spoke with a friend."],
  answers: ["never", "sometimes", "often"],
  countsFrom: 0,
  method: "sum",
  higherIs: "better",
  recall: "the last week",
  everyDays: 7,
  risk: [],
};

/** Every answer that an item can have, or a few of many. */
function anyAnswer(measure: Measure, i: number): fc.Arbitrary<number> {
  const item = measure.items[i];
  if (item?.quantity !== undefined) {
    const { min, max, step } = item.quantity;
    return fc.integer({ min: 0, max: Math.round((max - min) / step) }).map((steps) => min + steps * step);
  }
  return fc.constantFrom(...(item === undefined ? [] : optionsOf(measure, item).map(({ value }) => value)));
}

const words = (min: number, max: number) =>
  fc.string({ minLength: min, maxLength: max, unit: fc.constantFrom(..."abcdefg ") }).map((text) => `w${text.trim()}xyz`);
const anyForm: fc.Arbitrary<OwnForm> = fc.oneof(
  fc
    .record({
      question: words(0, 60),
      low: words(0, 60),
      high: words(0, 60),
      higherIs: fc.constantFrom("worse" as const, "better" as const),
    })
    .map((part) => ({ ...dread, ...part })),
  fc.record({ max: fc.integer({ min: 1, max: 1000 }), halves: fc.boolean() }).map((part) => ({ ...urges, ...part })),
  fc.array(fc.record({ text: words(0, 40), weight: fc.integer({ min: 1, max: 100 }) }), { minLength: 1, maxLength: 5 }).map((some) => ({
    ...goals,
    goals: some.map((goal) => ({ ...goal, levels: ["a1", "b1", "c1", "d1", "e1"] as GoalScaleForm["goals"][number]["levels"] })),
  })),
  fc
    .record({
      questions: fc.array(words(0, 60), { minLength: 1, maxLength: 20 }),
      answers: fc.integer({ min: 2, max: 11 }).map((n) => Array.from({ length: n }, (_, i) => `answer ${i}`)),
      method: fc.constantFrom("sum" as const, "mean" as const),
      countsFrom: fc.constantFrom(0 as const, 1 as const),
    })
    .map((part) => ({ ...week, ...part })),
);

describe("a measure of one's own", () => {
  it.each([dread, urges, sleep, goals, week])("is sound in every part: $name", (form) => {
    expect(lintMeasure("own", measureOfForm(uuid, OwnForm.parse(form)))).toEqual([]);
  });

  it("is sound and scores within its range, whatever is made and answered", () => {
    fc.assert(
      fc.property(
        anyForm.chain((form) => {
          const measure = measureOfForm(uuid, form);
          return fc.tuple(fc.constant(form), fc.constant(measure), fc.tuple(...measure.items.map((_, i) => anyAnswer(measure, i))));
        }),
        ([form, measure, answers]) => {
          expect(OwnForm.safeParse(form).success).toBe(true);
          expect(lintMeasure("own", measure)).toEqual([]);
          expect(checkAnswers(measure, answers)).toEqual([]);
          const { total } = scoreAnswers(measure, answers);
          const [low, high] = measure.scoring.range;
          expect(total).toBeGreaterThanOrEqual(Math.min(low, high));
          expect(total).toBeLessThanOrEqual(high);
        },
      ),
    );
  });

  it.each([dread, urges, sleep, goals, week])("can be opened again as it was filled in: $name", (form) => {
    expect(formOfMeasure(uuid, measureOfForm(uuid, form))).toEqual(form);
  });

  it("is kept under an id that names its place", () => {
    expect(uuidOfOwn(measureOfForm(uuid, dread).id)).toBe(uuid);
    expect(uuidOfOwn("phq9")).toBeNull();
  });

  it("counts hours in halves, and refuses a quarter", () => {
    const measure = measureOfForm(uuid, sleep);
    expect(scoreAnswers(measure, [6.5]).total).toBe(6.5);
    expect(checkAnswers(measure, [6.25])).toEqual([
      { pointer: "/answers/0", message: "Item 1 of Sleep goes in steps of 0.5; 6.25 lies between two." },
    ]);
  });

  it("speaks up at an answer that tells of danger, and asks where it was left open", () => {
    const measure = measureOfForm(uuid, urges);
    expect(scoreAnswers(measure, [2]).flags.map(({ kind }) => kind)).toEqual(["risk-behavior"]);
    expect(scoreAnswers(measure, [0]).flags).toEqual([]);
    expect(scoreAnswers(measure, [null]).riskItemsNotAnswered).toEqual([1]);
  });

  it("proposes which questions are about danger", () => {
    expect(
      ["Thoughts of suicide", "How often did you hurt yourself?", "I wished to be dead", "Thoughts of ending my life"].every(
        soundsLikeRisk,
      ),
    ).toBe(true);
    expect(["How well did you sleep?", "I felt close to others", "I used a skill that I learned"].some(soundsLikeRisk)).toBe(false);
  });
});

describe("goal attainment", () => {
  it("is 50 when every goal is reached as expected, and shows its steps", () => {
    const measure = measureOfForm(uuid, goals);
    expect(scoreAnswers(measure, [0, 0]).total).toBe(50);
    // 50 + 10 × (2×1 + 1×-1) ÷ √(0.7 × 5 + 0.3 × 9) = 50 + 10 ÷ √6.2
    expect(attainmentSteps(measure, [1, -1])).toMatchObject({ weighted: 1, weights: 3, squares: 5, divisor: 2.49, t: 54.02 });
    expect(scoreAnswers(measure, [1, -1]).total).toBe(54.02);
    expect(attainmentSteps(measure, [1, null]).t).toBeNull();
  });

  it("asks for a weight above 0", () => {
    const weightless = { ...goals, goals: goals.goals.map((goal) => ({ ...goal, weight: 0 })) };
    expect(OwnForm.safeParse(weightless).error?.issues[0]?.path).toEqual(["goals", 0, "weight"]);
  });
});

describe("a change of an own measure", () => {
  const change = (before: OwnForm, after: OwnForm) => whyAnswersBecomeUnreadable(measureOfForm(uuid, before), measureOfForm(uuid, after));

  it("makes a new version where the questions or the scoring change, and none for a name", () => {
    const before = measureOfForm(uuid, week);
    expect(versionAfter(before, measureOfForm(uuid, { ...week, name: "Robin's week" }))).toBe("1.0");
    expect(versionAfter(before, measureOfForm(uuid, { ...week, recall: "the last 7 days" }))).toBe("1.1");
    expect(versionAfter({ ...before, version: "1.9" }, measureOfForm(uuid, { ...week, method: "mean" }))).toBe("1.10");
  });

  it.each<[string, OwnForm, OwnForm]>([
    ["a question more", week, { ...week, questions: [...week.questions, "I slept."] }],
    ["an answer less", week, { ...week, answers: ["never", "often"] }],
    ["the mean for the sum", week, { ...week, method: "mean" }],
    ["another way to read it", dread, { ...dread, higherIs: "better" }],
    ["a smaller range", urges, { ...urges, max: 10 }],
    ["another unit", urges, { ...urges, unit: "hours" }],
    ["whole numbers only", sleep, { ...sleep, halves: false }],
    ["another weight", goals, { ...goals, goals: goals.goals.map((goal) => ({ ...goal, weight: 3 })) }],
    ["another kind", dread, urges],
  ])("is refused once answered: %s", (_, before, after) => {
    expect(change(before, after)).not.toBeNull();
  });

  it("keeps the levels of a goal as they were described before treatment", () => {
    const [first, second] = goals.goals;
    if (first === undefined || second === undefined) throw new Error("two goals");
    const easier = { ...first, levels: ["a little", ...first.levels.slice(1)] as typeof first.levels };
    expect(change(goals, { ...goals, goals: [easier, second] })).toContain("before it was first rated");
  });

  it.each<[string, OwnForm, OwnForm]>([
    ["better words", week, { ...week, questions: ["I did a thing that I enjoy.", "I spoke with a friend."] }],
    ["a larger range", urges, { ...urges, max: 60 }],
    ["halves", { ...sleep, halves: false }, sleep],
    ["an alert", dread, { ...dread, riskFrom: 8 }],
  ])("is taken although answered: %s", (_, before, after) => {
    expect(change(before, after)).toBeNull();
  });
});
