import { execFile } from "node:child_process";
import { existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Binaries } from "./binaries.ts";
import { SetupFault } from "./data-directory.ts";
import { commandOf, isRunning } from "./running-process.ts";

const run = promisify(execFile);

/** How PostgreSQL is asked to stop: "fast" ends connections and writes everything out, "immediate" leaves that to the next start's recovery. */
export type Shutdown = "fast" | "immediate";

/** Asks a PostgreSQL to stop, without waiting. */
export async function askToStop(pid: number, how: Shutdown, binaries: Binaries, cluster: string): Promise<void> {
  if (process.platform === "win32") {
    // No signals there; PostgreSQL listens on a pipe that its own program knows.
    await run(binaries.pgCtl, ["stop", "-D", cluster, "-m", how, "-W"]).catch(() => {});
    return;
  }
  try {
    process.kill(pid, how === "fast" ? "SIGINT" : "SIGQUIT");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EPERM") {
      throw new SetupFault(`A PostgreSQL of another user (process ${pid}) is running on ${cluster}. Stop it first.`);
    }
  }
}

/** What a running PostgreSQL notes about itself in its data directory. */
interface PidFile {
  readonly pid: number;
  /** The number of its shared memory, or null before it has any. */
  readonly sharedMemory: number | null;
}

function readPidFile(cluster: string): PidFile | null {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const sharedMemory = Number(lines[6]?.trim().split(/\s+/)[1] ?? Number.NaN);
  return { pid: Number(lines[0]), sharedMemory: Number.isInteger(sharedMemory) ? sharedMemory : null };
}

/** True when the process is a PostgreSQL on this very data directory, and not another program that got the number later. */
function isOurs(pid: number, cluster: string): boolean {
  const command = commandOf(pid);
  if (process.platform === "win32") return /postgres\.exe/i.test(command);
  return /\bpostgres\b/.test(command) && (command.includes(` ${cluster} `) || command.includes(` ${realpathSync(cluster)} `));
}

/** How many processes still use this shared memory; null where the system does not tell. */
function usersOfMemory(id: number): number | null {
  try {
    const [head, ...rows] = readFileSync("/proc/sysvipc/shm", "utf8")
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/));
    const idColumn = head?.indexOf("shmid") ?? -1;
    const usersColumn = head?.indexOf("nattch") ?? -1;
    return Number(rows.find((row) => row[idColumn] === String(id))?.[usersColumn] ?? 0);
  } catch {
    return null;
  }
}

async function until(condition: () => boolean, milliseconds: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += 20) {
    if (condition()) return true;
    await sleep(20);
  }
  return condition();
}

/**
 * Stops a PostgreSQL that an earlier, killed run left on this very data directory, and waits for what is left of one that was itself killed.
 * Never stops a process that only has the same number. Throws a `SetupFault` when the directory does not become free.
 */
export async function stopLeftOver(binaries: Binaries, cluster: string): Promise<void> {
  const noted = readPidFile(cluster);
  if (noted === null) return;
  const { pid, sharedMemory } = noted;
  if (isRunning(pid) && isOurs(pid, cluster)) {
    await askToStop(pid, "fast", binaries, cluster);
    if (!(await until(() => !isRunning(pid), 5_000))) {
      await askToStop(pid, "immediate", binaries, cluster);
      if (!(await until(() => !isRunning(pid), 10_000))) {
        throw new SetupFault(
          `A PostgreSQL left over from an earlier run (process ${pid}) holds ${cluster} and does not stop. Stop it, then start Trellis again.`,
        );
      }
    }
  }
  // Workers of a killed server notice its death within moments. Until they are gone they could still write.
  if (sharedMemory !== null && !(await until(() => (usersOfMemory(sharedMemory) ?? 0) === 0, 15_000))) {
    throw new SetupFault(`Processes of an earlier PostgreSQL still hold ${cluster}. Stop them, then start Trellis again.`);
  }
  // PostgreSQL itself takes any living process with this number for its predecessor. By now it is known to be somebody else's.
  if (numberIsTaken(pid) && readPidFile(cluster)?.pid === pid) rmSync(join(cluster, "postmaster.pid"), { force: true });
}

function numberIsTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
