import { createServer } from "node:http";
import { expect, test } from "vitest";
import { listen } from "./listen.ts";

test.each(["abc", "-1", "65536", "99999"])("PORT=%s is refused in words", async (port) => {
  await expect(listen(createServer, { PORT: port })).rejects.toThrow(`not "${port}"`);
});

test("a PORT that is set to nothing counts as none: the next free one is taken", async () => {
  const first = await listen(createServer, { PORT: "" });
  const second = await listen(createServer, {});
  expect(first.address).not.toBe(second.address);
  for (const server of [...first.servers, ...second.servers]) server.close();
});

test("a PORT that another program has is told", async () => {
  const first = await listen(createServer, { PORT: "0" });
  const port = new URL(first.address).port;
  await expect(listen(createServer, { PORT: port })).rejects.toThrow(`Port ${port} is used by another program`);
  for (const server of first.servers) server.close();
});
