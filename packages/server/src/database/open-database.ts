import { join } from "node:path";
import pg from "pg";
import { dataPath, type DataDirectory, openDataDirectory, SetupFault } from "./data-directory.ts";
import { ownerRole, startEmbeddedServer } from "./embedded-server.ts";
import { lockDataDirectory } from "./lock.ts";
import { appRole, authRole, migrate } from "./migrate.ts";
import { createPool } from "./pool.ts";

export interface Database {
  /** The application's role: subject to row-level security. */
  readonly app: pg.Pool;
  /** The sign-in library's role: the schema `auth` and nothing else. */
  readonly auth: pg.Pool;
  readonly data: DataDirectory;
  /** Where PostgreSQL is, in words for start-up. */
  readonly where: string;
  announce(address: string): void;
  close(): Promise<void>;
}

const databaseName = "trellis";

/**
 * Opens the installation's database: the practice's own server when DATABASE_URL is set, else the embedded one.
 * Brings the schema up to date. Throws a `SetupFault` that says what to do.
 */
export async function openDatabase(environment: NodeJS.ProcessEnv, onGiveUp: (reason: string) => void): Promise<Database> {
  const data = openDataDirectory(dataPath(environment));
  const lock = lockDataDirectory(data.lockFile);
  try {
    const { secrets } = data;
    const passwords = { app: secrets.appPassword, auth: secrets.authPassword };
    const own = environment.DATABASE_URL;
    const server = own ? null : await startEmbeddedServer(data, { onGiveUp });
    try {
      const owner: pg.ClientConfig = server ? { ...server.address, user: ownerRole, password: secrets.ownerPassword, database: databaseName } : fromUrl(own ?? "");
      if (server) await createDatabase({ ...owner, database: "postgres" });
      await migrate(owner, passwords).catch(explainConnection);
      const as = (user: string, password: string): pg.PoolConfig => ({ ...owner, user, password });
      const app = createPool(environment.TRELLIS_APP_DATABASE_URL ? fromUrl(environment.TRELLIS_APP_DATABASE_URL) : as(appRole, passwords.app));
      const auth = createPool({ ...(environment.TRELLIS_AUTH_DATABASE_URL ? fromUrl(environment.TRELLIS_AUTH_DATABASE_URL) : as(authRole, passwords.auth)), options: "-c search_path=auth", max: 6 });
      return {
        app,
        auth,
        data,
        where: server ? join(data.path, "postgres") : `${owner.host ?? "the server"} of DATABASE_URL`,
        announce: lock.announce,
        async close() {
          await Promise.allSettled([app.end(), auth.end()]);
          await server?.stop();
          lock.release();
        },
      };
    } catch (error) {
      await server?.stop();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Host, port, database and the like from a `postgres://` address, so that another role can use the same. */
function fromUrl(url: string): pg.ClientConfig {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new SetupFault("DATABASE_URL cannot be read. It looks like postgres://user:password@host:5432/database.");
  }
  if (!/^postgres(ql)?:$/.test(parsed.protocol)) throw new SetupFault("DATABASE_URL has to begin with postgres://.");
  const sslmode = parsed.searchParams.get("sslmode");
  return {
    host: parsed.searchParams.get("host") ?? decodeURIComponent(parsed.hostname),
    port: parsed.port ? Number(parsed.port) : 5432,
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)) || databaseName,
    ...(sslmode && sslmode !== "disable" && { ssl: { rejectUnauthorized: sslmode.startsWith("verify") } }),
  };
}

async function createDatabase(owner: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [databaseName]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
  } finally {
    await client.end();
  }
}

function explainConnection(error: unknown): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ECONNREFUSED" || code === "ENOTFOUND") throw new SetupFault("The PostgreSQL server of DATABASE_URL does not answer. Check its address and that it is running.");
  if (code === "28P01" || code === "28000") throw new SetupFault("The PostgreSQL server of DATABASE_URL refuses the user or the password.");
  if (code === "3D000") throw new SetupFault("The database named in DATABASE_URL does not exist. Create it first.");
  throw error;
}
