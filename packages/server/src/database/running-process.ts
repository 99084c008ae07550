import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What `ps` says of a process; "" when there is none, or no `ps`. */
function ps(pid: number, column: string): string {
  try {
    return execFileSync("ps", ["-ww", "-o", `${column}=`, "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "";
  }
}

/** The fields of /proc/<pid>/stat from the state on; the name before them may hold anything, also blanks and brackets. */
function statFields(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** True while the process runs. One that has ended and that nobody has waited for (a zombie) does not run. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  try {
    return statFields(pid)[0] !== "Z";
  } catch {
    return true;
  }
}

/**
 * A text that differs between two processes that had the same number one after the other: which boot of the machine, and when it was started.
 * "" where the system does not tell.
 */
export function startOf(pid: number): string {
  if (process.platform === "win32") return "";
  try {
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${statFields(pid)[19]}`;
  } catch {
    return ps(pid, "lstart");
  }
}

/** The process group, which parent and child share unless the child leads one of its own; "" where the system does not tell. */
function groupOf(pid: number): string {
  if (process.platform === "win32") return "";
  try {
    return statFields(pid)[2] ?? "";
  } catch {
    return ps(pid, "pgid");
  }
}

/** True when whoever started this process is gone, and the system has given it to another parent: that one is not of its group. */
export function hasLostItsParent(): boolean {
  const group = groupOf(process.pid);
  return group !== String(process.pid) && group !== groupOf(process.ppid);
}

/** The program and its arguments; "" when the system does not tell. */
export function commandOf(pid: number): string {
  if (process.platform === "win32") {
    try {
      return execFileSync("tasklist", ["/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"], { encoding: "utf8" });
    } catch {
      return "";
    }
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return ps(pid, "command");
  }
}
