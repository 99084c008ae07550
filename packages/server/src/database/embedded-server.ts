import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { log } from "../log.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import { type DataDirectory, SetupFault } from "./data-directory.ts";

const run = promisify(execFile);

export const ownerRole = "trellis_owner";

/** How to reach the server: the folder of its Unix socket, or this machine's own address. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

export interface EmbeddedServer {
  readonly address: ServerAddress;
  /** The process now running; another one after PostgreSQL was killed and brought back. */
  readonly pid: number | undefined;
  /** Fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
  stop(): Promise<void>;
}

export interface EmbeddedServerOptions {
  /** More settings of postgresql.conf, for tests. Durability is never among them for real data. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called when PostgreSQL cannot be kept running. */
  readonly onGiveUp?: (reason: string) => void;
}

/** Unix socket paths longer than this do not fit the kernel's structure (108 bytes on Linux, 104 on macOS). */
const longestSocketPath = 100;
/** A server that fails this often within a minute has a fault that starting again does not mend. */
const mostRestartsPerMinute = 5;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("The system gave no free port.");
  return address.port;
}

/**
 * Starts a real PostgreSQL on a data directory, making it on first use, and keeps it running: when PostgreSQL dies, it is brought back
 * (its own crash recovery loses nothing acknowledged). A server left over from a killed run is stopped first.
 * Reached only over a Unix socket in the data directory (or 127.0.0.1 where that is not possible), with a random password.
 */
export async function startEmbeddedServer(data: DataDirectory, options: EmbeddedServerOptions = {}): Promise<EmbeddedServer> {
  const binaries = findBinaries(data.runAs ? data.path : null);
  const cluster = join(data.postgres, "cluster");
  const runFolder = join(data.postgres, "run");
  mkdirSync(runFolder, { recursive: true, mode: 0o700 });
  if (data.runAs) chownSync(runFolder, data.runAs.uid, data.runAs.gid);
  const asUser = data.runAs ?? {};

  if (!existsSync(cluster)) await initialize(binaries, data, cluster);
  await stopLeftOver(binaries, cluster, data);

  const overSocket = process.platform !== "win32" && join(runFolder, ".s.PGSQL.5432").length <= longestSocketPath;
  const address: ServerAddress = overSocket ? { host: runFolder, port: 5432 } : { host: "127.0.0.1", port: await freePort() };
  const settings: Record<string, string> = {
    port: String(address.port),
    listen_addresses: overSocket ? "" : "127.0.0.1",
    unix_socket_directories: overSocket ? runFolder : "",
    max_connections: "60",
    shared_buffers: "128MB",
    // A plan is small and waits for nobody: short statements only, so that a lost browser never holds a lock.
    idle_in_transaction_session_timeout: "60s",
    log_min_messages: "warning",
    log_checkpoints: "off",
    // Statements may hold clients' data; they never enter the log.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    ...options.settings,
  };
  const commandLine = ["-D", cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];

  let child: ChildProcess;
  let stopping = false;
  let restarts: number[] = [];

  const launch = () => {
    const output = openSync(join(data.path, "postgres.log"), "a", 0o600);
    // In a session of its own: Ctrl-C reaches the application first, which then stops PostgreSQL in order.
    child = spawn(binaries.postgres, commandLine, { ...asUser, cwd: "/", detached: true, stdio: ["ignore", output, output] });
    child.once("error", (error) => log("error", "postgres could not be started", { reason: error.name }));
    child.once("exit", (code, signal) => {
      if (stopping) return;
      const now = Date.now();
      restarts = [...restarts.filter((time) => now - time < 60_000), now];
      log("warning", "postgres stopped and is brought back", { code, signal });
      if (restarts.length > mostRestartsPerMinute) {
        options.onGiveUp?.(`PostgreSQL stopped ${restarts.length} times within a minute. Its own messages are in ${join(data.path, "postgres.log")}.`);
        return;
      }
      setTimeout(() => {
        // Children of a killed postmaster may still hold the directory for a moment.
        void stopLeftOver(binaries, cluster, data).then(() => {
          if (!stopping) launch();
        });
      }, 100);
    });
  };
  launch();
  try {
    await waitUntilReady(address, data.secrets.ownerPassword, () => stopping || restarts.length > mostRestartsPerMinute);
  } catch (error) {
    stopping = true;
    child!.kill("SIGQUIT");
    throw error;
  }
  return {
    address,
    get pid() {
      return child.pid;
    },
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGINT");
      const fast = await Promise.race([gone.then(() => true), sleep(2_000, false, { ref: false })]);
      if (!fast) {
        // Immediate shutdown; the next start replays the log and loses nothing that was acknowledged.
        child.kill("SIGQUIT");
        await gone;
      }
    },
  };
}

async function initialize(binaries: Binaries, data: DataDirectory, cluster: string): Promise<void> {
  const asUser = data.runAs ?? {};
  const partial = `${cluster}.new`;
  rmSync(partial, { recursive: true, force: true });
  const passwordFile = join(data.postgres, "owner-password");
  writeFileSync(passwordFile, data.secrets.ownerPassword, { mode: 0o600 });
  if (data.runAs) chownSync(passwordFile, data.runAs.uid, data.runAs.gid);
  try {
    await run(
      binaries.initdb,
      ["-D", partial, "-U", ownerRole, `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--data-checksums"],
      { ...asUser, cwd: "/", env: { ...process.env, LC_ALL: "C", TZ: "UTC" } },
    );
  } catch (error) {
    const detail = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n").at(-1) : "";
    throw new SetupFault(`PostgreSQL could not be set up in ${data.postgres}. ${detail}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  // Renamed when whole: a first start that was killed half way leaves nothing that looks like a database.
  renameSync(partial, cluster);
}

/** Stops a PostgreSQL that an earlier, killed run left on this very data directory. `pg_ctl` checks that the process is ours. */
async function stopLeftOver(binaries: Binaries, cluster: string, data: DataDirectory): Promise<void> {
  const asUser = data.runAs ?? {};
  const pidFile = join(cluster, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  for (const mode of ["fast", "immediate"]) {
    try {
      await run(binaries.pgCtl, ["stop", "-D", cluster, "-m", mode, "-w", "-t", "8"], { ...asUser, cwd: "/" });
      return;
    } catch {
      if (!isAlive(pidFile)) return;
    }
  }
  throw new SetupFault(`Another PostgreSQL holds ${cluster} and does not stop. Stop it, then start Trellis again.`);
}

function isAlive(pidFile: string): boolean {
  try {
    process.kill(Number(readFileSync(pidFile, "utf8").split("\n")[0]), 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function waitUntilReady(address: ServerAddress, password: string, gaveUp: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const client = new pg.Client({ ...address, user: ownerRole, password, database: "postgres", connectionTimeoutMillis: 2_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query("SELECT 1");
      return;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "28P01") {
        throw new SetupFault("The database does not accept the password in secrets.json. Restore that file together with its data directory.");
      }
      if (gaveUp() || Date.now() > deadline) throw new SetupFault("PostgreSQL did not come up. Its own messages are in postgres.log in the data directory.");
      await sleep(40);
    } finally {
      await client.end().catch(() => {});
    }
  }
}
