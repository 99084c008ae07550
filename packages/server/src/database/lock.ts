import { randomUUID } from "node:crypto";
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { z } from "zod";
import { giveToOwner, SetupFault } from "./data-directory.ts";
import { isRunning, startOf } from "./running-process.ts";

const Lock = z.strictObject({
  pid: z.number().int(),
  /** Tells the holder from a later process with the same number. */
  started: z.string(),
  /** Where it answers; "" until it does. */
  address: z.string(),
  token: z.string(),
});
type Lock = z.infer<typeof Lock>;

function readLock(file: string): Lock | null {
  try {
    return Lock.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

function isHeld({ pid, started }: Lock): boolean {
  return isRunning(pid) && (started === "" || startOf(pid) === started);
}

const exists = (error: unknown) => error instanceof Error && "code" in error && error.code === "EEXIST";

function refuse({ pid, address }: Lock): never {
  const where = address ? `It answers at ${address}.` : "It is just starting.";
  throw new SetupFault(
    `Trellis is already running on this data (process ${pid}). ${where} Use that one, or stop it first; for a second, separate Trellis set TRELLIS_DATA to another folder.`,
  );
}

export interface DataLock {
  /** Writes where this server answers, for a second start to name. */
  announce(address: string): void;
  release(): void;
}

/**
 * Takes a data directory for this process. Throws a `SetupFault` naming the running server when there is one; nothing is touched then.
 * A lock left by a server that was killed, or from before the machine was started again, does not count.
 *
 * Locks are numbered files, `server.lock.7`, and the highest number is the one that counts. Taking over makes the next number, which the file system
 * gives to one process only; the highest is never removed, so that nobody, however late, can take a number that was already passed.
 */
export function lockDataDirectory(file: string): DataLock {
  const mine: Lock = { pid: process.pid, started: startOf(process.pid), address: "", token: randomUUID() };
  const aside = `${file}.${mine.token}`;
  const write = (lock: Lock) => {
    writeFileSync(aside, JSON.stringify(lock), { mode: 0o600 });
    giveToOwner(aside);
  };
  const replace = (lock: Lock) => {
    write(lock);
    renameSync(aside, numbered(file, held));
  };
  write(mine);
  let held: number;
  try {
    held = takeNextNumber(file, aside);
  } finally {
    rmSync(aside, { force: true });
  }
  for (const number of numbersOf(file)) if (number < held) rmSync(numbered(file, number), { force: true });
  return {
    announce: (address) => replace({ ...mine, address }),
    release: () => replace({ ...mine, pid: 0 }),
  };
}

const numbered = (file: string, number: number) => `${file}.${number}`;

function numbersOf(file: string): number[] {
  const prefix = `${basename(file)}.`;
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(prefix) && /^\d{1,9}$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)));
}

function takeNextNumber(file: string, aside: string): number {
  for (;;) {
    const highest = Math.max(0, ...numbersOf(file));
    const other = readLock(numbered(file, highest));
    if (other && isHeld(other)) refuse(other);
    try {
      // A link appears with its whole content, or not at all when another is there: nobody ever reads half a lock.
      linkSync(aside, numbered(file, highest + 1));
    } catch (error) {
      if (exists(error)) continue;
      throw error;
    }
    if (Math.max(...numbersOf(file)) === highest + 1) return highest + 1;
    // Others went on meanwhile; this number was passed and removed long ago.
    rmSync(numbered(file, highest + 1), { force: true });
  }
}
