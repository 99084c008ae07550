import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Kysely, PostgresDialect, sql } from "kysely";
import { type MigrationProvider, Migrator } from "kysely/migration";
import pg from "pg";
import { SetupFault } from "./data-directory.ts";
import { appRole, authRole, prepareRoles, type RolePasswords } from "./roles.ts";

const folder = fileURLToPath(new URL("./migrations/", import.meta.url));

/** Migrations are plain SQL files, applied once each in the order of their numbers. There is no way back: a fault is mended by the next file. */
export function sqlFiles(from: string = folder): MigrationProvider {
  return {
    getMigrations: async () =>
      Object.fromEntries(
        readdirSync(from)
          .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
          .map((name) => [name.slice(0, -".sql".length), { up: (database: Kysely<unknown>) => runFile(database, join(from, name)) }]),
      ),
  };
}

async function runFile(database: Kysely<unknown>, file: string): Promise<void> {
  await sql.raw(readFileSync(file, "utf8")).execute(database);
}

/** The oldest PostgreSQL that the schema is written for. */
const oldestVersion = 15;

/**
 * Makes the application's roles where they are missing and brings the database to the newest schema, all of it or nothing. Several servers may do so
 * at once: one does it, the others wait. Runs as the role that owns the tables.
 * Throws a `SetupFault` when the server is too old, its rights do not suffice, or the database was written by a newer Trellis.
 */
export async function migrate(owner: pg.ClientConfig, passwords: RolePasswords, provider: MigrationProvider = sqlFiles()): Promise<void> {
  const pool = new pg.Pool({ ...owner, max: 1 });
  // Without a listener a lost connection would end the whole process; the query that meets it says so.
  pool.on("error", () => {});
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await checkServer(pool);
    await prepareRoles(pool, owner, passwords);
    await toLatest(database, provider);
  } finally {
    await database.destroy();
  }
}

async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: number; may_create: boolean; name: string; who: string }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version, current_database() AS name, current_user AS who,
       has_database_privilege(current_database(), 'CREATE') AS may_create`,
  );
  const server = rows[0];
  if (!server) throw new Error("The database server did not say its version.");
  if (server.version < oldestVersion) {
    throw new SetupFault(`Trellis needs PostgreSQL ${oldestVersion} or later; this server is version ${server.version}.`);
  }
  if (!server.may_create) {
    throw new SetupFault(
      `The role ${server.who} may not make schemas in the database ${server.name}. Its administrator can allow it: GRANT CREATE ON DATABASE "${server.name}" TO "${server.who}";`,
    );
  }
}

async function toLatest(database: Kysely<unknown>, provider: MigrationProvider): Promise<void> {
  const { error, results } = await new Migrator({ db: database, provider, migrationTableSchema: "migration" }).migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && /previously executed migration .* is missing/.test(error.message)) {
    throw new SetupFault("This database was written by a newer Trellis. Start that version, or a newer one.");
  }
  const failed = results?.find(({ status }) => status === "Error")?.migrationName;
  throw new Error(`The database could not be brought up to date${failed ? `: ${failed} failed` : ""}.`, { cause: error });
}

export { appRole, authRole, type RolePasswords };
