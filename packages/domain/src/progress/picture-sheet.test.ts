import { expect, it } from "vitest";
import { gad7, phq9 } from "../measures/shipped-measures.test-data.ts";
import { drawCourse } from "./draw-course.ts";
import type { Picture } from "./picture.ts";
import { sheetOf } from "./picture-sheet.ts";
import { courseOn } from "./progress.test-data.ts";
import { clientSentences } from "./progress-words.ts";

const frame = { width: 820, height: 330, text: 13, audience: "clinician", span: { from: "2026-09-01", to: "2026-09-08" } } as const;
const parts = [courseOn(phq9, [17, 9]), courseOn(gad7, [12, 11])].map((course) => ({
  picture: drawCourse(course, frame),
  sentences: clientSentences(course),
  credit: course.measure.license.credit ?? "",
}));
const wordsOn = ({ shapes }: Picture) => shapes.flatMap((shape) => (shape.kind === "words" ? [shape.text] : [])).join("\n");

it("a sheet has its title, its day, each picture with its sentence and the credit that the owner asks for, and nobody's name", () => {
  const said = wordsOn(sheetOf(parts, { title: "Progress", day: "2026-11-25", who: "" }));
  for (const text of ["Progress", "November 25, 2026", "Your depression score went from 17 to 9", "Your anxiety score", "Spitzer"])
    expect(said).toContain(text);
  expect(wordsOn(sheetOf(parts, { title: "Progress", day: "2026-11-25", who: "R. E." }))).toContain("R. E. · November 25, 2026");
});

it("pictures stand one below the other, with nothing outside the sheet", () => {
  const sheet = sheetOf(parts, { title: "Progress", day: "2026-11-25", who: "" });
  expect(sheet.height).toBeGreaterThan(2 * frame.height);
  for (const shape of sheet.shapes)
    for (const [x, y] of "points" in shape ? shape.points : [shape.at]) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(sheet.width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(sheet.height);
    }
});
