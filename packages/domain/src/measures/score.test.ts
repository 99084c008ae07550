import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasTotal, type Measure, optionsOf } from "./measure.ts";
import { scoreAnswers, subscaleRange } from "./score.ts";
import { audit, auditc, cesd, everyMeasure, gad2, gad7, gds15, pcl5, pcptsd5, phq2, phq9, phq15 } from "./shipped-measures.test-data.ts";

const kroenke2001 = "Kroenke, Spitzer, Williams 2001, J Gen Intern Med 16:606";
const spitzer2006 = "Spitzer et al. 2006, Arch Intern Med 166:1092";
const whoManual = "WHO/MSD/MSB/01.6a, AUDIT manual, second edition";
const ncptsd = "National Center for PTSD, Using the PTSD Checklist for DSM-5";
const kroenke2003 = "Kroenke, Spitzer, Williams 2003, Med Care 41:1284";
const kroenke2007 = "Kroenke et al. 2007, Ann Intern Med 146:317";
const kroenke2002 = "Kroenke, Spitzer, Williams 2002, Psychosom Med 64:258";
const pcPtsdForm = "National Center for PTSD, PC-PTSD-5 form: if no, screen total = 0";
const bovin2021 = "Bovin et al. 2021, JAMA Netw Open 4(2):e2036733";
const sheikh1986 = "Sheikh, Yesavage 1986, Clin Gerontol 5:165";
const radloff1977 = "Radloff 1977, Appl Psychol Meas 1:385";

const answersWith = (length: number, value: number, items: readonly number[]): number[] =>
  Array.from({ length }, (_, i) => (items.includes(i + 1) ? value : 0));

interface Vector {
  readonly measure: Measure;
  readonly answers: readonly (number | null)[];
  readonly total: number | null;
  readonly band?: string;
  readonly isCase?: boolean | null;
  readonly flaggedItems?: readonly number[];
  readonly source: string;
}

const vectors: Record<string, Vector> = {
  "PHQ-9, mixed answers": {
    measure: phq9,
    answers: [2, 2, 1, 2, 1, 1, 1, 0, 1],
    total: 11,
    band: "moderate",
    isCase: true,
    flaggedItems: [9],
    source: kroenke2001,
  },
  "PHQ-9, only item 9": {
    measure: phq9,
    answers: [0, 0, 0, 0, 0, 0, 0, 0, 1],
    total: 1,
    band: "minimal",
    isCase: false,
    flaggedItems: [9],
    source: kroenke2001,
  },
  "PHQ-9, top of minimal": {
    measure: phq9,
    answers: [1, 1, 1, 1, 0, 0, 0, 0, 0],
    total: 4,
    band: "minimal",
    isCase: false,
    flaggedItems: [],
    source: kroenke2001,
  },
  "PHQ-9, bottom of mild": {
    measure: phq9,
    answers: [1, 1, 1, 1, 1, 0, 0, 0, 0],
    total: 5,
    band: "mild",
    isCase: false,
    source: kroenke2001,
  },
  "PHQ-9, just below the cutoff": {
    measure: phq9,
    answers: [2, 2, 2, 2, 1, 0, 0, 0, 0],
    total: 9,
    band: "mild",
    isCase: false,
    source: kroenke2001,
  },
  "PHQ-9, at the cutoff": {
    measure: phq9,
    answers: [2, 2, 2, 2, 2, 0, 0, 0, 0],
    total: 10,
    band: "moderate",
    isCase: true,
    source: kroenke2001,
  },
  "PHQ-9, moderately severe": {
    measure: phq9,
    answers: [3, 3, 3, 3, 3, 0, 0, 0, 0],
    total: 15,
    band: "moderately severe",
    source: kroenke2001,
  },
  "PHQ-9, severe": { measure: phq9, answers: [3, 3, 3, 3, 3, 3, 2, 0, 0], total: 20, band: "severe", source: kroenke2001 },
  "PHQ-9, the function item does not count": {
    measure: phq9,
    answers: [1, 1, 1, 1, 1, 0, 0, 0, 0, 3],
    total: 5,
    flaggedItems: [10],
    source: kroenke2001,
  },
  "GAD-7, moderate": {
    measure: gad7,
    answers: [3, 2, 2, 1, 1, 1, 0],
    total: 10,
    band: "moderate",
    isCase: true,
    flaggedItems: [],
    source: spitzer2006,
  },
  "GAD-7, at the NHS cutoff": {
    measure: gad7,
    answers: [2, 2, 2, 2, 0, 0, 0],
    total: 8,
    band: "mild",
    isCase: true,
    source: "NHS Talking Therapies manual",
  },
  "GAD-7, all": { measure: gad7, answers: [3, 3, 3, 3, 3, 3, 3], total: 21, band: "severe", source: spitzer2006 },
  "AUDIT, all": {
    measure: audit,
    answers: [4, 4, 4, 4, 4, 4, 4, 4, 4, 4],
    total: 40,
    band: "likely dependence",
    isCase: true,
    flaggedItems: [4, 5, 6],
    source: whoManual,
  },
  "AUDIT, items 9 and 10 count 2 or 4": {
    measure: audit,
    answers: [1, 0, 0, 0, 0, 0, 0, 0, 2, 4],
    total: 7,
    band: "low risk",
    isCase: false,
    source: whoManual,
  },
  "AUDIT, a 1 on item 9 does not exist": {
    measure: audit,
    answers: [1, 0, 0, 0, 0, 0, 0, 0, 1, 0],
    total: null,
    isCase: null,
    source: whoManual,
  },
  "AUDIT, who never drinks goes on to question 9": {
    measure: audit,
    answers: [0, null, null, null, null, null, null, null, 0, 2],
    total: 2,
    band: "low risk",
    source: whoManual,
  },
  "AUDIT, who never has more than two goes on to question 9": {
    measure: audit,
    answers: [3, 0, 0, null, null, null, null, null, 0, 0],
    total: 3,
    band: "low risk",
    source: whoManual,
  },
  "AUDIT, questions 4 to 8 must be answered otherwise": {
    measure: audit,
    answers: [3, 1, 0, null, null, null, null, null, 0, 0],
    total: null,
    source: whoManual,
  },
  "AUDIT, harmful": { measure: audit, answers: [4, 2, 4, 0, 0, 0, 2, 0, 0, 4], total: 16, band: "harmful drinking", source: whoManual },
  "PCL-5, pattern below the cutoff": {
    measure: pcl5,
    answers: answersWith(20, 2, [1, 6, 8, 9, 15, 17]),
    total: 12,
    isCase: false,
    flaggedItems: [],
    source: ncptsd,
  },
  "PCL-5, at the cutoff": {
    measure: pcl5,
    answers: [...Array<number>(15).fill(2), 1, 0, 0, 0, 0],
    total: 31,
    isCase: true,
    source: ncptsd,
  },
  "PHQ-2, just below the cutoff": { measure: phq2, answers: [1, 1], total: 2, isCase: false, flaggedItems: [], source: kroenke2003 },
  "PHQ-2, at the cutoff": { measure: phq2, answers: [0, 3], total: 3, isCase: true, source: kroenke2003 },
  "PHQ-2, one answer is not enough": { measure: phq2, answers: [3, null], total: null, isCase: null, source: kroenke2003 },
  "GAD-2, just below the cutoff": { measure: gad2, answers: [2, 0], total: 2, isCase: false, source: kroenke2007 },
  "GAD-2, at the cutoff": { measure: gad2, answers: [2, 1], total: 3, isCase: true, source: kroenke2007 },
  "PHQ-15, top of minimal": { measure: phq15, answers: answersWith(15, 2, [1, 2]), total: 4, band: "minimal", source: kroenke2002 },
  "PHQ-15, bottom of low": {
    measure: phq15,
    answers: answersWith(15, 1, [1, 2, 3, 4, 5]),
    total: 5,
    band: "low",
    isCase: null,
    source: kroenke2002,
  },
  "PHQ-15, bottom of medium": {
    measure: phq15,
    answers: answersWith(15, 2, [1, 2, 3, 4, 5]),
    total: 10,
    band: "medium",
    source: kroenke2002,
  },
  "PHQ-15, bottom of high, without the question about periods": {
    measure: phq15,
    answers: [1, 1, 1, null, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2],
    total: 15,
    band: "high",
    source: kroenke2002,
  },
  "PHQ-15, every other question is needed": {
    measure: phq15,
    answers: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, null, 1, 1, 1, 1],
    total: null,
    source: kroenke2002,
  },
  "PC-PTSD-5, no such event": { measure: pcptsd5, answers: [0, null, null, null, null, null], total: 0, isCase: false, source: pcPtsdForm },
  "PC-PTSD-5, no such event, whatever else was answered": {
    measure: pcptsd5,
    answers: [0, 1, 1, 1, 1, 1],
    total: 0,
    isCase: false,
    source: pcPtsdForm,
  },
  "PC-PTSD-5, just below the cutoff": { measure: pcptsd5, answers: [1, 1, 1, 1, 0, 0], total: 3, isCase: false, source: bovin2021 },
  "PC-PTSD-5, at the cutoff": { measure: pcptsd5, answers: [1, 1, 1, 1, 1, 0], total: 4, isCase: true, source: bovin2021 },
  "PC-PTSD-5, the event alone does not count": { measure: pcptsd5, answers: [1, 0, 0, 0, 0, 0], total: 0, source: pcPtsdForm },
  "AUDIT-C, all": { measure: auditc, answers: [4, 4, 4], total: 12, isCase: null, flaggedItems: [], source: whoManual },
  "AUDIT-C, who never drinks is not asked how much": { measure: auditc, answers: [0, null, null], total: 0, source: whoManual },
  "AUDIT-C, who drinks is": { measure: auditc, answers: [1, null, 0], total: null, source: whoManual },
  "GDS-15, all yes": { measure: gds15, answers: Array<number>(15).fill(1), total: 10, band: "moderate", isCase: true, source: sheikh1986 },
  "GDS-15, all no": { measure: gds15, answers: Array<number>(15).fill(0), total: 5, band: "mild", isCase: false, source: sheikh1986 },
  "GDS-15, nothing wrong": { measure: gds15, answers: answersWith(15, 1, [1, 5, 7, 11, 13]), total: 0, band: "normal", source: sheikh1986 },
  "GDS-15, everything wrong": {
    measure: gds15,
    answers: answersWith(15, 1, [2, 3, 4, 6, 8, 9, 10, 12, 14, 15]),
    total: 15,
    band: "severe",
    source: sheikh1986,
  },
  "GDS-15, top of normal": {
    measure: gds15,
    answers: answersWith(15, 1, [1]),
    total: 4,
    band: "normal",
    isCase: false,
    source: sheikh1986,
  },
  "GDS-15, at the cutoff": { measure: gds15, answers: answersWith(15, 1, [2]), total: 6, band: "mild", isCase: true, source: sheikh1986 },
  "CES-D, all 3": { measure: cesd, answers: Array<number>(20).fill(3), total: 48, isCase: true, source: radloff1977 },
  "CES-D, all 0": { measure: cesd, answers: Array<number>(20).fill(0), total: 12, isCase: false, source: radloff1977 },
  "CES-D, nothing wrong": { measure: cesd, answers: answersWith(20, 3, [4, 8, 12, 16]), total: 0, isCase: false, source: radloff1977 },
  "CES-D, just below the cutoff": {
    measure: cesd,
    answers: [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    total: 15,
    isCase: false,
    source: radloff1977,
  },
  "CES-D, at the cutoff": {
    measure: cesd,
    answers: [3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    total: 16,
    isCase: true,
    source: radloff1977,
  },
};

describe("totals, bands and flags", () => {
  test.each(Object.entries(vectors))("%s", (_, { measure, answers, total, band, isCase, flaggedItems }) => {
    const score = scoreAnswers(measure, answers);
    expect(score.total).toBe(total);
    if (band !== undefined) expect(score.band?.name).toBe(band);
    if (isCase !== undefined) expect(score.isCase).toBe(isCase);
    if (flaggedItems !== undefined) expect(score.flags.map((flag) => flag.item)).toEqual(flaggedItems);
  });

  test("every shipped measure is scored from the lowest to the highest score of its range, and so is every subscale", () => {
    for (const measure of everyMeasure.filter(({ items }) => items.length > 0)) {
      const { reverse } = measure.scoring;
      const highest = (item: Measure["items"][number]) => Math.max(...answersTo(measure, item));
      const lowest = (item: Measure["items"][number]) => Math.min(...answersTo(measure, item));
      const ends = ([true, false] as const).map((low) =>
        scoreAnswers(
          measure,
          measure.items.map((item) => (low === reverse.includes(item.number) ? highest(item) : lowest(item))),
        ),
      );
      const expected = hasTotal(measure) ? measure.scoring.range : [null, null];
      expect([measure.id, ends.map(({ total }) => total)]).toEqual([measure.id, expected]);
      for (const [i, subscale] of measure.scoring.subscales.entries())
        expect([measure.id, subscale.id, ends.map(({ subscales }) => subscales[i]?.total)]).toEqual([
          measure.id,
          subscale.id,
          [...subscaleRange(measure, subscale)],
        ]);
    }
  });
});

/** Every answer that an item has; of a number, its ends and one step from each. */
function answersTo(measure: Measure, item: Measure["items"][number]): number[] {
  if (item.quantity === undefined) return optionsOf(measure, item).map(({ value }) => value);
  const { min, max, step } = item.quantity;
  return [min, min + step, max - step, max];
}

describe("answers that are missing", () => {
  test("a risk item left open is told, though the rest scores 0", () => {
    const score = scoreAnswers(phq9, [0, 0, 0, 0, 0, 0, 0, 0, null]);
    expect(score).toMatchObject({ total: 0, prorated: true, missing: [9], riskItemsNotAnswered: [9], flags: [] });
  });

  test("up to two items of the PHQ-9 are replaced by the mean of the others", () => {
    expect(scoreAnswers(phq9, [2, 2, 2, 2, 2, 2, 2, null, null])).toMatchObject({ total: 18, prorated: true, missing: [8, 9] });
    expect(scoreAnswers(phq9, [2, 2, 2, 2, 2, 2, null, null, null])).toMatchObject({
      total: null,
      prorated: false,
      missing: [7, 8, 9],
      band: null,
      isCase: null,
    });
  });

  test("the mean is rounded to a whole number, half up", () => {
    // 8 answered items add up to 4: 4 / 8 * 9 = 4.5
    expect(scoreAnswers(phq9, [1, 1, 1, 1, 0, 0, 0, null, 0]).total).toBe(5);
  });

  test("up to three items of the GDS-15, reversed ones as they count", () => {
    // Form B6 of the US Alzheimer's centers: 12 answered items, 6 points, so 6 / 12 * 15 = 7.5
    const twelve = [0, 1, 1, 1, 0, 1, 1, 0, 0, 0, 1, 0];
    expect(scoreAnswers(gds15, [...twelve, null, null, null])).toMatchObject({ total: 8, prorated: true, missing: [13, 14, 15] });
    expect(scoreAnswers(gds15, [...twelve.slice(0, 11), null, null, null, null]).total).toBeNull();
  });

  test("a question that decides whether the others count has to be answered, though it does not count itself", () => {
    expect(scoreAnswers(pcptsd5, [null, 1, 1, 1, 1, 1])).toMatchObject({ total: null, missing: [1], isCase: null });
    const forgiving = { ...pcptsd5, scoring: { ...pcptsd5.scoring, maxMissing: 2 } };
    expect(scoreAnswers(forgiving, [null, 1, 1, 1, 1, null])).toMatchObject({ total: 5, prorated: true, missing: [1, 6] });
  });

  test("none of the GAD-7, the PCL-5 and the AUDIT", () => {
    expect(scoreAnswers(gad7, [3, 3, 3, 3, 3, 3, null]).total).toBeNull();
    expect(scoreAnswers(pcl5, [...Array<number>(19).fill(4), null]).total).toBeNull();
    expect(scoreAnswers(audit, [4, 4, 4, 4, 4, 4, 4, 4, 4, null]).total).toBeNull();
  });

  test("the function item of the PHQ-9 may be left off or left open", () => {
    const nine = [1, 1, 1, 1, 1, 1, 1, 1, 0];
    expect(scoreAnswers(phq9, nine)).toMatchObject({ total: 8, missing: [], prorated: false });
    expect(scoreAnswers(phq9, [...nine, null])).toMatchObject({ total: 8, missing: [], prorated: false });
  });

  test("flags of answered items speak up even when there is no total", () => {
    const score = scoreAnswers(pcl5, [...Array<null>(15).fill(null), 4, null, null, null, null]);
    expect(score.total).toBeNull();
    expect(score.flags.map((flag) => flag.kind)).toEqual(["risk-behavior"]);
  });

  test("a question skipped as the form says is neither missing nor an open risk item; one answered all the same counts", () => {
    const score = scoreAnswers(audit, [0, null, null, null, null, 2, null, null, 0, 0]);
    expect(score).toMatchObject({ total: 2, missing: [], skipped: [2, 3, 4, 5, 7, 8], riskItemsNotAnswered: [] });
    expect(score.flags.map((flag) => flag.item)).toEqual([6]);
  });

  test("where the form ended, an answer given all the same is among what was left out", () => {
    expect(scoreAnswers(pcptsd5, [0, 1, null, 1, null, null])).toMatchObject({ total: 0, missing: [], skipped: [2, 3, 4, 5, 6] });
  });
});

describe("subscales and the symptom pattern", () => {
  test("clusters of the PCL-5", () => {
    const score = scoreAnswers(
      pcl5,
      Array.from({ length: 20 }, () => 1),
    );
    expect(score.subscales.map(({ id, total }) => [id, total])).toEqual([
      ["intrusion", 5],
      ["avoidance", 2],
      ["cognition-and-mood", 7],
      ["arousal", 6],
    ]);
  });

  test("the pattern can be met below the cutoff and missed above it", () => {
    expect(scoreAnswers(pcl5, answersWith(20, 2, [1, 6, 8, 9, 15, 17])).patterns[0]?.met).toBe(true);
    const withoutAvoidance = scoreAnswers(pcl5, answersWith(20, 4, [1, 2, 3, 4, 5, 8, 9, 10, 15, 16]));
    expect(withoutAvoidance).toMatchObject({ total: 40, isCase: true });
    expect(withoutAvoidance.patterns[0]?.met).toBe(false);
  });

  test("a missing answer leaves the pattern open only where it could decide it", () => {
    const met = answersWith(20, 2, [1, 6, 8, 9, 15, 17]);
    expect(scoreAnswers(pcl5, [...met.slice(0, 19), null]).patterns[0]?.met).toBe(true);
    expect(
      scoreAnswers(
        pcl5,
        met.map((answer, i) => (i === 5 ? null : answer)),
      ).patterns[0]?.met,
    ).toBeNull();
    expect(
      scoreAnswers(
        pcl5,
        Array.from({ length: 20 }, (_, i) => (i === 0 ? null : 0)),
      ).patterns[0]?.met,
    ).toBe(false);
  });

  test("a subscale with a missing answer has no total", () => {
    expect(scoreAnswers(pcl5, [null, ...Array<number>(19).fill(1)]).subscales.map((subscale) => subscale.total)).toEqual([null, 2, 7, 6]);
  });
});

test("reversed items and a measure where higher is better", () => {
  const wellBeing: Measure = {
    ...gad7,
    id: "well-being",
    options: [0, 1, 2, 3, 4].map((value) => ({ value, label: String(value) })),
    items: [1, 2, 3].map((number) => ({ number, text: `Item ${number}`, scored: true, optional: false })),
    scoring: { ...gad7.scoring, range: [0, 12], higherIs: "better", reverse: [2], maxMissing: 0 },
    bands: [],
    flags: [],
    cutoff: { atLeast: 6, name: "well", source: "made up for this test" },
  };
  expect(scoreAnswers(wellBeing, [4, 0, 4])).toMatchObject({ total: 12, isCase: false });
  expect(scoreAnswers(wellBeing, [1, 4, 1])).toMatchObject({ total: 2, isCase: true });
});

describe("properties of every shipped measure", () => {
  const measures = fc.constantFrom(...everyMeasure.filter(({ items }) => items.length > 0));
  const answered = (measure: Measure): fc.Arbitrary<number[]> =>
    fc.tuple(...measure.items.map((item) => fc.constantFrom(...answersTo(measure, item))));
  const withGaps = (measure: Measure): fc.Arbitrary<(number | null)[]> =>
    fc
      .tuple(answered(measure), fc.array(fc.boolean(), { minLength: measure.items.length, maxLength: measure.items.length }))
      .map(([answers, kept]) => answers.map((answer, i) => (kept[i] ? answer : null)));
  const within = (number: number, [low, high]: readonly [number, number]) => number >= low - 1e-9 && number <= high + 1e-9;

  test("totals and subscales are within their range, to two decimals at most, and fall into exactly one band", () => {
    fc.assert(
      fc.property(
        measures.chain((measure) => fc.tuple(fc.constant(measure), withGaps(measure))),
        ([measure, answers]) => {
          const { total, band, subscales } = scoreAnswers(measure, answers);
          for (const [i, subscale] of measure.scoring.subscales.entries()) {
            const score = subscales[i]?.total ?? null;
            if (score !== null && !within(score, subscaleRange(measure, subscale))) return false;
            if (
              score !== null &&
              subscale.bands.length > 0 &&
              subscale.bands.filter(({ from, to }) => score >= from && score <= to).length !== 1
            )
              return false;
          }
          if (total === null) return band === null;
          const matching = measure.bands.filter((candidate) => total >= candidate.from && total <= candidate.to);
          return (
            Math.round(total * 100) / 100 === total &&
            within(total, measure.scoring.range) &&
            (measure.bands.length === 0 || (matching.length === 1 && matching[0] === band))
          );
        },
      ),
    );
  });

  test("what has no total has none, whatever is answered, and what is answered in full has one where there is one", () => {
    fc.assert(
      fc.property(
        measures.chain((measure) => fc.tuple(fc.constant(measure), answered(measure))),
        ([measure, answers]) => (scoreAnswers(measure, answers).total !== null) === hasTotal(measure),
      ),
    );
  });

  test("a higher answer never gives a lower score, nor a higher one to a reversed question", () => {
    fc.assert(
      fc.property(
        measures.chain((measure) => fc.tuple(fc.constant(measure), answered(measure), fc.nat(measure.items.length - 1))),
        ([measure, answers, at]) => {
          const item = measure.items[at];
          const higher = item && answersTo(measure, item).find((value) => value > (answers[at] ?? 0));
          if (higher === undefined) return true;
          const scores = (given: readonly number[]) => {
            const { total, subscales } = scoreAnswers(measure, given);
            return [total, ...subscales.map((subscale) => subscale.total)];
          };
          const before = scores(answers);
          return scores(answers.with(at, higher)).every((after, i) => {
            const earlier = before[i] ?? null;
            if (after === null || earlier === null) return after === earlier;
            return measure.scoring.reverse.includes(at + 1) ? after <= earlier : after >= earlier;
          });
        },
      ),
    );
  });

  test("an answer that is missing is never taken for 0: leaving out a 0 never lowers the total", () => {
    fc.assert(
      fc.property(
        fc.constant(phq9).chain((measure) => fc.tuple(fc.constant(measure), answered(measure), fc.nat(measure.items.length - 1))),
        ([measure, answers, at]) => {
          const item = measure.items[at];
          if (!item?.scored) return true;
          const score = scoreAnswers(
            measure,
            answers.map((answer, i) => (i === at ? null : answer)),
          );
          const others = answers.filter((_, i) => i !== at && measure.items[i]?.scored).reduce((sum, answer) => sum + answer, 0);
          const countedItems = measure.items.filter((candidate) => candidate.scored).length;
          return (
            score.missing.includes(item.number) &&
            score.prorated &&
            score.total === Math.round((others / (countedItems - 1)) * countedItems)
          );
        },
      ),
    );
  });
});
