import { parentPort, workerData } from "node:worker_threads";
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError, type YAMLWarning } from "yaml";
import type { Reading, ReadingFault } from "./read-yaml.ts";

/** Deeper than anything in a library, and far less deep than what would exhaust the machine. */
const deepest = 24;
/** Values of a file, keys counted: the largest chapters have some 5,000. */
const mostValues = 250_000;
/** Anchors repeat what is written once. A file written by hand has a few; one that multiplies itself is no library. */
const mostAliases = 50;

/** What to do about what is no YAML, by the parser's name for it. */
const whatToDo: Readonly<Record<string, string>> = {
  BAD_INDENT: "The indentation does not fit: items of one list begin in the same column.",
  TAB_AS_INDENT: "Indent with spaces and not with tabs.",
  BLOCK_AS_IMPLICIT_KEY: "A text with a colon in it needs quotes around it.",
  MISSING_CHAR: "A quotation mark, bracket or space is missing here.",
  UNEXPECTED_TOKEN: "Something stands here that does not belong here. A text with special characters needs quotes around it.",
  BAD_DQ_ESCAPE: "A backslash means something else in quotes. Write \\\\ for one.",
  BAD_SCALAR_START: "A text that begins with this character needs quotes around it.",
  MULTILINE_IMPLICIT_KEY: "The name of a field stands on one line and ends in a colon.",
  MULTIPLE_DOCS: "Only one document belongs in the file: take out the line --- and what is above it.",
  BAD_ALIAS: "What this * repeats is not there. Write it out.",
  TAG_RESOLVE_FAILED: "Tags (!) are not used in this file. Take it out.",
};

const tooDeep = "This is nested more deeply than anything in a library.";

/** The file as plain data, with where everything stands; or all that is wrong with it. */
function read(text: string): Reading {
  const lines = new LineCounter();
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  // Keys that stand twice are looked for below: the parser compares each with each.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false, version: "1.2", schema: "core" });
  const faults: ReadingFault[] = [...document.errors, ...document.warnings].map((error) => ({
    ...at(error.pos[0]),
    message: inWords(error),
  }));
  if (faults.length > 0) return { faults, data: null, places: new Map() };

  const places = new Map<string, readonly [number, number]>();
  let values = 0;
  let aliases = 0;
  let tooMuch = false;
  const look = (node: unknown, path: string, depth: number): void => {
    if (tooMuch) return;
    values += 1;
    if (values > mostValues) {
      tooMuch = true;
      faults.push({ ...at((node as Node).range?.[0] ?? 0), message: "This file holds more than a library can. Split it from here on." });
    } else if (isAlias(node)) {
      aliases += 1;
    } else if (depth > deepest && (isMap(node) || isSeq(node))) {
      tooMuch = true;
      faults.push({ ...at(node.range?.[0] ?? 0), message: tooDeep });
    } else if (isSeq(node)) {
      for (const [i, item] of node.items.entries()) {
        place(item, item, `${path}/${i}`);
        look(item, `${path}/${i}`, depth + 1);
      }
    } else if (isMap(node)) {
      const seen = new Set<string>();
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : null;
        const start = (key as Node | null)?.range?.[0] ?? node.range?.[0] ?? 0;
        if (name === null) {
          faults.push({ ...at(start), message: "The name of a field is a word." });
          continue;
        }
        if (seen.has(name))
          faults.push({ ...at(start), message: `“${name.slice(0, 60)}” stands here twice. Take one of them out, or join the two.` });
        seen.add(name);
        place(key, value, `${path}/${name}`);
        look(value, `${path}/${name}`, depth + 1);
      }
    }
  };
  const place = (key: unknown, value: unknown, path: string): void => {
    const keyAt = (key as Node | null)?.range?.[0] ?? 0;
    places.set(path, [keyAt, (value as Node | null)?.range?.[0] ?? keyAt]);
  };
  look(document.contents, "", 0);
  if (aliases > mostAliases)
    faults.push({ line: 1, column: 1, message: "This file repeats parts of itself with anchors (& and *) far too often. Write them out." });
  if (faults.length > 0) return { faults, data: null, places: new Map() };
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: mostAliases });
  } catch {
    return {
      faults: [{ line: 1, column: 1, message: "This file repeats parts of itself with anchors (& and *) far too often. Write them out." }],
      data: null,
      places: new Map(),
    };
  }
  return { faults, data, places: new Map([...places].map(([path, [key, value]]) => [path, [at(key), at(value)]])) };
}

function inWords({ code, message }: YAMLError | YAMLWarning): string {
  // The parser calls itself for every level, until there is no room left.
  if (message.includes("call stack")) return tooDeep;
  return (
    whatToDo[code] ?? `This is not valid YAML: ${message.split("\n")[0]?.slice(0, 200)}. Check the quotes, colons and indentation here.`
  );
}

function readOrRefuse(text: string): Reading {
  try {
    return read(text);
  } catch (error) {
    // The parser calls itself for every level, until there is no room left.
    if (!(error instanceof RangeError)) throw error;
    return {
      faults: [{ line: 1, column: 1, message: tooDeep }],
      data: null,
      places: new Map(),
    };
  }
}

parentPort?.postMessage(readOrRefuse(String(workerData)));
