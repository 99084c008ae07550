import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { ownerRole } from "./embedded-server.ts";
import { appRole, authRole } from "./migrate.ts";
import { createPool } from "./pool.ts";
import { templateDatabase } from "./test-server.ts";

/** A database of a test's own, at the newest schema and empty, on real PostgreSQL. */
export interface TestDatabase {
  /** The application's role, behind row-level security: what the product runs as. */
  readonly app: pg.Pool;
  /** The sign-in library's role. */
  readonly auth: pg.Pool;
  /** The tables' owner, who sees and may do everything: to prepare and to look behind the walls. */
  readonly owner: pg.Pool;
  readonly name: string;
  readonly ownerConfig: pg.ClientConfig;
  drop(): Promise<void>;
}

async function asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { host, port, ownerPassword: password } = inject("testServer");
  const client = new pg.Client({ host, port, user: ownerRole, password, database: "postgres" });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Makes a database for a test file. It does not wait for the disk; nothing about durability can be learned from it.
 *
 * @example
 * const database = await createTestDatabase();
 * afterAll(database.drop);
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { host, port, ownerPassword, appPassword, authPassword } = inject("testServer");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asOwner((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${templateDatabase} STRATEGY FILE_COPY`));
  const as = (user: string, password: string): pg.ClientConfig => ({ host, port, database: name, user, password });
  const ownerConfig = as(ownerRole, ownerPassword);
  const app = createPool({ ...as(appRole, appPassword), pipeline: true, max: 10 });
  const auth = createPool({ ...as(authRole, authPassword), options: "-c search_path=auth", max: 4 });
  const owner = createPool({ ...ownerConfig, max: 4 });
  return {
    app,
    auth,
    owner,
    name,
    ownerConfig,
    async drop() {
      await Promise.allSettled([app.end(), auth.end(), owner.end()]);
      await asOwner((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}
