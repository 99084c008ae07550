/**
 * The PDF of a discharge summary with four charts, warm: drafted from the record, drawn, and set in the page setter's own process. Promise: under 700 ms.
 * Run: node bench/discharge.ts
 */
import { addDays } from "@trellis/domain/calendar/date";
import { SessionDetail } from "@trellis/domain/course/session";
import { dischargeDocument, summaryPictures } from "@trellis/domain/document/discharge-document";
import { coursesToDraw, draftSummary } from "@trellis/domain/ending/draft-summary";
import { Episode } from "@trellis/domain/episode/episode";
import type { Administration } from "@trellis/domain/measures/administration";
import { draftPlan } from "@trellis/domain/plan/draft-plan";
import { Profile } from "@trellis/domain/plan/plan";
import { planToSign } from "@trellis/domain/plan/revision";
import { progressOf } from "@trellis/domain/progress/progress";
import { createDocumentRenderer } from "../packages/server/src/document/render-document.ts";
import { loadLibrary } from "../packages/server/src/library/load-library.ts";
import { median } from "./median.ts";

const limit = 700;
const sessionsHeld = 20;
const library = loadLibrary();
const cases = library.cases.slice(0, 3);
const [first] = cases;
if (first === undefined) throw new Error("The library has no case.");
const author = { practiceName: "Bench", practiceAddress: "", clinicianId: "m", clinicianName: "Maya", credentials: "", npi: "" };
const start = first.today;
const today = addDays(start, 7 * sessionsHeld);
const weekly = Array.from({ length: sessionsHeld }, (_, week) => addDays(start, 7 * week));
const ids = ["phq9", "gad7", "pcl5", "audit"];
const administrations: Administration[] = ids.flatMap((measure) =>
  weekly.map((date, week) => ({
    id: `${measure}-${week}`,
    measure,
    measureVersion: "1.0",
    date,
    answers: [],
    entered: { total: Math.max(2, 20 - week), subscales: {} },
    answeredBy: "client",
    status: "completed",
  })),
);
const record = { client: first.client, intake: first.intake, diagnoses: cases.flatMap(({ diagnoses }) => diagnoses), administrations };
let made = 0;
const plan = planToSign(
  draftPlan({
    planId: "plan",
    clientId: "client",
    record: { ...record, administrations: cases.flatMap((found) => found.administrations) },
    library,
    author,
    profile: Profile.parse({}),
    today: start,
    reviewWeeks: 5,
    newId: () => `id-${++made}`,
  }).plan,
  start,
);
const sessions = weekly.map((date, week) => ({
  id: `s${week}`,
  date,
  attendance: week % 7 === 3 ? ("missed" as const) : ("attended" as const),
  detail: SessionDetail.parse({}),
}));
const measures = library.measures;

/** Everything that asking for the PDF of a draft takes besides reading the chart. */
function compose() {
  const plans = [{ revision: 1, establishedOn: start, signedAt: `${start}T12:00:00Z` }];
  const courses = progressOf(measures, { administrations, sessions, events: [], plans, settings: {}, timeZone: "UTC" }, plan);
  const summary = draftSummary({
    kind: "discharge",
    record,
    measures,
    courses,
    events: [],
    alerts: [],
    treatment: { sessions, appointments: [], notes: [], homework: [], outlines: [], reviews: [], documents: [] },
    revisions: [plan],
    episode: Episode.parse({ number: 1, openedOn: start, endedOn: today, end: { reason: "goals-met", outcome: "recovered" } }),
    author,
    today,
  });
  const { drawn, span } = coursesToDraw(summary, courses);
  return { charts: drawn.length, document: dischargeDocument(summary, summaryPictures(drawn, span), null) };
}

const documents = createDocumentRenderer();
try {
  const make = () => documents.render("discharge.typ", compose().document, new Date(0));
  const begun = performance.now();
  const pdf = Buffer.from(await make()).toString("latin1");
  const cold = performance.now() - begun;
  const pages = /\/Type\s*\/Pages[^>]*\/Count\s+(\d+)/.exec(pdf)?.[1] ?? pdf.match(/\/Type\s*\/Page\b/g)?.length ?? "?";
  const composing = await median(30, compose);
  const warm = await median(30, make);
  const { charts } = compose();
  console.log(
    `discharge summary, ${pages} pages, ${charts} charts: ${warm.toFixed(0)} ms warm (under ${limit}), ${cold.toFixed(0)} ms the first time; of it drafting and drawing ${composing.toFixed(1)} ms`,
  );
  if (warm > limit || charts !== 4) process.exitCode = 1;
} finally {
  documents.close();
}
