/** The PDF of a plan of about six pages, warm, in the page setter's own process. Promise: under 300 ms. Run: node bench/document.ts */
import { draftPlan } from "@trellis/domain/plan/draft-plan";
import { Profile } from "@trellis/domain/plan/plan";
import { createDocumentRenderer } from "../packages/server/src/document/render-document.ts";
import { loadLibrary } from "../packages/server/src/library/load-library.ts";
import { median } from "./median.ts";

const limit = 300;
const library = loadLibrary();
const cases = library.cases.slice(0, 3);
const [first] = cases;
if (first === undefined) throw new Error("The library has no case.");
let ids = 0;
const { plan } = draftPlan({
  planId: "plan",
  clientId: "client",
  record: {
    client: first.client,
    intake: first.intake,
    diagnoses: cases.flatMap((found) => found.diagnoses),
    administrations: cases.flatMap((found) => found.administrations),
  },
  library,
  author: { practiceName: "Bench", practiceAddress: "", clinicianId: "m", clinicianName: "Maya", credentials: "", npi: "" },
  profile: Profile.parse({}),
  today: first.today,
  reviewWeeks: 5,
  newId: () => `id-${++ids}`,
});
const documents = createDocumentRenderer();
try {
  const make = (kind: "record" | "client") =>
    documents.renderPlanDocument({
      plan,
      library,
      signatures: [],
      hash: null,
      standing: { kind: "draft" },
      kind,
      safety: "If you are in danger now, call 911.",
      createdAt: new Date(0),
    });
  const begun = performance.now();
  const pdf = Buffer.from(await make("record")).toString("latin1");
  const cold = performance.now() - begun;
  const pages = /\/Type\s*\/Pages[^>]*\/Count\s+(\d+)/.exec(pdf)?.[1] ?? pdf.match(/\/Type\s*\/Page\b/g)?.length ?? "?";
  const warm = await median(30, () => make("record"));
  const client = await median(30, () => make("client"));
  console.log(
    `the plan for the record, ${pages} pages: ${warm.toFixed(0)} ms warm (under ${limit}), ${cold.toFixed(0)} ms the first time; for the client: ${client.toFixed(0)} ms`,
  );
  if (warm > limit) process.exitCode = 1;
} finally {
  documents.close();
}
