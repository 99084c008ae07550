/** From `node start.ts` on an existing database until it answers. Promise: under 5 s. And how much JavaScript the first screen needs: under 250 KB compressed. Run: node bench/start.ts */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildClient, builtClient } from "../packages/server/src/build-client.ts";
import { median } from "./median.ts";

const limit = 5_000;
const firstLoadLimit = 250_000;
await buildClient(() => {});
const page = readFileSync(join(builtClient, "index.html"), "utf8");
const scripts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? "");
const firstLoad = scripts.reduce((sum, path) => sum + sizeSent(path), 0);
console.log(
  `first load of the client: ${scripts.length} scripts, ${Math.round(firstLoad / 1000)} kB compressed (under ${firstLoadLimit / 1000})`,
);
if (scripts.length === 0 || firstLoad > firstLoadLimit) process.exitCode = 1;

/** As a browser gets it: small files are not worth compressing and are sent as they are. */
function sizeSent(path: string): number {
  const compressed = join(builtClient, `${path}.br`);
  return statSync(existsSync(compressed) ? compressed : join(builtClient, path)).size;
}

const data = mkdtempSync(join(tmpdir(), "trellis-bench-"));
/** Starts Trellis, waits until it says that it is ready, and stops it again. Gives nothing: the time is what counts. */
async function startAndStop(): Promise<number> {
  const begun = performance.now();
  const server = spawn(process.execPath, [join(import.meta.dirname, "../packages/server/src/start.ts")], {
    env: { ...process.env, TRELLIS_DATA: data, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    server.stdout.on("data", (chunk: Buffer) => chunk.toString().includes("is ready") && resolve());
    server.once("exit", (code) => reject(new Error(`The server ended with ${code}.`)));
  });
  const took = performance.now() - begun;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await ended;
  return took;
}
try {
  const made = await startAndStop();
  const times: number[] = [];
  await median(4, async () => times.push(await startAndStop()));
  const usual = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
  console.log(
    `ready after ${(usual / 1000).toFixed(2)} s on an existing database (under ${limit / 1000}), ${(made / 1000).toFixed(2)} s when the database is made`,
  );
  if (usual > limit) process.exitCode = 1;
} finally {
  rmSync(data, { recursive: true, force: true });
}
