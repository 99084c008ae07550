import { assembleLibrary } from "@trellis/domain/library/library";
import { examplePlan } from "@trellis/domain/plan/plan.test-data";
import { afterAll, expect, test } from "vitest";
import { createDocumentRenderer } from "./render-document.ts";

const documents = createDocumentRenderer();
afterAll(() => documents.close());

/** The plan with these words of the client under every goal, as a PDF. */
async function pdfWith(words: string, kind: "record" | "client", renderer = documents): Promise<string> {
  const { goals, ...plan } = examplePlan();
  const pdf = await renderer.renderPlanDocument({
    plan: { ...plan, goals: goals.map((goal) => ({ ...goal, clientWords: words })) },
    library: assembleLibrary([]),
    signatures: [],
    hash: "a".repeat(64),
    kind,
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

test("the same plan gives the same file, byte for byte", async () => {
  expect(await pdfWith("Sleep", "record")).toBe(await pdfWith("Sleep", "record"));
});

test("a machine without the native compiler sets the same pages, tagged for screen readers", async () => {
  const portable = createDocumentRenderer({ portable: true });
  try {
    for (const kind of ["record", "client"] as const) {
      const pages = (pdf: string) => pdf.match(/\/Type\s*\/Page\b/g)?.length;
      const [there, here] = [await pdfWith("Sleep 🌱 睡眠", kind, portable), await pdfWith("Sleep 🌱 睡眠", kind)];
      expect(there.slice(0, 5)).toBe("%PDF-");
      expect(there).toContain("StructTreeRoot");
      expect(pages(there)).toBe(pages(here));
    }
  } finally {
    portable.close();
  }
});
