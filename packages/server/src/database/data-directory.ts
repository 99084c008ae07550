import { createHash, randomBytes } from "node:crypto";
import { accessSync, chmodSync, chownSync, constants, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const projectRoot = fileURLToPath(new URL("../../../../", import.meta.url));

/** The random passwords and keys of one installation. Made once, kept in a file that only its owner can read. */
const Secrets = z.strictObject({ ownerPassword: z.string(), appPassword: z.string(), authPassword: z.string(), cookieSecret: z.string() });
export type Secrets = z.infer<typeof Secrets>;

/** The unprivileged user that runs PostgreSQL where Trellis itself runs as root: PostgreSQL refuses to run as root. */
export interface UnprivilegedUser {
  readonly uid: number;
  readonly gid: number;
}

export interface DataDirectory {
  readonly path: string;
  readonly postgres: string;
  readonly secrets: Secrets;
  readonly lockFile: string;
  /** Set when running as root. */
  readonly runAs: UnprivilegedUser | null;
}

/** A fault of the installation that a person can mend; its message says how. Start-up prints it without a stack. */
export class SetupFault extends Error {}

const nobody: UnprivilegedUser = { uid: 65534, gid: 65534 };

/** True when every folder from the root to `path` lets other users through, so that an unprivileged process can get there. */
export function reachableByOthers(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & constants.S_IXOTH) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * Where this installation keeps its data: TRELLIS_DATA, else `.trellis` in the project. As root in a folder that others cannot enter
 * (such as /root) the unprivileged database could not get there; then it is a folder of its own below /var/lib/trellis.
 */
export function dataPath(environment: NodeJS.ProcessEnv): string {
  if (environment.TRELLIS_DATA) return resolve(environment.TRELLIS_DATA);
  const usual = join(projectRoot, ".trellis");
  if (process.getuid?.() !== 0 || reachableByOthers(projectRoot)) return usual;
  return join("/var/lib/trellis", createHash("sha256").update(projectRoot).digest("hex").slice(0, 12));
}

/** Makes the data directory on first use and reads its secrets. Throws a `SetupFault` that says what to do when it cannot be used. */
export function openDataDirectory(path: string): DataDirectory {
  const runAs = process.getuid?.() === 0 ? nobody : null;
  try {
    mkdirSync(path, { recursive: true, mode: 0o711 });
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch {
    throw new SetupFault(`The data directory ${path} cannot be written. Set TRELLIS_DATA to a folder that you own.`);
  }
  if (runAs && !reachableByOthers(path)) {
    throw new SetupFault(`The data directory ${path} lies in a folder that only root can enter, and PostgreSQL never runs as root. Set TRELLIS_DATA to another folder, for example /var/lib/trellis/data.`);
  }
  const postgres = join(path, "postgres");
  mkdirSync(postgres, { recursive: true, mode: 0o700 });
  if (runAs) chownSync(postgres, runAs.uid, runAs.gid);
  return { path, postgres, secrets: openSecrets(join(path, "secrets.json")), lockFile: join(path, "server.lock"), runAs };
}

function openSecrets(file: string): Secrets {
  if (existsSync(file)) {
    const parsed = Secrets.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (!parsed.success) throw new SetupFault(`The file ${file} is damaged. Restore it from a backup; without it the database cannot be opened.`);
    return parsed.data;
  }
  const random = () => randomBytes(32).toString("base64url");
  const secrets: Secrets = { ownerPassword: random(), appPassword: random(), authPassword: random(), cookieSecret: random() };
  // Written aside and renamed, so that a power cut leaves a whole file or none.
  writeFileSync(`${file}.new`, JSON.stringify(secrets), { mode: 0o600, flush: true });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
  return secrets;
}
