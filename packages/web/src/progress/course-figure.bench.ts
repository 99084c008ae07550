import { addDays } from "@trellis/domain/calendar/date";
import type { Measure } from "@trellis/domain/measures/measure";
import type { MeasureProgress } from "@trellis/domain/progress/progress";
import { createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { CourseFigure } from "./course-figure.tsx";

declare global {
  interface Window {
    /** Draws a course of so many scores on a measure, and gives how long that took in ms: worked out, put into the page and laid out. */
    drawCourseOf?: (measure: Measure, scores: number) => number;
  }
}

function courseOf(measure: Measure, scores: number, round: number): MeasureProgress {
  const [low, high] = measure.scoring.range;
  // Other days each round, so that nothing is known from the round before.
  const start = addDays("2015-01-01", round * 11);
  const on = (index: number) => addDays(start, index * 5);
  return {
    measure,
    scores: Array.from({ length: scores }, (_, index) => ({
      id: String(index),
      date: on(index),
      total: low + ((index * 7 + round) % (high - low + 1)),
      band: "moderate",
    })),
    gaps: scores > 51 ? [{ from: on(50), to: on(51), days: 5 }] : [],
    target: low + 4,
    expected: [1, 10, 40].map((week) => ({ date: on(week * 2), expected: high / week, bound: high / week + 2 })),
    sessions: Array.from({ length: 60 }, (_, index) => ({
      id: String(index),
      date: on(index * 3),
      attendance: index % 7 === 0 ? "missed" : "attended",
    })),
    events: [{ id: "e", date: on(80), kind: "medication", label: "Sertraline 50 mg" }],
    plans: [{ date: on(2), revision: 1 }],
  };
}

let round = 0;
window.drawCourseOf = (measure, scores) => {
  const progress = courseOf(measure, scores, ++round);
  const host = document.createElement("div");
  document.body.append(host);
  const root = createRoot(host);
  const begun = performance.now();
  flushSync(() => root.render(createElement(CourseFigure, { progress })));
  // Asking for a place makes the browser lay everything out.
  host.getBoundingClientRect();
  const took = performance.now() - begun;
  root.unmount();
  host.remove();
  return took;
};
