import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDataDirectory } from "./data-directory.ts";
import { type EmbeddedServer, ownerRole, startEmbeddedServer } from "./embedded-server.ts";
import { openDatabase } from "./open-database.ts";
import { readDatabaseUrl } from "./own-server.ts";

describe("DATABASE_URL", () => {
  test.each([
    [
      "postgres://linden:p%40ss@db.example.org:5433/trellis",
      { host: "db.example.org", port: 5433, user: "linden", password: "p@ss", database: "trellis", ssl: false },
    ],
    [
      "postgresql://linden@db/trellis?sslmode=require",
      { host: "db", port: 5432, user: "linden", database: "trellis", ssl: { rejectUnauthorized: false } },
    ],
    [
      "postgres://linden@db/trellis?sslmode=verify-full",
      { host: "db", port: 5432, user: "linden", database: "trellis", ssl: { rejectUnauthorized: true } },
    ],
    [
      "postgres://linden@localhost/trellis?host=/run/postgresql",
      { host: "/run/postgresql", port: 5432, user: "linden", database: "trellis", ssl: false },
    ],
  ])("%s is read", (url, expected) => expect(readDatabaseUrl(url, "DATABASE_URL")).toEqual(expected));

  test.each([
    ["db.example.org/trellis", "cannot be read"],
    ["postgres://linden:50%off@db/trellis", "% in the password are written as"],
    ["mysql://db/trellis", "begin with postgres://"],
    ["postgres://linden@db", "name of the database"],
    ["postgres://linden@db/trellis?sslmode=maybe", "sslmode that does not exist"],
  ])("%s is refused", (url, reason) => expect(() => readDatabaseUrl(url, "DATABASE_URL")).toThrow(reason));
});

describe("a practice's own server", () => {
  let folder: string;
  let server: EmbeddedServer;
  let administrator: pg.Client;
  const fail = (reason: string) => {
    throw new Error(reason);
  };
  const urlOf = (user: string, password: string, database: string) =>
    `postgres://${user}:${password}@localhost:${server.address.port}/${database}?host=${encodeURIComponent(server.address.host)}`;
  /** As from a machine with a data directory of its own. */
  const open = (url: string, machine: string) => openDatabase({ DATABASE_URL: url, TRELLIS_DATA: join(folder, machine) }, fail);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "trellis-own-"));
    chmodSync(folder, 0o711);
    const data = openDataDirectory(join(folder, "server"));
    server = await startEmbeddedServer(data, { settings: { fsync: "off" } });
    administrator = new pg.Client({ ...server.address, user: ownerRole, password: data.secrets.ownerPassword, database: "postgres" });
    await administrator.connect();
    await administrator.query("CREATE ROLE plain LOGIN PASSWORD 'plain-secret'");
    await administrator.query("CREATE ROLE linden LOGIN CREATEROLE PASSWORD 'linden-secret'");
    await administrator.query("CREATE DATABASE plain OWNER plain");
    await administrator.query("CREATE DATABASE linden OWNER linden");
  });
  afterAll(async () => {
    await administrator.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("faults of set-up are told in words", async () => {
    await expect(open(urlOf("plain", "wrong", "plain"), "a")).rejects.toThrow("refuses the password of plain");
    await expect(open(urlOf("plain", "plain-secret", "nothing"), "a")).rejects.toThrow('CREATE DATABASE "nothing"');
    await expect(open(urlOf("plain", "plain-secret", "linden"), "a")).rejects.toThrow('GRANT CREATE ON DATABASE "linden"');
    await expect(open(urlOf("plain", "plain-secret", "plain"), "a")).rejects.toThrow("may not create roles");
    await expect(open("postgres://plain@localhost:1/plain", "a")).rejects.toThrow("does not answer");
  });

  test("an owner who may create roles needs nothing else, and two machines share one database", async () => {
    const one = await open(urlOf("linden", "linden-secret", "linden"), "one");
    const two = await open(urlOf("linden", "linden-secret", "linden"), "two");
    for (const { app, auth } of [one, two]) {
      expect((await app.query("SELECT current_user AS name")).rows).toEqual([{ name: "trellis_app" }]);
      expect((await auth.query("SELECT current_user AS name")).rows).toEqual([{ name: "trellis_auth" }]);
    }
    await one.close();
    await two.close();
  });

  test("an application role that could pass by the walls is refused", async () => {
    await administrator.query("ALTER ROLE trellis_app BYPASSRLS");
    await expect(open(urlOf("linden", "linden-secret", "linden"), "one")).rejects.toThrow("can pass by the walls");
    await administrator.query("ALTER ROLE trellis_app NOBYPASSRLS");
    await (await open(urlOf("linden", "linden-secret", "linden"), "one")).close();
  });
});
