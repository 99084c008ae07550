import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockDataDirectory } from "./lock.ts";
import { startOf } from "./running-process.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trellis-lock-"));
  file = join(folder, "server.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lockOf = (pid: number, started: string) => JSON.stringify({ pid, started, address: "http://localhost:1", token: "old" });

describe("the lock of a data directory", () => {
  test("refuses a second holder with the first one's address, and is free again after release", () => {
    const first = lockDataDirectory(file);
    expect(() => lockDataDirectory(file)).toThrow("just starting");
    first.announce("http://localhost:4460");
    expect(() => lockDataDirectory(file)).toThrow("http://localhost:4460");
    first.release();
    lockDataDirectory(file).release();
    expect(readdirSync(folder)).toEqual(["server.lock.2"]);
  });

  test("takes over from a process that is gone, one whose number went to another, and half a file", async () => {
    const ended = spawn("true");
    await once(ended, "exit");
    for (const old of [lockOf(ended.pid ?? 0, ""), lockOf(process.ppid, "another start"), "{"]) {
      writeFileSync(`${file}.4`, old);
      lockDataDirectory(file).release();
      expect(readdirSync(folder)).toEqual(["server.lock.5"]);
      rmSync(`${file}.5`);
    }
  });

  test("believes a living process that was started when the lock says", () => {
    writeFileSync(`${file}.4`, lockOf(process.ppid, startOf(process.ppid)));
    expect(() => lockDataDirectory(file)).toThrow(`process ${process.ppid}`);
    expect(readdirSync(folder)).toEqual(["server.lock.4"]);
  });

  test("gives itself to exactly one of many that start at once over an old lock", async () => {
    const taker = `import { lockDataDirectory } from ${JSON.stringify(new URL("./lock.ts", import.meta.url).href)};
      process.stdin.once("data", () => {
        try { lockDataDirectory(${JSON.stringify(file)}); console.log("held"); } catch { console.log("refused"); }
        process.stdin.once("data", () => process.exit());
      });
      console.log("waiting");`;
    const takers = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ["--input-type=module-typescript", "-e", taker], { stdio: ["pipe", "pipe", "inherit"] }),
    );
    const said = takers.map(() => "");
    const heard = (word: RegExp) =>
      Promise.all(
        takers.map(async (child, index) => {
          while (!word.test(said[index] ?? "")) said[index] += String((await once(child.stdout, "data"))[0]);
        }),
      );
    await heard(/waiting/);
    writeFileSync(`${file}.4`, lockOf(2 ** 22 - 1, "long ago"));
    for (const child of takers) child.stdin.write("go\n");
    await heard(/held|refused/);
    for (const child of takers) child.stdin.write("end\n");
    expect(said.filter((text) => text.includes("held"))).toHaveLength(1);
  });
});
