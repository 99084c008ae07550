import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { commandOf, isRunning } from "./running-process.ts";

const writer = fileURLToPath(new URL("./test-writer.ts", import.meta.url));
const start = fileURLToPath(new URL("../start.ts", import.meta.url));

const compiled = fileURLToPath(new URL("../../../../node_modules/.cache/node", import.meta.url));

let data: string;
let children: ChildProcess[];

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "trellis-durability-"));
  children = [];
});
afterEach(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await endPostgres();
  rmSync(data, { recursive: true, force: true });
});

const pidFile = () => join(data, "postgres/cluster/postmaster.pid");
const postgresPid = () => Number(readFileSync(pidFile(), "utf8").split("\n")[0]);

async function gone(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function endPostgres(): Promise<void> {
  if (!existsSync(pidFile())) return;
  const pid = postgresPid();
  if (!commandOf(pid).includes(data)) return;
  process.kill(pid, "SIGQUIT");
  await gone(pid);
}

/** A process whose output is read line by line. */
function launch(program: string, environment: Record<string, string>) {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [program], {
    // Node keeps what it made of the sources, so that not each of the many starts reads them all anew.
    env: { ...inherited, TRELLIS_DATA: data, NODE_COMPILE_CACHE: compiled, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let said = "";
  let waiting: (() => void)[] = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const resume of woken) resume();
  };
  const ended = once(child, "close").then(() => child.exitCode);
  void ended.then(wake);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    said += `${line}\n`;
    wake();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    wake();
  });
  return {
    child,
    ended,
    lines,
    said: () => said,
    /** Resolves when `condition` holds; it is looked at after everything that the process says. */
    async until(condition: () => boolean): Promise<void> {
      while (!condition()) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The process ended:\n${said}`);
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}
type Launched = ReturnType<typeof launch>;

async function kill({ child, ended }: Launched): Promise<void> {
  child.kill("SIGKILL");
  await ended;
}

const valuesOf = (run: Launched, word: string): unknown[] =>
  run.lines.filter((line) => line.startsWith(`${word} `)).map((line) => JSON.parse(line.slice(word.length + 1)));

describe("acknowledged records", () => {
  const practice = { TEST_PRACTICE: "00000000-0000-4000-8000-000000000001", TEST_MEMBER: "00000000-0000-4000-8000-000000000002" };

  test("survive kill -9 of the server, of PostgreSQL and of both, again and again", async () => {
    const acknowledged: unknown[] = [];
    for (const victim of ["server", "postgres", "both", "postgres", "server", "both", "none"] as const) {
      const run = launch(writer, practice);
      await run.until(() => valuesOf(run, "saved").length >= 40);
      expect(valuesOf(run, "found")[0]).toEqual(expect.arrayContaining(acknowledged));
      const before = postgresPid();
      if (victim === "postgres") {
        process.kill(before, "SIGKILL");
        const saved = valuesOf(run, "saved").length;
        // The same server goes on by itself, on another PostgreSQL.
        await run.until(() => valuesOf(run, "postgres").some((pid) => pid !== before) && valuesOf(run, "saved").length >= saved + 40);
      }
      if (victim === "both") process.kill(before, "SIGKILL");
      await kill(run);
      acknowledged.push(...valuesOf(run, "saved"));
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(7 * 40);
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
  });
});

describe("the server", () => {
  const launchServer = async () => {
    const server = launch(start, { PORT: "0", TRELLIS_DEVELOPMENT: "1" });
    await server.until(() => server.said().includes("Trellis is ready at "));
    return { ...server, address: /ready at (\S+)/.exec(server.said())?.[1] ?? "" };
  };

  /** A data folder as a server leaves it that was stopped in order. */
  let left: string;

  beforeAll(async () => {
    left = mkdtempSync(join(tmpdir(), "trellis-left-"));
    data = left;
    children = [];
    const first = await launchServer();
    first.child.kill("SIGTERM");
    expect(await first.ended, first.said()).toBe(0);
  });
  afterAll(() => rmSync(left, { recursive: true, force: true }));

  /** From now on in this test, the data are those of a server that ran before and was stopped. */
  const startedBefore = () => cpSync(left, data, { recursive: true });

  test("stops in order on a signal that comes twice, and leaves nothing running", async () => {
    const server = await launchServer();
    expect(await (await fetch(`${server.address}/api/health`)).json()).toEqual({ status: "ok" });
    const postgres = postgresPid();
    server.child.kill("SIGINT");
    server.child.kill("SIGINT");
    server.child.kill("SIGTERM");
    expect(await server.ended, server.said()).toBe(0);
    expect(isRunning(postgres)).toBe(false);
    expect(existsSync(pidFile())).toBe(false);
    // Where another user cannot reach this project, a copy of the programs lies there too.
    const left = readdirSync(data).filter((name) => !name.startsWith("postgres-programs"));
    expect(left.sort()).toEqual(["postgres", "postgres.log", "secrets.json", "server.lock.1"]);
    expect(readFileSync(join(data, "postgres.log"), "utf8")).toContain("database system is shut down");
  });

  test.each(["SIGINT", "SIGHUP"] as const)(
    "stops the PostgreSQL that it has only just started when %s comes before it is ready",
    async (signal) => {
      startedBefore();
      const second = launch(start, { PORT: "0", TRELLIS_DEVELOPMENT: "1" });
      while (!existsSync(pidFile())) await new Promise((resolve) => setTimeout(resolve, 1));
      second.child.kill(signal);
      expect(await second.ended, second.said()).toBe(0);
      expect(second.said()).toBe("");
      expect(existsSync(pidFile())).toBe(false);
    },
  );

  test("does not go on unseen when npm's shell dies while it is being loaded", async () => {
    const shell = spawn("sh", ["-c", '"$0" "$1" & echo $!; wait', process.execPath, start], {
      env: { ...process.env, TRELLIS_DATA: data, PORT: "0", TRELLIS_DEVELOPMENT: "1", npm_lifecycle_event: "start" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    children.push(shell);
    const [pid] = await once(shell.stdout, "data");
    shell.kill("SIGKILL");
    await gone(Number(String(pid)));
    expect(existsSync(join(data, "secrets.json"))).toBe(false);
  });

  test("refuses data that another one uses, names that one's address, and harms nothing", async () => {
    startedBefore();
    const first = await launchServer();
    const postgres = postgresPid();
    const second = launch(start, { PORT: "0", TRELLIS_DEVELOPMENT: "1" });
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain(first.address);
    expect(postgresPid()).toBe(postgres);
    expect((await fetch(`${first.address}/api/health`)).status).toBe(200);
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);
  });

  test("answers again after its PostgreSQL was killed under requests", async () => {
    startedBefore();
    const server = await launchServer();
    const asked = Array.from({ length: 20 }, () => fetch(`${server.address}/api/health`).then(({ status }) => status));
    process.kill(postgresPid(), "SIGKILL");
    for (const status of await Promise.all(asked)) expect([200, 503]).toContain(status);
    await server.until(() => server.said().includes("postgres is back"));
    expect((await fetch(`${server.address}/api/health`)).status).toBe(200);
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
  });

  test("never stops a stranger that has the number of an earlier PostgreSQL", async () => {
    startedBefore();
    const stranger = spawn("sleep", ["600"]);
    children.push(stranger);
    writeFileSync(pidFile(), `${stranger.pid}\n${join(data, "postgres/cluster")}\n1\n5432\n\n\n   1111111   111111111\nready   \n`);
    const second = await launchServer();
    expect(isRunning(stranger.pid ?? 0)).toBe(true);
    second.child.kill("SIGTERM");
    expect(await second.ended).toBe(0);
  });

  test("starts on a backup that was put back without keeping whose files they were", async () => {
    startedBefore();
    const cluster = join(data, "postgres/cluster");
    if (process.getuid?.() === 0) {
      for (const name of readdirSync(cluster, { recursive: true, encoding: "utf8" })) chownSync(join(cluster, name), 0, 0);
      chownSync(cluster, 0, 0);
    }
    chmodSync(cluster, 0o755);
    const second = await launchServer();
    second.child.kill("SIGTERM");
    expect(await second.ended).toBe(0);
  });

  test("does not make new secrets beside an existing database", async () => {
    startedBefore();
    rmSync(join(data, "secrets.json"));
    const second = launch(start, { PORT: "0", TRELLIS_DEVELOPMENT: "1" });
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain("secrets.json is missing");
    expect(existsSync(join(data, "secrets.json"))).toBe(false);
  });
});
