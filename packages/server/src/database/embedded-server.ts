import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chownSync, closeSync, existsSync, openSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { log } from "../log.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import { type DataDirectory, flushFolder, giveToOwner, makeFolderForPostgres, reclaimCluster, SetupFault } from "./data-directory.ts";
import { askToStop, stopLeftOver } from "./left-over-server.ts";

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
  /** More settings of postgresql.conf. For tests: durability is never among them for real data. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called when PostgreSQL cannot be kept running. */
  readonly onGiveUp?: (reason: string) => void;
  /** Aborted when Trellis is stopped while PostgreSQL is still being made or started: it is stopped too, and starting rejects. */
  readonly ending?: AbortSignal | undefined;
}

/** Unix socket paths longer than this do not fit the kernel's structure (108 bytes on Linux, 104 on macOS). */
const longestSocketPath = 100;
/** A server that ends so often without having answered in between has a fault that starting again does not mend. */
const mostFailuresInARow = 8;
/** How long a shutdown may take before it becomes an immediate one, in ms. */
const patience = 1_500;
/** PostgreSQL's own log is begun anew at a start when it is longer than this, in bytes; one older part is kept. */
const longestLog = 5_000_000;

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
 * The caller holds the data directory's lock.
 */
export async function startEmbeddedServer(data: DataDirectory, options: EmbeddedServerOptions = {}): Promise<EmbeddedServer> {
  const binaries = findBinaries(data);
  const cluster = join(data.postgres, "cluster");
  const runFolder = join(data.postgres, "run");
  makeFolderForPostgres(runFolder, data.runAs);
  if (!existsSync(cluster)) await initialize(binaries, data, cluster, options.ending);
  await stopLeftOver(binaries, cluster);
  reclaimCluster(cluster, data.runAs);
  options.ending?.throwIfAborted();

  const overSocket = process.platform !== "win32" && Buffer.byteLength(join(runFolder, ".s.PGSQL.5432")) <= longestSocketPath;
  const address: ServerAddress = overSocket ? { host: runFolder, port: 5432 } : { host: "127.0.0.1", port: await freePort() };
  const settings: Readonly<Record<string, string>> = {
    port: String(address.port),
    listen_addresses: overSocket ? "" : "127.0.0.1",
    unix_socket_directories: overSocket ? runFolder : "",
    // Said here although they are the defaults, so that no file in the data directory can weaken them.
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    password_encryption: "scram-sha-256",
    max_connections: "60",
    shared_buffers: "128MB",
    timezone: "UTC",
    // Short statements: compiling them costs more than it saves.
    jit: "off",
    // A lost browser never holds a lock for long.
    idle_in_transaction_session_timeout: "60s",
    // Statements and what is wrong with their values may hold clients' data; neither enters the log.
    log_min_messages: "log",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_checkpoints: "off",
    ...options.settings,
  };
  const commandLine = ["-D", cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  let current: Launched | undefined;
  let stopping = false;
  const firstReady = Promise.withResolvers<void>();

  const supervise = async () => {
    for (let failures = 0; ; ) {
      const launched = launch(binaries, commandLine, data);
      current = launched;
      await waitUntilReady(address, data.secrets.ownerPassword, launched);
      if (launched.answered) {
        if (failures > 0) log("info", "postgres is back");
        failures = 0;
        firstReady.resolve();
      }
      const { code, signal } = await launched.ended;
      if (stopping) return;
      failures += 1;
      if (failures > mostFailuresInARow) throw new SetupFault(`PostgreSQL does not stay up. Its own messages are in ${logOf(data)}.`);
      log("warning", "postgres stopped and is brought back", { code, signal, failures });
      // The first time at once; then with growing pauses, while what is left of the old one lets go of the directory.
      await sleep(Math.min(2_000, 50 * 2 ** (failures - 1) - 50));
      await stopLeftOver(binaries, cluster);
      if (stopping) return;
    }
  };
  let started = false;
  const supervision = supervise().catch((error: unknown) => {
    if (stopping) return;
    firstReady.reject(error);
    if (started) options.onGiveUp?.(error instanceof SetupFault ? error.message : "PostgreSQL cannot be kept running.");
  });

  const stop = async () => {
    stopping = true;
    if (current) await shutDown(current, binaries, cluster);
    await supervision;
  };
  // One that would wait for a PostgreSQL that was stopped would never end.
  const end = () => firstReady.reject(options.ending?.reason);
  options.ending?.addEventListener("abort", end, { once: true });
  try {
    await firstReady.promise;
    options.ending?.throwIfAborted();
  } catch (error) {
    await stop();
    throw error;
  } finally {
    options.ending?.removeEventListener("abort", end);
  }
  started = true;
  return {
    address,
    get pid() {
      return current?.pid;
    },
    stop,
  };
}

/** One run of PostgreSQL. */
interface Launched {
  readonly pid: number | undefined;
  /** Resolves when it has ended, however that came about. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  running: boolean;
  answered: boolean;
}

const logOf = (data: DataDirectory) => join(data.path, "postgres.log");

function launch(binaries: Binaries, commandLine: readonly string[], data: DataDirectory): Launched {
  const output = openLog(logOf(data));
  // In a session of its own: Ctrl-C reaches the application first, which then stops PostgreSQL in order.
  const child = spawn(binaries.postgres, commandLine, { ...data.runAs, cwd: "/", detached: true, stdio: ["ignore", output, output] });
  closeSync(output);
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", (error) => {
      log("error", "postgres could not be started", { error: error.name, code: "code" in error ? String(error.code) : null });
      resolve({ code: null, signal: null });
    });
  });
  const launched: Launched = { pid: child.pid, ended, running: true, answered: false };
  void ended.then(() => {
    launched.running = false;
  });
  return launched;
}

function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > longestLog) renameSync(file, `${file}.1`);
  const handle = openSync(file, "a", 0o600);
  giveToOwner(file);
  return handle;
}

async function shutDown(launched: Launched, binaries: Binaries, cluster: string): Promise<void> {
  const { pid } = launched;
  if (pid === undefined || !launched.running) return;
  const endsWithin = (milliseconds: number) => Promise.race([launched.ended.then(() => true), sleep(milliseconds, false, { ref: false })]);
  await askToStop(pid, "fast", binaries, cluster);
  if (await endsWithin(patience)) return;
  // The next start replays the log and loses nothing that was acknowledged.
  await askToStop(pid, "immediate", binaries, cluster);
  if (await endsWithin(500)) return;
  process.kill(pid, "SIGKILL");
  await launched.ended;
}

async function initialize(binaries: Binaries, data: DataDirectory, cluster: string, ending?: AbortSignal): Promise<void> {
  const partial = `${cluster}.new-${randomUUID()}`;
  const passwordFile = join(data.postgres, `password-${randomUUID()}`);
  for (const name of readdirSync(data.postgres)) {
    // What a first start that was killed half way left behind.
    if (/^(cluster\.new|password)-/.test(name)) rmSync(join(data.postgres, name), { recursive: true, force: true, maxRetries: 5 });
  }
  writeFileSync(passwordFile, data.secrets.ownerPassword, { mode: 0o600 });
  if (data.runAs) chownSync(passwordFile, data.runAs.uid, data.runAs.gid);
  try {
    await run(
      binaries.initdb,
      [
        ...["-D", partial, "-U", ownerRole, `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8"],
        ...["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--data-checksums"],
      ],
      { ...data.runAs, cwd: "/", env: { ...process.env, LC_ALL: "C", TZ: "UTC" }, signal: ending },
    );
  } catch (error) {
    ending?.throwIfAborted();
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n") : [];
    // Its last line tells how it tidied up; what was wrong stands before.
    const detail = said.find((line) => /\b(error|FATAL|PANIC):/.test(line)) ?? said.at(-1) ?? "";
    throw new SetupFault(`PostgreSQL could not be set up in ${data.postgres}. ${detail}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  // Renamed when whole: a first start that was killed half way leaves nothing that looks like a database.
  renameSync(partial, cluster);
  flushFolder(data.postgres);
}

/** Waits until this run of PostgreSQL answers, and marks it so; comes back as well when it has ended. */
async function waitUntilReady(address: ServerAddress, password: string, launched: Launched): Promise<void> {
  let deadline = Date.now() + 60_000;
  while (launched.running) {
    const client = new pg.Client({ ...address, user: ownerRole, password, database: "postgres", connectionTimeoutMillis: 2_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query("SELECT 1");
      launched.answered = true;
      return;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : "";
      if (code === "28P01") {
        throw new SetupFault(
          "The database does not accept the password in secrets.json. Restore that file together with its data directory.",
        );
      }
      // It says itself that it is starting up: after a power cut, that takes as long as there is to replay.
      if (code === "57P03") deadline = Date.now() + 60_000;
      if (Date.now() > deadline)
        throw new SetupFault("PostgreSQL does not answer. Its own messages are in postgres.log in the data directory.");
      await sleep(25);
    } finally {
      await client.end().catch(() => {});
    }
  }
}
