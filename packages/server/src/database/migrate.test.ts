import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { sql } from "kysely";
import type { MigrationProvider } from "kysely/migration";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { migrate, sqlFiles } from "./migrate.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;
const { appPassword: app, authPassword: auth } = inject("testServer");
const empty: string[] = [];

/** A database without a schema. */
async function emptyDatabase(): Promise<pg.ClientConfig> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await database.owner.query(`CREATE DATABASE ${name}`);
  empty.push(name);
  return { ...database.ownerConfig, database: name };
}

async function ask(config: pg.ClientConfig, text: string): Promise<unknown[]> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  for (const name of empty) await database.owner.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await database.drop();
});

const shipped = Object.keys(await sqlFiles().getMigrations()).sort();

test("servers that start at once bring a new database up to date once", async () => {
  const config = await emptyDatabase();
  await Promise.all([1, 2, 3].map(() => migrate(config, { app, auth })));
  expect(await ask(config, "SELECT name FROM migration.kysely_migration ORDER BY name")).toEqual(shipped.map((name) => ({ name })));
});

test("a migration that fails leaves the database as it was", async () => {
  const config = await emptyDatabase();
  const failing: MigrationProvider = {
    getMigrations: async () => ({
      ...(await sqlFiles().getMigrations()),
      "9999-fails": { up: async (db) => void (await sql.raw("CREATE TABLE trellis.half (); SELECT 1 / 0").execute(db)) },
    }),
  };
  await expect(migrate(config, { app, auth }, failing)).rejects.toThrow("9999-fails failed");
  expect(await ask(config, "SELECT 1 FROM pg_namespace WHERE nspname = 'trellis'")).toEqual([]);
  await migrate(config, { app, auth });
  expect(await ask(config, "SELECT 1 AS one FROM pg_namespace WHERE nspname = 'trellis'")).toEqual([{ one: 1 }]);
});

test("a database of a newer Trellis is left alone", async () => {
  const older: MigrationProvider = {
    getMigrations: async () =>
      Object.fromEntries(Object.entries(await sqlFiles().getMigrations()).filter(([name]) => name !== shipped.at(-1))),
  };
  await expect(migrate(database.ownerConfig, { app, auth }, older)).rejects.toThrow("newer Trellis");
});

test("every table of the product is behind row-level security", async () => {
  const { rows } = await database.owner.query(
    `SELECT c.oid::regclass::text AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('trellis', 'audit') AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity`,
  );
  expect(rows).toEqual([]);
});

test("a migration that databases have had is never changed: what is wrong with it is mended by the next one", () => {
  const hash = (name: string) =>
    createHash("sha256")
      .update(readFileSync(new URL(`./migrations/${name}.sql`, import.meta.url)))
      .digest("hex")
      .slice(0, 16);
  const had = JSON.parse(readFileSync(new URL("./migrations/released.json", import.meta.url), "utf8")) as Record<string, string>;
  expect(Object.fromEntries(shipped.map((name) => [name, hash(name)]))).toEqual(had);
});
