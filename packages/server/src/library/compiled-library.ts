import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LibraryFile } from "@trellis/domain/library/library";

/** What reading the library gave the last time. Made from the library alone: it can be thrown away, and is not kept in the repository. */
export const compiledFile = fileURLToPath(new URL("../../dist/library.json", import.meta.url));

const contentKinds = fileURLToPath(import.meta.resolve("@trellis/domain/library/library"));

interface Compiled {
  /** Of the sources that say what a file may hold: after a change of them everything is read again. */
  readonly schemas: string;
  /** By path: what the file held, and the fingerprint of its bytes. */
  readonly files: Record<string, { readonly bytes: string; readonly file: LibraryFile }>;
}

/** The library as it was read last, which saves parsing and checking every file again. */
export interface CompiledLibrary {
  /** What a file holds, where it was read before with exactly these bytes. */
  find(path: string, bytes: Buffer): LibraryFile | undefined;
  /** Keeps what a faultless file holds. */
  add(file: LibraryFile, bytes: Buffer): void;
  /** Writes down what is new since it was opened. Where that cannot be done, as on a read-only disk, the next start reads the files again. */
  save(): void;
}

const fingerprint = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("base64url").slice(0, 22);

/** Of the module that names every kind of content, and of all that it imports. */
function schemasFingerprint(): string {
  const all = createHash("sha256");
  const seen = new Set<string>();
  const take = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const source = readFileSync(path, "utf8");
    all.update(source);
    for (const [, imported] of source.matchAll(/ from "(\.[^"]+)"/g)) if (imported !== undefined) take(join(dirname(path), imported));
  };
  take(contentKinds);
  return all.digest("base64url").slice(0, 22);
}

function readCompiled(path: string, schemas: string): Compiled["files"] {
  try {
    const compiled = JSON.parse(readFileSync(path, "utf8")) as Compiled;
    return compiled.schemas === schemas ? compiled.files : {};
  } catch {
    // Not there yet, or cut off while it was written: then it is made anew.
    return {};
  }
}

/** Opens what was kept. A file that is gone from the library is dropped at the next `save`. */
export function openCompiledLibrary(path = compiledFile): CompiledLibrary {
  const schemas = schemasFingerprint();
  const before = readCompiled(path, schemas);
  const now: Compiled["files"] = {};
  let isNew = false;
  return {
    find(name, bytes) {
      const known = before[name];
      if (known === undefined || known.bytes !== fingerprint(bytes)) return undefined;
      now[name] = known;
      return known.file;
    },
    add(file, bytes) {
      now[file.path] = { bytes: fingerprint(bytes), file };
      isNew = true;
    },
    save() {
      if (!isNew) return;
      try {
        mkdirSync(dirname(path), { recursive: true });
        const temporary = `${path}.${process.pid}`;
        // Moved into place whole, since another process may be reading it.
        writeFileSync(temporary, JSON.stringify({ schemas, files: now } satisfies Compiled));
        renameSync(temporary, path);
      } catch {
        // See above: what cannot be kept is read again.
      }
    },
  };
}
