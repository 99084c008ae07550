/** A chart of 200 scores with everything that it can show, drawn by the real component in Chromium. Promise: under 50 ms. Run: node bench/chart.ts */
import { fileURLToPath } from "node:url";
import { launchChromium } from "../e2e/browser.ts";
import { loadLibrary } from "../packages/server/src/library/load-library.ts";
import { median } from "./median.ts";

const limit = 50;
const { build } = await import(import.meta.resolve("vite", new URL("../packages/web/package.json", import.meta.url)));
const entry = fileURLToPath(new URL("../packages/web/src/progress/course-figure.bench.ts", import.meta.url));
const built = await build({
  configFile: false,
  logLevel: "error",
  define: { "process.env.NODE_ENV": '"production"' },
  build: { write: false, lib: { entry, formats: ["iife"], name: "bench" }, target: "es2023" },
});
const script: string = [built].flat()[0].output.find(({ fileName }: { fileName: string }) => fileName.endsWith(".js")).code;
const measure = loadLibrary().measureById.get("phq9");
if (measure === undefined) throw new Error("The library has no PHQ-9.");
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  await page.setContent("<!doctype html><title>bench</title><body>");
  await page.addScriptTag({ content: script });
  // Only the browser's own time counts, not the way there and back.
  const draw = (scores: number) => page.evaluate<number>(`drawCourseOf(${JSON.stringify(measure)}, ${scores})`);
  // On a page that has shown something else before, as every page has.
  await draw(3);
  const first = await draw(200);
  const times: number[] = [];
  await median(40, async () => times.push(await draw(200)));
  const warm = times.slice(10).toSorted((a, b) => a - b)[20] ?? Number.NaN;
  const many: number[] = [];
  for (let round = 0; round < 5; round += 1) many.push(await draw(2000));
  console.log(
    `a chart of 200 scores: ${warm.toFixed(1)} ms (under ${limit}), ${first.toFixed(1)} ms the first time; of 2,000 scores: ${many.toSorted((a, b) => a - b)[2]?.toFixed(1)} ms`,
  );
  if (!(warm < limit)) process.exitCode = 1;
} finally {
  await browser.close();
}
