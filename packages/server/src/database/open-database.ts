import pg from "pg";
import { type DataDirectory, dataPath, lockFile, openDataDirectory, prepareDataDirectory, SetupFault } from "./data-directory.ts";
import { ownerRole, startEmbeddedServer } from "./embedded-server.ts";
import { lockDataDirectory } from "./lock.ts";
import { appRole, authRole, migrate } from "./migrate.ts";
import { derivedPassword, explainConnection, readDatabaseUrl } from "./own-server.ts";
import { createPool } from "./pool.ts";
import { refusePowerfulRole } from "./roles.ts";

export interface Database {
  /** The application's role: subject to row-level security. */
  readonly app: pg.Pool;
  /** The sign-in library's role: the schema `auth` and nothing else. */
  readonly auth: pg.Pool;
  readonly data: DataDirectory;
  /** How the server and the database are reached, without a role. */
  readonly address: Pick<pg.ClientConfig, "host" | "port" | "database" | "ssl">;
  /** How to connect as the tables' owner, for what only whoever has the machine may do. */
  readonly owner: pg.ClientConfig;
  /** Where the records are kept, in words for start-up. */
  readonly where: string;
  /** The embedded PostgreSQL's process; undefined on a practice's own server. */
  readonly serverPid: number | undefined;
  /** Tells a second start on the same data where this one answers. */
  announce(address: string): void;
  close(): Promise<void>;
}

/** How to connect as each of the three roles. */
interface Connections {
  readonly owner: pg.ClientConfig;
  readonly app: pg.ClientConfig;
  readonly auth: pg.ClientConfig;
}

const databaseName = "trellis";

/**
 * Opens the installation's database: the practice's own server when DATABASE_URL is set, else the embedded one.
 * Brings the schema up to date. Throws a `SetupFault` that says what to do.
 *
 * @param onGiveUp called when the embedded PostgreSQL cannot be kept running.
 * @param ending aborted when Trellis is stopped before this is done: what has been started by then is stopped again, and this rejects.
 */
export async function openDatabase(
  environment: NodeJS.ProcessEnv,
  onGiveUp: (reason: string) => void,
  ending?: AbortSignal,
): Promise<Database> {
  const path = dataPath(environment);
  prepareDataDirectory(path);
  // Before anything in the directory is read or changed: it may be another server's.
  const lock = lockDataDirectory(lockFile(path));
  const closing: (() => unknown)[] = [lock.release];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const data = openDataDirectory(path);
    const url = environment.DATABASE_URL;
    const server = url ? null : await startEmbeddedServer(data, { onGiveUp, ending });
    if (server) closing.push(server.stop);
    const connections = url ? ownServer(url, environment, data) : embedded(server?.address ?? {}, data);
    if (server) await createDatabase({ ...connections.owner, database: "postgres" });
    await migrate(connections.owner, { app: String(connections.app.password), auth: String(connections.auth.password) }).catch(
      (error: unknown) => explainConnection(error, connections.owner, "DATABASE_URL"),
    );
    // Compiling a plan to machine code pays for reports over many rows; Trellis asks for one chart at a time.
    const app = createPool({ ...connections.app, pipeline: true, options: "-c jit=off" });
    const auth = createPool({ ...connections.auth, options: "-c search_path=auth", max: 6 });
    closing.push(() => Promise.allSettled([app.end(), auth.end()]));
    ending?.throwIfAborted();
    await refusePowerfulRole(app).catch((error: unknown) => explainConnection(error, connections.app, "TRELLIS_APP_DATABASE_URL"));
    return {
      app,
      auth,
      data,
      address: addressOf(connections.owner),
      owner: connections.owner,
      where: server ? data.path : `the database ${connections.owner.database} on ${connections.owner.host}`,
      get serverPid() {
        return server?.pid;
      },
      announce: lock.announce,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function addressOf({ host, port, database, ssl }: pg.ClientConfig): Database["address"] {
  return { ...(host && { host }), ...(port && { port }), ...(database && { database }), ...(ssl && { ssl }) };
}

function embedded(address: Partial<pg.ClientConfig>, { secrets }: DataDirectory): Connections {
  const as = (user: string, password: string): pg.ClientConfig => ({ ...address, database: databaseName, user, password });
  return {
    owner: as(ownerRole, secrets.ownerPassword),
    app: as(appRole, secrets.appPassword),
    auth: as(authRole, secrets.authPassword),
  };
}

function ownServer(url: string, environment: NodeJS.ProcessEnv, { secrets }: DataDirectory): Connections {
  const owner = readDatabaseUrl(url, "DATABASE_URL");
  const as = (user: string, fallback: string, name: string): pg.ClientConfig => {
    const given = environment[name];
    if (!given) return { ...owner, user, password: derivedPassword(owner, user) ?? fallback };
    const config = readDatabaseUrl(given, name);
    if (config.user !== user) throw new SetupFault(`${name} has to name the role ${user}, which the tables' rights are given to.`);
    return config;
  };
  return {
    owner,
    app: as(appRole, secrets.appPassword, "TRELLIS_APP_DATABASE_URL"),
    auth: as(authRole, secrets.authPassword, "TRELLIS_AUTH_DATABASE_URL"),
  };
}

async function createDatabase(owner: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(owner);
  client.on("error", () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [databaseName]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
  } finally {
    await client.end();
  }
}
