/**
 * The difference between two revisions of a plan of about six pages, and its words for the record and for the client, warm. Promise: the difference
 * under 5 ms. The ratio is to reading both plans from their JSON, the least that comparing them costs. Run: node bench/difference.ts
 */
import { differenceInWords } from "@trellis/domain/plan/difference/difference-in-words";
import { planHistory } from "@trellis/domain/plan/difference/item-history";
import { differenceOf } from "@trellis/domain/plan/difference/plan-difference";
import { draftPlan } from "@trellis/domain/plan/draft-plan";
import { Plan, Profile } from "@trellis/domain/plan/plan";
import { nextRevision, planToSign } from "@trellis/domain/plan/revision";
import { loadLibrary } from "../packages/server/src/library/load-library.ts";
import { median } from "./median.ts";

const limit = 5;
const library = loadLibrary();
const cases = library.cases.slice(0, 3);
const [first] = cases;
if (first === undefined) throw new Error("The library has no case.");
let ids = 0;
const drafted = draftPlan({
  planId: "plan",
  clientId: "client",
  record: {
    client: first.client,
    intake: first.intake,
    // Each case counts its own diagnoses from one: in a plan of all three they need ids of their own.
    diagnoses: cases.flatMap((found) => found.diagnoses.map((diagnosis) => ({ ...diagnosis, id: `${found.id}-${diagnosis.id}` }))),
    administrations: cases.flatMap((found) => found.administrations),
  },
  library,
  author: { practiceName: "Bench", practiceAddress: "", clinicianId: "m", clinicianName: "Maya", credentials: "", npi: "" },
  profile: Profile.parse({}),
  today: first.today,
  reviewWeeks: 5,
  newId: () => `id-${++ids}`,
});
const before = planToSign(drafted.plan, first.today);
const next = nextRevision(before, {
  subject: before.subject,
  author: before.author,
  reason: "We looked at it after five weeks.",
  today: "2026-11-23",
});
// More than a review changes: every text that can be rewritten is, every number moves, a fifth of the items is exchanged.
const after = Plan.parse({
  ...structuredClone(next),
  medicalNecessity: before.medicalNecessity.replaceAll("and", "as well as"),
  functionalLevel: `${before.functionalLevel} Better than in fall.`,
  goals: before.goals.map((goal) => ({
    ...goal,
    text: goal.text.replace(/\b(the|a)\b/, "this"),
    detail: "As she said it in the fifth session, in her own words.",
  })),
  objectives: before.objectives.map((objective, at) => ({
    ...objective,
    id: at % 5 === 0 ? `${objective.id}-new` : objective.id,
    detail: `${objective.detail} On weekdays, at home.`,
    metric: objective.metric && { ...objective.metric, target: (objective.metric.target ?? 0) + 1 },
  })),
  interventions: before.interventions.map((entry, at) => ({
    ...entry,
    id: at % 5 === 0 ? `${entry.id}-new` : entry.id,
    text: `${entry.text.replace(/\bclient\b/, "client, who chooses,")} Twice.`,
    minutes: 45,
  })),
  sessionPlan: { ...before.sessionPlan, frequency: { times: 2, per: "month" } },
});
const texts = [JSON.stringify(before), JSON.stringify(after)] as const;
const difference = differenceOf(before, after);
const comparing = await median(300, () => differenceOf(before, after));
const reading = await median(300, () => texts.map((text) => JSON.parse(text)));
const record = await median(300, () => differenceInWords(difference, "record"));
const client = await median(300, () => differenceInWords(difference, "client"));
const history = await median(100, () =>
  planHistory([
    { plan: before, on: "2026-11-23", signed: true },
    { plan: after, on: "2027-01-04", signed: true },
  ]),
);
console.log(
  `the difference of two revisions, ${difference.items.length} items of ${before.objectives.length} objectives and ${before.interventions.length} interventions: ${comparing.toFixed(2)} ms (under ${limit}), ${(comparing / reading).toFixed(1)} times reading their ${Math.round((texts[0].length + texts[1].length) / 1000)} kB of JSON`,
);
console.log(
  `its words for the record: ${record.toFixed(2)} ms; for the client: ${client.toFixed(2)} ms; histories of all goals and objectives: ${history.toFixed(2)} ms`,
);
if (difference.items.length < 20 || comparing > limit) process.exitCode = 1;
