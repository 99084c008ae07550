import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { EngagementBarriersFile } from "@trellis/domain/engagement/barrier";
import { Case } from "@trellis/domain/library/case";
import { Chapter } from "@trellis/domain/library/chapter";
import { Contents } from "@trellis/domain/library/contents";
import { EvidenceFile } from "@trellis/domain/library/evidence";
import { Homework } from "@trellis/domain/library/homework";
import { assembleLibrary, type Library, type LibraryFile } from "@trellis/domain/library/library";
import { Measure } from "@trellis/domain/measures/measure";
import { CareOptionsFile } from "@trellis/domain/off-track/care-option";
import { SessionOutline } from "@trellis/domain/outline/outline";
import { type Document, isNode, LineCounter, parseDocument, visit, type YAMLError } from "yaml";
import type { z } from "zod";
import { openCompiledLibrary } from "./compiled-library.ts";

/** The library that comes with the product. */
export const libraryFolder = fileURLToPath(new URL("../../../../library/", import.meta.url));

/** Why a file of the library cannot be used as it stands. */
export interface FileFault {
  /** Path relative to the library folder. */
  readonly file: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** Where in the content: keys and positions from the top. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Thrown by `loadLibrary`; the message names every fault with file, line and path. */
export class LibraryError extends Error {
  override readonly name = "LibraryError";
  readonly faults: readonly FileFault[];
  constructor(faults: readonly FileFault[]) {
    super(`The library cannot be loaded:\n${faults.map(describeFault).join("\n")}`);
    this.faults = faults;
  }
}

/** "problems/adult/depression.yaml:12:5 goals[2].text: …" */
export function describeFault(fault: FileFault): string {
  const path = fault.path.map((part, i) => (typeof part === "number" ? `[${part}]` : `${i === 0 ? "" : "."}${part}`)).join("");
  return `${fault.file}:${fault.line}:${fault.column}${path === "" ? "" : ` ${path}`}: ${fault.message}`;
}

type Place = Pick<FileFault, "line" | "column">;
const beginning: Place = { line: 1, column: 1 };

/** What reading the folder gave: the files that could be read, what is wrong with the others, and where things stand. */
export interface LibraryReading {
  readonly files: readonly LibraryFile[];
  readonly faults: readonly FileFault[];
  /** Ids found in files that could not be read, so that references to them are not taken for dangling. */
  readonly unreadIds: ReadonlySet<string>;
  /** Where in a file a value stands; its beginning where that is not known. */
  placeOf(file: string, path: readonly (string | number)[]): Place;
}

type Kind = LibraryFile["kind"];
/** Where each kind of content stands: a folder, or one file. */
const folders: Record<string, Kind> = {
  "contents.yaml": "contents",
  problems: "chapter",
  evidence: "evidence",
  homework: "homework",
  outlines: "outline",
  measures: "measure",
  "licensed-measures": "measure",
  "measure-skeletons": "measure",
  cases: "case",
  "off-track": "care-options",
  engagement: "engagement-barriers",
};

/** Measures whose owners set conditions, with their notices: a folder that can be left out. */
const licensedMeasures = "licensed-measures";

/**
 * The setting that leaves the measures with conditions out of a library: `TRELLIS_LICENSED_MEASURES=off`, for whoever passes Trellis on in a way that their
 * terms do not allow.
 */
export const leavesOutLicensed = (environment: NodeJS.ProcessEnv): boolean => environment.TRELLIS_LICENSED_MEASURES === "off";

/**
 * Loads the library for use. Throws a `LibraryError` when a file is not valid: a plan is never drafted from half a library.
 */
export function loadLibrary(folder: string = libraryFolder, withoutLicensed = leavesOutLicensed(process.env)): Library {
  const { files, faults } = readLibrary(folder, withoutLicensed);
  if (faults.length > 0) throw new LibraryError(faults);
  return assembleLibrary(files);
}

/**
 * Reads every content file below the folder and reports what is wrong file by file, without giving up at the first. The library that comes with the product
 * is read once and kept as read: afterwards only files that have changed are parsed and checked again.
 */
export function readLibrary(folder: string, withoutLicensed = false): LibraryReading {
  const files: LibraryFile[] = [];
  const faults: FileFault[] = [];
  const unreadIds = new Set<string>();
  const documents = new Map<string, { document: Document; lines: LineCounter }>();
  const placeOf = (file: string, path: readonly (string | number)[]): Place => {
    const bytes = documents.has(file) ? null : readOrNull(join(folder, file));
    if (bytes !== null) documents.set(file, parseYaml(bytes));
    const parsed = documents.get(file);
    return parsed === undefined ? beginning : placeAt(parsed.document, parsed.lines, path);
  };
  const kept = folder === libraryFolder ? openCompiledLibrary() : null;
  for (const [name, kind] of Object.entries(folders)) {
    if (withoutLicensed && name === licensedMeasures) continue;
    for (const path of yamlFiles(join(folder, name))) {
      const file = relative(folder, path).split(sep).join("/");
      const bytes = readOrNull(path);
      if (bytes === null) continue;
      const known = kept?.find(file, bytes);
      if (known !== undefined) {
        files.push(known);
        continue;
      }
      const parsedFile = parseYaml(bytes);
      const { document } = parsedFile;
      documents.set(file, parsedFile);
      if (document.errors.length > 0) {
        for (const error of document.errors)
          faults.push({ file, ...placeOfError(error), path: [], message: `not valid YAML: ${error.message.split("\n")[0]}` });
        collectIds(document, unreadIds);
        continue;
      }
      const parsed = parseContent(kind, file, document.toJS());
      for (const issue of parsed.issues) faults.push({ file, ...placeOf(file, issue.path), path: issue.path, message: issue.message });
      if (parsed.file !== undefined) files.push(parsed.file);
      else collectIds(document, unreadIds);
      if (parsed.file !== undefined && parsed.issues.length === 0) kept?.add(parsed.file, bytes);
    }
  }
  kept?.save();
  return { files, faults, unreadIds, placeOf };
}

function readOrNull(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EISDIR")) return null;
    throw error;
  }
}

function parseYaml(bytes: Buffer): { document: Document; lines: LineCounter } {
  const lines = new LineCounter();
  return { document: parseDocument(bytes.toString("utf8"), { lineCounter: lines, uniqueKeys: true }), lines };
}

interface Issue {
  readonly path: (string | number)[];
  readonly message: string;
}

function parseContent(kind: Kind, path: string, data: unknown): { file?: LibraryFile; issues: Issue[] } {
  switch (kind) {
    case "chapter": {
      const result = Chapter.safeParse(data);
      return result.success ? { file: { kind, path, content: result.data }, issues: [] } : { issues: issuesOf(result.error) };
    }
    case "contents": {
      const result = Contents.safeParse(data);
      return result.success ? { file: { kind, path, content: result.data }, issues: [] } : { issues: issuesOf(result.error) };
    }
    case "evidence": {
      const result = EvidenceFile.safeParse(data);
      return result.success ? { file: { kind, path, content: result.data }, issues: [] } : { issues: issuesOf(result.error) };
    }
    case "homework": {
      const result = Homework.safeParse(data);
      return result.success ? { file: { kind, path, content: result.data }, issues: [] } : { issues: issuesOf(result.error) };
    }
    case "outline": {
      const result = SessionOutline.safeParse(data);
      return result.success ? { file: { kind, path, content: result.data }, issues: [] } : { issues: issuesOf(result.error) };
    }
    case "measure": {
      const result = Measure.safeParse(data);
      return result.success ? { file: { kind, path, content: result.data }, issues: [] } : { issues: issuesOf(result.error) };
    }
    case "care-options": {
      const result = CareOptionsFile.safeParse(data);
      return result.success ? { file: { kind, path, content: result.data }, issues: [] } : { issues: issuesOf(result.error) };
    }
    case "engagement-barriers": {
      const result = EngagementBarriersFile.safeParse(data);
      return result.success ? { file: { kind, path, content: result.data }, issues: [] } : { issues: issuesOf(result.error) };
    }
    case "case": {
      const result = Case.safeParse(data);
      return result.success ? { file: { kind, path, content: result.data }, issues: [] } : { issues: issuesOf(result.error) };
    }
  }
}

function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.map((issue) => ({
    path: issue.path.map((part) => (typeof part === "symbol" ? String(part) : part)),
    message: messageOf(issue),
  }));
}

/** Zod's message in the words of somebody who writes YAML. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type") return issue.message;
  if (issue.message.endsWith("received undefined")) return `This is missing; it is to be a ${issue.expected}.`;
  return issue.expected === "string" ? `${issue.message}. Put it in quotes.` : issue.message;
}

function yamlFiles(folder: string): string[] {
  if (folder.endsWith(".yaml")) return [folder];
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** Where a node stands, or the nearest node around it that exists (a missing key is reported at its parent). */
function placeAt(document: Document, lines: LineCounter, path: readonly (string | number)[]): Place {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (!isNode(node) || !node.range) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return { line, column: col };
  }
  return beginning;
}

function placeOfError({ linePos }: YAMLError): Place {
  return linePos === undefined ? beginning : { line: linePos[0].line, column: linePos[0].col };
}

function collectIds(document: Document, ids: Set<string>): void {
  visit(document, {
    Map(_, node) {
      const id = node.get("id");
      if (typeof id === "string") ids.add(id);
    },
  });
}
