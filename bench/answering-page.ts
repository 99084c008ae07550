/** How much JavaScript the page needs on which a client answers by a private link. Promise: under 60 kB compressed. Run: node bench/answering-page.ts */
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

/** The page's scripts, and all that they import, now or later. */
const page = readFileSync(join(builtClient, "answer.html"), "utf8");
const scripts = new Set([...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? ""));
for (const path of scripts)
  for (const [, imported] of readFileSync(join(builtClient, path), "utf8").matchAll(/["'`](?:\.\/|\/?assets\/)([\w.-]+\.js)["'`]/g))
    if (imported !== undefined) scripts.add(`assets/${imported}`);
const bytes = [...scripts].reduce((sum, path) => sum + sizeSent(path), 0);
console.log(`the client's answering page: ${scripts.size} scripts, ${(bytes / 1000).toFixed(1)} kB compressed (under ${limit / 1000})`);
if (scripts.size === 0 || bytes > limit) process.exitCode = 1;
