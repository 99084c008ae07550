/**
 * How the rules of "on track" behave, by simulation: of clients who truly get worse, how many are flagged by session 5; of those who truly get better, how
 * many are flagged by mistake. Nothing here is promised, for all of it rests on the assumptions printed above the tables. Run: node bench/on-track.ts
 */
import { expectedCourseFrom } from "@trellis/domain/measures/expected-course";
import type { ExpectedCourse } from "@trellis/domain/measures/measure-setting";
import { asPastCourses, flaggedBySession, type Simulation, simulateCourses } from "@trellis/domain/measures/simulate-courses";
import { loadLibrary } from "../packages/server/src/library/load-library.ts";

const session = 5;
const thresholds = [0.5, 0.75, 1, 1.25];
const common = { clients: 5_000, sessions: 12, improving: 0.6, deteriorating: 0.1, seed: 20_261 };
/** Scores at the start: means of cases in NHS Talking Therapies 2022-23. Measurement error: internal consistency. The rest is assumed. */
const simulations: Readonly<Record<string, Simulation>> = {
  phq9: {
    ...common,
    start: { mean: 15.4, sd: 5.5 },
    better: { mean: 8, sd: 4 },
    worse: { mean: 8, sd: 4 },
    weekly: { sd: 2, autocorrelation: 0.5 },
    sample: { sd: 6.1, reliability: 0.89 },
  },
  gad7: {
    ...common,
    start: { mean: 14, sd: 4.5 },
    better: { mean: 7, sd: 3.5 },
    worse: { mean: 6, sd: 3 },
    weekly: { sd: 1.5, autocorrelation: 0.5 },
    sample: { sd: 4.7, reliability: 0.92 },
  },
};

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
const library = loadLibrary();

for (const [id, simulation] of Object.entries(simulations)) {
  const measure = library.measures.find((found) => found.id === id);
  if (measure?.reliableChange === undefined) throw new Error(`The library has no threshold for ${id}.`);
  const { points } = measure.reliableChange;
  const { clients, sessions, improving, deteriorating, start, better, worse, weekly, sample } = simulation;
  console.log(
    `${measure.name}: ${clients} clients, ${sessions} weekly sessions; ${percent(improving, 1)} improve (${better.mean} points, SD ${better.sd}), ${percent(deteriorating, 1)} get worse (${worse.mean}, SD ${worse.sd}), the others stay; start ${start.mean} (SD ${start.sd}), cases only; ups and downs SD ${weekly.sd}, ${weekly.autocorrelation} of it left a week later; error SD ${(sample.sd * Math.sqrt(1 - sample.reliability)).toFixed(2)}; seed ${simulation.seed}`,
  );
  const courses = simulateCourses(measure, simulation);
  const row = (threshold: number, table: ExpectedCourse | null) => {
    const flagged = flaggedBySession(measure, courses, session, threshold, table);
    return {
      "threshold (points)": `${threshold} × ${points} = ${threshold * points}${table === null ? "" : ", and a table of 1000 earlier courses"}`,
      "getting worse: told as worse": percent(flagged.deteriorating.worse, flagged.deteriorating.clients),
      "any warning": percent(flagged.deteriorating.any, flagged.deteriorating.clients),
      "improving: told as worse": percent(flagged.improving.worse, flagged.improving.clients),
      "any warning, false alarm": percent(flagged.improving.any, flagged.improving.clients),
      "unchanged: any warning": percent(flagged.unchanged.any, flagged.unchanged.clients),
    };
  };
  const earlier = asPastCourses(simulateCourses(measure, { ...simulation, clients: 1_000, seed: simulation.seed + 1 }));
  const { offered } = expectedCourseFrom(earlier, measure, "2026-01-01");
  console.log(`flagged by session ${session}:`);
  console.table([...thresholds.map((threshold) => row(threshold, null)), row(1, offered?.expectedCourse ?? null)]);
}
