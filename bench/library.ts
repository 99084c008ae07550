/**
 * What the library costs: read at start (promise: under 400 ms, as it was kept by the build), and what a browser gets of it to show one chapter against
 * the whole of it (promise: never the whole). Run: node bench/library.ts
 */
import { brotliCompressSync, constants } from "node:zlib";
import { bundleOf, catalogueChapter } from "@trellis/domain/library/catalogue";
import { loadLibrary } from "../packages/server/src/library/load-library.ts";
import { median } from "./median.ts";

const limit = 400;
/** The largest part of the library that one chapter and the catalogue may be together. */
const largestShare = 0.1;

const library = loadLibrary();
const took = await median(7, async () => void loadLibrary());
console.log(`reading ${library.files.length} files: ${took.toFixed(0)} ms (under ${limit})`);
if (took > limit) process.exitCode = 1;

/** As the server sends it. */
const sent = (content: unknown): number =>
  brotliCompressSync(JSON.stringify(content), { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }).length;
const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;

const catalogue = sent({ contents: library.contents, chapters: library.chapters.map((chapter) => catalogueChapter(chapter)) });
const chapters = library.chapters.map((chapter) => ({ id: chapter.id, size: sent(bundleOf(chapter, library)) }));
const largest = chapters.reduce((most, one) => (one.size > most.size ? one : most));
const whole = chapters.reduce((sum, { size }) => sum + size, 0);
const share = (catalogue + largest.size) / whole;
console.log(
  `to show a chapter: catalogue ${kilobytes(catalogue)} and at most ${kilobytes(largest.size)} (${largest.id}), ${(share * 100).toFixed(1)} % of all ${library.chapters.length} chapters (${kilobytes(whole)}, under ${largestShare * 100} %)`,
);
if (share > largestShare) process.exitCode = 1;
