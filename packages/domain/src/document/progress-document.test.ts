import { describe, expect, it } from "vitest";
import { Client } from "../client/client.ts";
import { audit, phq9 } from "../measures/shipped-measures.test-data.ts";
import { courseOn, ownMeasure } from "../progress/progress.test-data.ts";
import type { MeasureProgress } from "../progress/progress.ts";
import { progressDocument } from "./progress-document.ts";

const client = Client.parse({ name: { given: "Robin", family: "Example" }, birthDate: "1988-04-12", recordNumber: "R-7" });
const reportOn = (courses: readonly MeasureProgress[]) =>
  progressDocument({ client, practiceName: "Willow Practice", practiceAddress: "", courses, today: "2026-11-25" });

describe("the report on progress", () => {
  const event = { id: "e", date: "2026-09-08", kind: "medication", label: "Sertraline 50 mg" } as const;
  const document = reportOn([courseOn(phq9, [17, 15, 9], 7, { target: 9, events: [event] }), courseOn(audit, [12])]);
  const [course, ...others] = document.courses;

  it("names the client, and has one picture for each measure with two scores or more", () => {
    expect([document.client, document.born, document.recordNumber]).toEqual(["Robin Example", "April 12, 1988", "R-7"]);
    expect(others).toEqual([]);
    expect(document.lead).toContain("one measure have gone from September 1, 2026 to September 15, 2026");
    expect(document.once).toEqual([["AUDIT", "12 of 40", "", "September 1, 2026"]]);
  });

  it("says what the client reads, what the record needs, and every score in a table", () => {
    expect(course?.said).toBe(
      "Your depression score went from 17 to 9: clearly better, by more than chance. You have reached your goal of 9 or less.",
    );
    expect(course?.notes[0]).toMatch(/^Over 2 weeks: 8 points better\. A change of 6 points or more counts as reliable \(/);
    expect(course?.rows).toEqual([
      ["September 1, 2026", "17 of 27", "", "Start", ""],
      ["September 8, 2026", "15 of 27", "", "2 better", "Sertraline 50 mg"],
      ["September 15, 2026", "9 of 27", "", "8 better", ""],
    ]);
    expect(course?.credit).toContain("Spitzer");
  });

  it("says in words what each picture shows", () => {
    expect(course?.picture.words).toContain("PHQ-9 from September 1, 2026 to September 15, 2026, given 3 times: 17, 15, 9.");
  });

  it("calls no change reliable where nobody knows what is, and gives a count without an end", () => {
    const [walks] = reportOn([courseOn(ownMeasure(), [1, 4])]).courses;
    expect(walks?.notes[0]).toContain("3 points better. No established threshold");
    expect(walks?.rows.map(([, score]) => score)).toEqual(["1", "4"]);
  });

  it("says what is missing where nothing has been given twice", () => {
    expect(reportOn([]).lead).toBe("No measure has been given twice yet. As soon as one has, its course is drawn here.");
  });
});
