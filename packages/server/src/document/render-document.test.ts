import { Client } from "@trellis/domain/client/client";
import { progressDocument } from "@trellis/domain/document/progress-document";
import { assembleLibrary } from "@trellis/domain/library/library";
import { phq9 } from "@trellis/domain/measures/shipped-measures.test-data";
import type { Plan } from "@trellis/domain/plan/plan";
import { exampleDiagnosis, examplePlan } from "@trellis/domain/plan/plan.test-data";
import { courseOn } from "@trellis/domain/progress/progress.test-data";
import { afterAll, expect, test } from "vitest";
import { createDocumentRenderer } from "./render-document.ts";

const documents = createDocumentRenderer();
afterAll(() => documents.close());

/** The plan with these words of the client under every goal, as a PDF. */
function pdfWith(words: string, kind: "record" | "client", renderer = documents): Promise<string> {
  const { goals, ...plan } = examplePlan();
  return pdfOf({ ...plan, goals: goals.map((goal) => ({ ...goal, clientWords: words })) }, kind, renderer);
}

async function pdfOf(plan: Plan, kind: "record" | "client", renderer = documents): Promise<string> {
  const pdf = await renderer.renderPlanDocument({
    plan,
    library: assembleLibrary([]),
    signatures: [],
    hash: "a".repeat(64),
    standing: { kind: "in-force" },
    kind,
    safety: "If you are in danger now, call 911.",
    createdAt: new Date("2026-11-24T03:00:00.000Z"),
  });
  return Buffer.from(pdf).toString("latin1");
}

test.each([
  ["Arabic", "أريد أن أنام"],
  ["Hebrew", "אני רוצה לישון"],
  ["Hindi", "मैं सोना चाहता हूँ"],
  ["Thai", "ฉันอยากนอนหลับ"],
  ["Chinese", "我想睡个好觉"],
  ["Korean", "푹 자고 싶어요"],
  ["Vietnamese", "Tôi muốn ngủ ngon"],
  ["Amharic", "መተኛት እፈልጋለሁ"],
  ["Punjabi", "ਮੈਂ ਸੌਣਾ ਚਾਹੁੰਦਾ ਹਾਂ"],
  ["Gujarati", "મારે સૂવું છે"],
  ["Telugu", "నేను నిద్రపోవాలనుకుంటున్నాను"],
  ["Burmese", "ကျွန်တော် အိပ်ချင်တယ်"],
  ["an emoji", "Get up and want something 🌱"],
])("%s prints, in an accessible document (PDF/UA)", async (_, words) => {
  for (const kind of ["record", "client"] as const) {
    const pdf = await pdfWith(words, kind);
    expect(pdf.slice(0, 5)).toBe("%PDF-");
    expect(pdf).toContain("pdfuaid");
  }
});

test("a character that no font here has does not cost anybody a document", async () => {
  const pdf = await pdfWith("A sign that nobody prints: \u{1F0A1}\u{10FFFD}", "record");
  expect(pdf.slice(0, 5)).toBe("%PDF-");
});

const pages = (pdf: string) => pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;

test("a word without end is broken into lines and does not run off the paper", async () => {
  for (const kind of ["record", "client"] as const) {
    const goals = examplePlan().goals.map((goal) => ({ ...goal, plain: "m".repeat(1000), clientWords: "m".repeat(1000) }));
    const endless = { ...examplePlan(), goals, strengths: Array.from({ length: 8 }, () => "m".repeat(500)) };
    expect(pages(await pdfOf(endless, kind))).toBeGreaterThan(pages(await pdfOf(examplePlan(), kind)));
  }
});

test("long justifications of diagnoses flow from page to page and leave none half empty", async () => {
  const justification = "Meets the picture since spring, on most days. ".repeat(64).trim();
  const plan = examplePlan();
  const four = (text: string) => ["d1", "d2", "d3", "d4"].map((id) => exampleDiagnosis({ id, justification: text }));
  const more =
    pages(await pdfOf({ ...plan, diagnoses: four(justification) }, "record")) -
    pages(await pdfOf({ ...plan, diagnoses: four("") }, "record"));
  // Each is more than half a page, so that no page would hold two of them in one piece.
  expect(more).toBeLessThanOrEqual(2);
});

test("progress prints with its pictures, whatever an event is called, in an accessible document (PDF/UA)", async () => {
  const event = { id: "e", date: "2026-09-03", kind: "other", label: "أريد أن أنام 🌱" } as const;
  const document = progressDocument({
    client: Client.parse({ name: { given: "小明", family: "Example" }, birthDate: "1988-04-12", recordNumber: "" }),
    practiceName: "Willow Practice",
    practiceAddress: "1 Main Street",
    courses: [courseOn(phq9, [20, 14, 9], 7, { target: 9, events: [event], gaps: [{ from: "2026-09-01", to: "2026-09-08", days: 7 }] })],
    today: "2026-11-25",
  });
  const pdf = Buffer.from(await documents.renderProgressDocument(document, new Date(0))).toString("latin1");
  expect(pdf).toContain("pdfuaid");
  expect(pdf).toContain("/Figure");
});

test("the same plan gives the same file, byte for byte", async () => {
  expect(await pdfWith("Sleep", "record")).toBe(await pdfWith("Sleep", "record"));
});

test("a machine without the native compiler sets the same pages, tagged for screen readers", async () => {
  const portable = createDocumentRenderer({ portable: true });
  try {
    for (const kind of ["record", "client"] as const) {
      const [there, here] = [await pdfWith("Sleep 🌱 睡眠", kind, portable), await pdfWith("Sleep 🌱 睡眠", kind)];
      expect(there.slice(0, 5)).toBe("%PDF-");
      expect(there).toContain("StructTreeRoot");
      expect(pages(there)).toBe(pages(here));
    }
  } finally {
    portable.close();
  }
});
