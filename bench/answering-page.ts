/** How much JavaScript the pages need that a client opens by a private link. Promise: under 60 kB compressed each. Run: node bench/answering-page.ts */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { buildClient, builtClient } from "../packages/server/src/build-client.ts";

const limit = 60_000;
await buildClient(() => {});

/** As a browser gets it: small files are not worth compressing and are sent as they are. */
function sizeSent(path: string): number {
  const compressed = join(builtClient, `${path}.br`);
  return statSync(existsSync(compressed) ? compressed : join(builtClient, path)).size;
}

/** A page's scripts, and all that they import, now or later. */
function scriptsOf(page: string): ReadonlySet<string> {
  const html = readFileSync(join(builtClient, page), "utf8");
  const scripts = new Set([...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? ""));
  for (const path of scripts)
    for (const [, imported] of readFileSync(join(builtClient, path), "utf8").matchAll(/["'`](?:\.\/|\/?assets\/)([\w.-]+\.js)["'`]/g))
      if (imported !== undefined) scripts.add(`assets/${imported}`);
  return scripts;
}

for (const [page, name] of [
  ["answer.html", "the client's answering page"],
  ["link.html", "the client's page for homework and plans"],
] as const) {
  const scripts = scriptsOf(page);
  const bytes = [...scripts].reduce((sum, path) => sum + sizeSent(path), 0);
  console.log(`${name}: ${scripts.size} scripts, ${(bytes / 1000).toFixed(1)} kB compressed (under ${limit / 1000})`);
  if (scripts.size === 0 || bytes > limit) process.exitCode = 1;
}
