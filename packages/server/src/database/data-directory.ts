import { createHash, randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
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
  /** The folder of the embedded PostgreSQL, made on first use. */
  readonly postgres: string;
  readonly secrets: Secrets;
  /** Set when running as root. */
  readonly runAs: UnprivilegedUser | null;
}

/** A fault of the installation that a person can mend; its message says how. Start-up prints it without a stack. */
export class SetupFault extends Error {}

const asRoot = () => process.getuid?.() === 0;

/** The file names of a data directory that others need to know. */
export const lockFile = (path: string) => join(path, "server.lock");
const secretsFile = (path: string) => join(path, "secrets.json");
const clusterFolder = (path: string) => join(path, "postgres", "cluster");

/** True when every folder from the root to `path` lets this user through, so that a process of theirs can get there. */
export function reachableBy(path: string, user: UnprivilegedUser): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { uid, gid, mode } = statSync(folder);
      const needed = uid === user.uid ? constants.S_IXUSR : gid === user.gid ? constants.S_IXGRP : constants.S_IXOTH;
      if ((mode & needed) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/** The users that the system knows by name; PostgreSQL does not run as any other. */
function systemUsers(): readonly (UnprivilegedUser & { readonly name: string })[] {
  try {
    return [...readFileSync("/etc/passwd", "utf8").matchAll(/^([^:]+):[^:]*:(\d+):(\d+):/gm)].map(([, name = "", uid, gid]) => ({
      name,
      uid: Number(uid),
      gid: Number(gid),
    }));
  } catch {
    return [];
  }
}

/** The system's user without rights, whose number differs between systems. */
function nobody(): UnprivilegedUser {
  const { uid, gid } = systemUsers().find(({ name }) => name === "nobody") ?? { uid: 65534, gid: 65534 };
  return { uid, gid };
}

/** Whoever already owns the database or the data directory; `nobody` when that is root or no user of this system. */
function unprivilegedUser(path: string): UnprivilegedUser {
  for (const folder of [clusterFolder(path), path]) {
    if (!existsSync(folder)) continue;
    const { uid, gid } = statSync(folder);
    if (uid !== 0 && systemUsers().some((user) => user.uid === uid)) return { uid, gid };
  }
  return nobody();
}

/**
 * Where this installation keeps its data: TRELLIS_DATA, else `.trellis` in the project. As root in a project that others cannot enter
 * (such as one in /root) the unprivileged database could not get there; then it is a folder of its own below /var/lib/trellis.
 */
export function dataPath(environment: NodeJS.ProcessEnv): string {
  if (environment.TRELLIS_DATA) return resolve(environment.TRELLIS_DATA);
  const usual = join(projectRoot, ".trellis");
  if (!asRoot() || existsSync(clusterFolder(usual)) || reachableBy(projectRoot, nobody())) return usual;
  return join("/var/lib/trellis", createHash("sha256").update(projectRoot).digest("hex").slice(0, 12));
}

/** Makes the data directory on first use. Touches nothing that is in it. Throws a `SetupFault` when it cannot be used. */
export function prepareDataDirectory(path: string): void {
  try {
    // Root's own is open for passing through, for the sake of the unprivileged database; what lies in it is not.
    makeFolders(path, asRoot() ? 0o711 : 0o700);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new SetupFault(`The data directory ${path} cannot be written. Set TRELLIS_DATA to a folder that you own.`);
  }
}

/** Node's own recursive `mkdir` never ends below a folder that takes none, such as /proc. */
function makeFolders(path: string, mode: number): void {
  if (existsSync(path)) return;
  makeFolders(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Somebody else was quicker.
    if (!existsSync(path)) throw error;
  }
}

/** Opens the data directory and its secrets, which are made on first use. Only for the process that holds the directory's lock. */
export function openDataDirectory(path: string): DataDirectory {
  prepareDataDirectory(path);
  const runAs = asRoot() ? unprivilegedUser(path) : null;
  if (runAs) {
    const { uid, mode } = statSync(path);
    // A folder of root's own that only it can enter, such as one made by `mktemp -d`.
    if (uid === 0 && !reachableBy(path, runAs)) chmodSync(path, (mode & 0o777) | constants.S_IXOTH);
    if (!reachableBy(path, runAs)) {
      throw new SetupFault(
        `The data directory ${path} lies in a folder that only root can enter, and PostgreSQL never runs as root. Set TRELLIS_DATA to another folder, for example /var/lib/trellis/data.`,
      );
    }
  }
  const data = { path, postgres: join(path, "postgres"), runAs };
  makeFolderForPostgres(data.postgres, runAs);
  return { ...data, secrets: openSecrets(path) };
}

/** Makes a folder that belongs to PostgreSQL alone. */
export function makeFolderForPostgres(folder: string, runAs: UnprivilegedUser | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (runAs) chownSync(folder, runAs.uid, runAs.gid);
}

/**
 * Makes the database's files PostgreSQL's own again after a backup was put back in a way that lost whose they were (such as `cp -r` as root).
 * Throws a `SetupFault` where this user may not. The folder itself comes last: what is cut short is done again.
 */
export function reclaimCluster(cluster: string, runAs: UnprivilegedUser | null): void {
  const { uid, mode } = statSync(cluster);
  const user = runAs?.uid ?? process.getuid?.() ?? uid;
  try {
    if (runAs && uid !== user) {
      for (const name of readdirSync(cluster, { recursive: true, encoding: "utf8" })) lchownSync(join(cluster, name), runAs.uid, runAs.gid);
      chownSync(cluster, runAs.uid, runAs.gid);
    } else if (uid !== user) throw new Error("The files are another user's.");
    // PostgreSQL refuses a folder that others can look into.
    if (process.platform !== "win32" && (mode & 0o077) !== 0) chmodSync(cluster, 0o700);
  } catch {
    throw new SetupFault(
      `The database in ${cluster} belongs to another user. Start Trellis as that user, or have its files given to you: chown -R.`,
    );
  }
}

/** Gives a file that root made in somebody's data directory to that somebody, who else could not start Trellis without root again. */
export function giveToOwner(file: string): void {
  if (!asRoot()) return;
  const { uid, gid } = statSync(dirname(file));
  if (uid !== 0) chownSync(file, uid, gid);
}

function openSecrets(path: string): Secrets {
  const file = secretsFile(path);
  if (!existsSync(file)) {
    if (existsSync(clusterFolder(path))) {
      throw new SetupFault(
        `The file ${file} is missing, and the database beside it cannot be opened without it. Restore it from a backup.`,
      );
    }
    const random = () => randomBytes(32).toString("base64url");
    const secrets: Secrets = { ownerPassword: random(), appPassword: random(), authPassword: random(), cookieSecret: random() };
    writeWhole(file, JSON.stringify(secrets));
    return secrets;
  }
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new SetupFault(`The file ${file} belongs to another user. Start Trellis as the user who started it first.`);
  }
  try {
    return Secrets.parse(JSON.parse(text));
  } catch {
    throw new SetupFault(`The file ${file} is damaged. Restore it from a backup; without it the database cannot be opened.`);
  }
}

/** Writes a file that only its owner can read, aside and then renamed: a power cut leaves a whole file or none. */
function writeWhole(file: string, text: string): void {
  const partial = `${file}.new`;
  writeFileSync(partial, text, { mode: 0o600, flush: true });
  chmodSync(partial, 0o600);
  giveToOwner(partial);
  renameSync(partial, file);
  flushFolder(dirname(file));
}

/** Makes a rename in this folder last through a power cut. */
export function flushFolder(folder: string): void {
  // Windows keeps folders by other means and refuses to open them.
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}
