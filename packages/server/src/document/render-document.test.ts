import { assembleLibrary } from "@trellis/domain/library/library";
import { examplePlan } from "@trellis/domain/plan/plan.test-data";
import { afterAll, expect, test } from "vitest";
import { createDocumentRenderer } from "./render-document.ts";

const documents = createDocumentRenderer();
afterAll(() => documents.close());

test("words with characters that no font here has, such as an emoji, still come as a document", async () => {
  const words = "Get up and want something 🌱";
  const { goals, ...plan } = examplePlan();
  for (const kind of ["record", "client"] as const) {
    const pdf = await documents.renderPlanDocument({
      plan: { ...plan, goals: goals.map((goal) => ({ ...goal, clientWords: words })) },
      library: assembleLibrary([]),
      signatures: [],
      hash: "a".repeat(64),
      kind,
      createdAt: new Date("2026-11-24T03:00:00.000Z"),
    });
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe("%PDF-");
  }
});
