import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Runs every measurement of this folder, one after the other, so that none disturbs another. With words as arguments, only the files named so. */
const only = process.argv.slice(2);
let failed = false;
for (const name of readdirSync(import.meta.dirname).sort()) {
  if (
    !name.endsWith(".ts") ||
    ["run.ts", "median.ts", "browser.ts", "treated-client.ts"].includes(name) ||
    (only.length > 0 && !only.some((word) => name.includes(word)))
  )
    continue;
  console.log(`\n${name}`);
  if (spawnSync(process.execPath, [join(import.meta.dirname, name)], { stdio: "inherit" }).status !== 0) failed = true;
}
if (failed) process.exitCode = 1;
