import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Kysely, PostgresDialect, sql } from "kysely";
import { type MigrationProvider, Migrator } from "kysely/migration";
import pg from "pg";
import { SetupFault } from "./data-directory.ts";

const folder = fileURLToPath(new URL("./migrations/", import.meta.url));

/** Migrations are plain SQL files, applied once each in the order of their numbers. There is no way back: a fault is mended by the next file. */
const sqlFiles: MigrationProvider = {
  getMigrations: async () =>
    Object.fromEntries(
      readdirSync(folder)
        .filter((name) => name.endsWith(".sql"))
        .map((name) => [name.replace(/\.sql$/, ""), { up: async (database: Kysely<unknown>) => void (await sql.raw(readFileSync(`${folder}${name}`, "utf8")).execute(database)) }]),
    ),
};

export interface RolePasswords {
  readonly app: string;
  readonly auth: string;
}

/** The application's two unprivileged roles. They belong to the whole server, so they are made outside the migrations of one database. */
export const appRole = "trellis_app";
export const authRole = "trellis_auth";

/** The oldest PostgreSQL that the schema is written for. */
const oldestVersion = 150_000;

/** Makes the roles where they are missing, gives them their passwords, and brings the database to the newest schema. */
export async function migrate(owner: pg.ClientConfig, passwords: RolePasswords): Promise<void> {
  const pool = new pg.Pool({ ...owner, max: 1 });
  pool.on("error", () => {});
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await prepareRoles(pool, passwords);
    const { error, results } = await new Migrator({ db: database, provider: sqlFiles, migrationTableSchema: "public" }).migrateToLatest();
    if (error) {
      const failed = results?.find((result) => result.status === "Error")?.migrationName ?? "a migration";
      throw new Error(`The database could not be brought up to date: ${failed} failed.`, { cause: error });
    }
  } finally {
    await database.destroy();
  }
}

async function prepareRoles(pool: pg.Pool, passwords: RolePasswords): Promise<void> {
  const { rows } = await pool.query<{ version: number; may_create: boolean; existing: string[] }>(
    `SELECT current_setting('server_version_num')::int AS version, (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user) AS may_create,
       ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname = ANY ($1)) AS existing`,
    [[appRole, authRole]],
  );
  const server = rows[0];
  if (!server || server.version < oldestVersion) throw new SetupFault("Trellis needs PostgreSQL 15 or later. Point DATABASE_URL to a newer server.");
  for (const [role, password] of [
    [appRole, passwords.app],
    [authRole, passwords.auth],
  ] as const) {
    const exists = server.existing.includes(role);
    if (!server.may_create) {
      if (!exists) throw new SetupFault(`The role in DATABASE_URL may not create roles. Ask the administrator to run: CREATE ROLE ${role} LOGIN PASSWORD '…'; or to allow CREATEROLE.`);
      continue;
    }
    const client = await pool.connect();
    try {
      await client.query(`${exists ? "ALTER" : "CREATE"} ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD ${client.escapeLiteral(password)}`);
    } finally {
      client.release();
    }
  }
}
