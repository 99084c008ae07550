import { expect, test } from "vitest";
import { Administration } from "../measures/administration.ts";
import { shippedMeasure } from "../measures/shipped-measures.test-data.ts";
import { scoreSentence, scoresSince } from "./scores-since.ts";

const phq9 = shippedMeasure("phq9");
const given = (date: string, answers: readonly number[], status = "completed") =>
  Administration.parse({ id: date, measure: "phq9", measureVersion: "1.0", date, answers, answeredBy: "client", status });
const first = given("2026-11-02", [2, 2, 2, 2, 2, 2, 2, 2, 1]);
const second = given("2026-11-09", [2, 2, 2, 2, 2, 1, 1, 1, 1]);
const third = given("2026-11-16", [1, 1, 1, 1, 1, 1, 1, 1, 0]);

test("since the last note, each measure's newest score stands against the one before it", () => {
  const words = (administrations: readonly Administration[], since: string | null, until: string) =>
    scoresSince([phq9], administrations, since, until).map(scoreSentence);
  expect(words([first], null, "2026-11-20")).toEqual(["PHQ-9: 17 of 27 on November 2, 2026, given for the first time."]);
  expect(words([first, second], "2026-11-02", "2026-11-20")).toEqual([
    "PHQ-9: 14 of 27 on November 9, 2026; 17 on November 2, 2026. 3 points better, less than the 6 points from which a change is reliable.",
  ]);
  expect(words([first, second, third], "2026-11-09", "2026-11-20")).toEqual([
    "PHQ-9: 8 of 27 on November 16, 2026; 14 on November 9, 2026. 6 points better, a reliable change.",
  ]);
  expect(words([first, second], "2026-11-09", "2026-11-20")).toEqual([]);
  expect(words([first, second, third], "2026-11-02", "2026-11-10")).toHaveLength(1);
  expect(words([first, given("2026-11-09", [0, 0, 0, 0, 0, 0, 0, 0, 0], "entered-in-error")], "2026-11-02", "2026-11-20")).toEqual([]);
});
