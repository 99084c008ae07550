import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveBuiltClient } from "./built-client.ts";

let folder: string;
let app: Hono;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "trellis-client-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<h1>page</h1>");
  writeFileSync(join(folder, "answer.html"), "<h1>questions</h1>");
  writeFileSync(join(folder, "assets/main-1a2b.js"), "plain");
  writeFileSync(join(folder, "assets/main-1a2b.js.br"), "brotli");
  writeFileSync(join(folder, "assets/main-1a2b.js.gz"), "gzip");
  app = new Hono().get("*", serveBuiltClient(folder));
});
afterAll(() => rmSync(folder, { recursive: true }));

const ask = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

describe("the built browser client", () => {
  test.each([
    ["br, gzip", "brotli", "br"],
    ["gzip, deflate", "gzip", "gzip"],
    ["br;q=0, gzip;q=0.5", "gzip", "gzip"],
    ["identity", "plain", null],
  ])("a browser that accepts %s gets it %s", async (accepted, text, encoding) => {
    const answer = await ask("/assets/main-1a2b.js", { "accept-encoding": accepted });
    expect([await answer.text(), answer.headers.get("content-encoding")]).toEqual([text, encoding]);
    expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  });

  test("assets are kept for good, the page is asked for anew and answered 304 when it is known", async () => {
    expect((await ask("/assets/main-1a2b.js")).headers.get("cache-control")).toContain("immutable");
    const page = await ask("/");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    expect((await ask("/", { "if-none-match": page.headers.get("etag") ?? "" })).status).toBe(304);
  });

  test("the address of a screen gets the page; a file that is not there is not found", async () => {
    expect(await (await ask("/clients/42/plan")).text()).toBe("<h1>page</h1>");
    for (const path of ["/assets/old-9z.js", "/assets/old", "/missing.css", "/../package.json"])
      expect((await ask(path)).status, path).toBe(404);
  });

  test("a private link opens a page of its own, which is not the app", async () => {
    const page = await ask("/answer");
    expect([await page.text(), page.headers.get("content-type"), page.headers.get("cache-control")]).toEqual([
      "<h1>questions</h1>",
      "text/html; charset=utf-8",
      "no-cache",
    ]);
    expect(await (await ask("/answers")).text()).toBe("<h1>page</h1>");
  });
});
