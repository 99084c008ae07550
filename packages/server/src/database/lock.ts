import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
 */
export function lockDataDirectory(file: string): DataLock {
  const mine: Lock = { pid: process.pid, started: startOf(process.pid), address: "", token: randomUUID() };
  const aside = `${file}.${mine.token}`;
  const write = (lock: Lock, as: string) => {
    writeFileSync(as, JSON.stringify(lock), { mode: 0o600 });
    giveToOwner(as);
  };
  write(mine, aside);
  try {
    for (;;) {
      try {
        // A link appears with its whole content, or not at all when another is there: nobody ever reads half a lock.
        linkSync(aside, file);
        break;
      } catch (error) {
        if (!exists(error)) throw error;
      }
      const other = readLock(file);
      if (other && isHeld(other)) refuse(other);
      takeAway(file, other);
    }
  } finally {
    rmSync(aside, { force: true });
  }
  // Two starts at once may both have found the same old lock; the one whose lock stands is the holder.
  let standing = readLock(file);
  if (standing === null) {
    // Another start has it in hand at this moment, and puts it back.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    standing = readLock(file);
  }
  if (standing?.token !== mine.token) refuse(standing ?? mine);
  return {
    announce(address) {
      write({ ...mine, address }, aside);
      renameSync(aside, file);
    },
    release() {
      if (readLock(file)?.token === mine.token) rmSync(file, { force: true });
    },
  };
}

/** Removes the old lock that was read, and never one that another start put in its place meanwhile. */
function takeAway(file: string, old: Lock | null): void {
  const taken = `${file}.${randomUUID()}`;
  try {
    renameSync(file, taken);
  } catch {
    // Another start took it away first.
    return;
  }
  try {
    const found = readLock(taken);
    if (found && found.token !== old?.token) linkSync(taken, file);
  } catch (error) {
    if (!exists(error)) throw error;
  } finally {
    rmSync(taken, { force: true });
  }
}
