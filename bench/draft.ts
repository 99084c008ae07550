/**
 * Drafting a plan for a client with three co-occurring problems, warm. Promise: under 5 ms. The ratio is to parsing that plan from its JSON, the least
 * that anything that touches it costs. Run: node bench/draft.ts
 */
import { checkPlan } from "@trellis/domain/findings/check-plan";
import { type Draft, draftPlan } from "@trellis/domain/plan/draft-plan";
import { Profile } from "@trellis/domain/plan/plan";
import { loadLibrary } from "../packages/server/src/library/load-library.ts";
import { median } from "./median.ts";

const limit = 5;
const library = loadLibrary();
const cases = library.cases.filter((found) => ["adult-depression", "adult-ptsd", "adult-alcohol-use"].includes(found.chapter));
const [first] = cases;
if (first === undefined || cases.length < 3) throw new Error("The library lacks the cases that this measures.");
// One client who has all three: the first one's record with the diagnoses and scores of all.
const record = {
  client: first.client,
  intake: first.intake,
  diagnoses: cases.flatMap((found, index) =>
    found.diagnoses
      .slice(0, 1)
      .map((diagnosis) => ({ ...diagnosis, rank: index === 0 ? ("principal" as const) : ("co-occurring" as const) })),
  ),
  administrations: cases.flatMap((found) => found.administrations),
};

function draft(): Draft {
  let ids = 0;
  return draftPlan({
    planId: "plan",
    clientId: "client",
    record,
    library,
    author: { practiceName: "Bench", practiceAddress: "", clinicianId: "m", clinicianName: "Maya", credentials: "", npi: "" },
    profile: Profile.parse({}),
    today: first?.today ?? "2026-11-23",
    reviewWeeks: 5,
    newId: () => `id-${++ids}`,
  });
}

const { plan } = draft();
const json = JSON.stringify(plan);
const drafting = await median(400, draft);
const parsing = await median(400, () => JSON.parse(json));
const checking = await median(400, () => checkPlan({ plan, record, library, today: plan.establishedOn }));
console.log(
  `drafting ${plan.problems.length} problems, ${plan.objectives.length} objectives, ${plan.interventions.length} interventions: ${drafting.toFixed(2)} ms (under ${limit}), ${(drafting / parsing).toFixed(0)} times reading its ${Math.round(json.length / 1000)} kB of JSON`,
);
console.log(`all findings on it: ${checking.toFixed(2)} ms`);
if (plan.problems.length < 3 || drafting > limit) process.exitCode = 1;
