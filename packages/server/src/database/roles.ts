import pg from "pg";
import { SetupFault } from "./data-directory.ts";

/** The application's two unprivileged roles. They belong to the whole server, so they are made outside the migrations of one database. */
export const appRole = "trellis_app";
export const authRole = "trellis_auth";

export interface RolePasswords {
  readonly app: string;
  readonly auth: string;
}

/** Makes the roles where they are missing and gives them their passwords. A role that lets itself be used already is left as it is. */
export async function prepareRoles(pool: pg.Pool, owner: pg.ClientConfig, passwords: RolePasswords): Promise<void> {
  const wanted = [
    { role: appRole, password: passwords.app },
    { role: authRole, password: passwords.auth },
  ];
  const usable = await Promise.all(wanted.map(({ role, password }) => canConnect({ ...owner, user: role, password })));
  if (usable.every(Boolean)) return;
  for (let attempt = 1; ; attempt += 1) {
    try {
      for (const { role, password } of wanted) await prepareRole(pool, role, password);
      return;
    } catch (error) {
      // Another server, perhaps of another database here, changed the same role at this moment.
      if (attempt === 3 || !(error instanceof Error && "code" in error && ["XX000", "42710", "23505"].includes(String(error.code))))
        throw error;
    }
  }
}

async function canConnect(config: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function prepareRole(pool: pg.Pool, role: string, password: string): Promise<void> {
  const { rowCount } = await pool.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
  const exists = rowCount !== 0;
  try {
    await pool.query(`${exists ? "ALTER" : "CREATE"} ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
    // For servers that do not let every role into every database; without effect where the owner may not say so.
    await pool.query(`DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${role}', current_database()); END $$`);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "42501")) throw error;
    if (!exists) {
      throw new SetupFault(
        `The role in DATABASE_URL may not create roles. Its administrator can either allow it (ALTER ROLE … CREATEROLE) or make the two that Trellis uses: CREATE ROLE ${appRole} LOGIN PASSWORD '…'; CREATE ROLE ${authRole} LOGIN PASSWORD '…'; and name them in TRELLIS_APP_DATABASE_URL and TRELLIS_AUTH_DATABASE_URL.`,
      );
    }
    throw new SetupFault(
      `The role ${role} exists on this server with a password that Trellis does not know, and the role in DATABASE_URL may not change it. Name it with its password in ${role === appRole ? "TRELLIS_APP_DATABASE_URL" : "TRELLIS_AUTH_DATABASE_URL"}.`,
    );
  }
}

/**
 * Makes sure that the role of these connections is bound by row-level security; a practice's own server may hold one made by hand.
 * Throws a `SetupFault` otherwise: Trellis does not run without that wall.
 */
export async function refusePowerfulRole(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; powerful: boolean }>(
    `SELECT current_user AS name, r.rolsuper OR r.rolbypassrls
       OR EXISTS (SELECT 1 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                  WHERE n.nspname IN ('trellis', 'audit') AND c.relkind = 'r' AND pg_has_role(current_user, c.relowner, 'MEMBER')) AS powerful
     FROM pg_roles AS r WHERE r.rolname = current_user`,
  );
  const role = rows[0];
  if (role?.powerful !== false) {
    throw new SetupFault(
      `The role ${role?.name} can pass by the walls between practices (it is a superuser, has BYPASSRLS, or owns the tables). Trellis runs only with one that cannot.`,
    );
  }
}
