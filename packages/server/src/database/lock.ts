import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { SetupFault } from "./data-directory.ts";

const Lock = z.strictObject({ pid: z.number().int(), address: z.string(), startedAt: z.string() });

function readLock(file: string): z.infer<typeof Lock> | null {
  try {
    return Lock.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

/** True when the process lives and is a Trellis server; after a restart of the machine its number may belong to something else. */
function isServer(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("start.ts");
  } catch {
    // No /proc here (macOS, Windows): the living process is taken for the server.
    return true;
  }
}

export interface DataLock {
  /** Writes where this server answers, for a second start to name. */
  announce(address: string): void;
  release(): void;
}

/** Takes the data directory for this process. Throws a `SetupFault` naming the running server when there is one; nothing is touched then. */
export function lockDataDirectory(file: string): DataLock {
  const mine = { pid: process.pid, address: "", startedAt: new Date().toISOString() };
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: "wx", mode: 0o600 });
      break;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST") || attempt > 2) throw error;
    }
    const other = readLock(file);
    if (other && isServer(other.pid)) {
      const where = other.address ? ` It answers at ${other.address}.` : "";
      throw new SetupFault(`Trellis is already running on this data (process ${other.pid}).${where} Stop it first, or set TRELLIS_DATA to another folder.`);
    }
    // Left by a server that was killed.
    rmSync(file, { force: true });
  }
  return {
    announce: (address) => writeFileSync(file, JSON.stringify({ ...mine, address }), { mode: 0o600 }),
    release: () => {
      if (readLock(file)?.pid === process.pid) rmSync(file, { force: true });
    },
  };
}
