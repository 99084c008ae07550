import { type ChildProcess, spawn } from "node:child_process";
import { constants, existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const start = fileURLToPath(new URL("../packages/server/src/start.ts", import.meta.url));
const builtClient = fileURLToPath(new URL("../packages/web/dist/index.html", import.meta.url));

const compiled = fileURLToPath(new URL("../node_modules/.cache/node", import.meta.url));

/** A whole Trellis on a database of its own: the real server, real PostgreSQL, the built browser client. */
export interface Trellis {
  /** Where it listens, e.g. "http://127.0.0.1:41233". */
  readonly address: string;
  /** Ends the server process at once, as a crash would; the data stays. */
  kill(): Promise<void>;
  /** Starts it again on the same data and the same address. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

/** Names the data folder that `prepareTrellis` has left. */
const prepared = "TRELLIS_PREPARED_DATA";

/**
 * Starts a Trellis for the first time and stops it again: its data folder, still without a practice, is what those that start later in this process and
 * its children begin with. Making a database and bringing it to the newest schema takes seconds each time. Gives what removes it.
 */
export async function prepareTrellis(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "trellis-prepared-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const { process: server } = await launch(folder, "0", { TRELLIS_DEVELOPMENT: "1" });
    await end(server, "SIGTERM");
  } catch (error) {
    await remove();
    throw error;
  }
  process.env[prepared] = folder;
  return remove;
}

export async function startTrellis(): Promise<Trellis> {
  if (!existsSync(builtClient)) throw new Error("The browser client is not built. Run `npm run build` first.");
  const data = await mkdtemp(join(tmpdir(), "trellis-journey-"));
  const { [prepared]: begun } = process.env;
  if (begun) await cp(begun, data, { recursive: true, mode: constants.COPYFILE_FICLONE });
  let running = await launch(data, "0");
  const address = running.address;
  return {
    address,
    async kill() {
      await end(running.process, "SIGKILL");
    },
    async startAgain() {
      running = await launch(data, new URL(address).port);
    },
    async stop() {
      await end(running.process, "SIGTERM");
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function launch(
  data: string,
  port: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly process: ChildProcess; readonly address: string }> {
  const { DATABASE_URL: _, ...environment } = process.env;
  const server = spawn(process.execPath, [start], {
    // Node keeps what it made of the sources, so that only the first start reads them all anew.
    env: { ...environment, TRELLIS_DATA: data, PORT: port, NO_COLOR: "1", NODE_COMPILE_CACHE: compiled, ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const address = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /https?:\/\/[^\s/"]+:\d+/.exec(said);
      if (found !== null) resolve(found[0]);
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.once("exit", (code) => reject(new Error(`The server ended with ${code} before it was ready:\n${said}`)));
  });
  return { process: server, address };
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  server.kill(signal);
  await ended;
}
