import { spawn } from "node:child_process";
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SetupFault } from "./database/data-directory.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const web = join(project, "packages/web");

/** Where the built browser client lies. */
export const builtClient = join(web, "dist");

const sources = [
  "packages/web/src",
  "packages/web/public",
  "packages/web/index.html",
  "packages/web/answer.html",
  "packages/web/link.html",
  "packages/web/vite.config.ts",
  "packages/web/package.json",
  "packages/domain/src",
  "package-lock.json",
];

/** The latest change below `path`, in ms since 1970. A folder counts too: it changes when a file in it is added or removed. */
function latestChange(path: string): number {
  if (!existsSync(path)) return 0;
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, latestChange(join(path, name))), status.mtimeMs);
}

/** True when there is no built client, or something that it is built from has changed since. */
export function clientIsStale(): boolean {
  const page = join(builtClient, "index.html");
  return !existsSync(page) || Math.max(...sources.map((source) => latestChange(join(project, source)))) > statSync(page).mtimeMs;
}

/** Builds the browser client where it is missing or older than its sources, and gives whether it did. Throws a `SetupFault` when that fails, and whatever aborted `ending`. */
export async function buildClient(say: (line: string) => void, ending?: AbortSignal): Promise<boolean> {
  if (!clientIsStale()) return false;
  say("Building the browser client …");
  const begun = new Date();
  // Built aside and then swapped in: a build that is cut short leaves nothing that looks whole.
  const fresh = join(web, `dist.new-${process.pid}`);
  const old = join(web, `dist.old-${process.pid}`);
  try {
    await runVite(fresh, ending);
    // A source that changed while the build ran counts as newer than its result.
    utimesSync(join(fresh, "index.html"), begun, begun);
    if (existsSync(builtClient)) renameSync(builtClient, old);
    renameSync(fresh, builtClient);
  } catch (error) {
    ending?.throwIfAborted();
    if (error instanceof SetupFault) throw error;
    throw new SetupFault(
      `The built browser client cannot be written to ${builtClient}. Start Trellis once as the user who owns that folder.`,
      {
        cause: error,
      },
    );
  } finally {
    rmSync(old, { recursive: true, force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
  return true;
}

async function runVite(target: string, ending?: AbortSignal): Promise<void> {
  const vite = join(dirname(createRequire(join(web, "package.json")).resolve("vite/package.json")), "bin/vite.js");
  const build = spawn(process.execPath, [vite, "build", "--outDir", target, "--emptyOutDir", "--logLevel", "warn"], {
    cwd: web,
    // What is built is what people use, whatever this process runs for.
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = () => build.kill();
  ending?.addEventListener("abort", end, { once: true });
  let said = "";
  const listen = (chunk: Buffer) => {
    said += chunk.toString();
  };
  build.stdout.on("data", listen);
  build.stderr.on("data", listen);
  const code = await new Promise<number | null>((resolve, reject) => build.once("error", reject).once("close", resolve));
  ending?.removeEventListener("abort", end);
  // Vite itself writes a little beside the sources.
  if (code !== 0 && /\b(EACCES|EPERM|EROFS)\b/.test(said)) throw new Error("The build was not allowed to write.");
  if (code !== 0) throw new SetupFault(`The browser client could not be built.\n${said.trim()}`);
}

if (import.meta.main) {
  try {
    const built = await buildClient((line) => console.log(line));
    console.log(built ? "The browser client is built." : "The browser client is up to date.");
  } catch (error) {
    if (!(error instanceof SetupFault)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
