import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { findBinaries } from "./binaries.ts";
import { openDataDirectory } from "./data-directory.ts";
import { ownerRole, type ServerAddress, startEmbeddedServer } from "./embedded-server.ts";
import { stopLeftOver } from "./left-over-server.ts";
import { migrate } from "./migrate.ts";
import { isRunning } from "./running-process.ts";

/** What a test needs to know of the PostgreSQL that all tests of a run share. */
export interface TestServer extends ServerAddress {
  readonly ownerPassword: string;
  readonly appPassword: string;
  readonly authPassword: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    readonly testServer: TestServer;
  }
}

export const templateDatabase = "trellis_template";

const prefix = "trellis-test-";

/**
 * Settings for data that nobody will miss. These are the only place where PostgreSQL may skip waiting for the disk.
 */
const throwaway = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off", max_connections: "300" };

/** Once for a test run: a PostgreSQL of its own, with a database at the newest schema that each test file copies. Gives what stops it again. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearKilledRuns();
  const path = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  chmodSync(path, 0o711);
  const data = openDataDirectory(path);
  const { ownerPassword, appPassword, authPassword } = data.secrets;
  const server = await startEmbeddedServer(data, { settings: throwaway });
  const stop = async () => {
    await server.stop();
    rmSync(path, { recursive: true, force: true });
  };
  try {
    const owner = { ...server.address, user: ownerRole, password: ownerPassword };
    const client = new pg.Client({ ...owner, database: "postgres" });
    await client.connect();
    await client.query(`CREATE DATABASE ${templateDatabase}`);
    await client.end();
    await migrate({ ...owner, database: templateDatabase }, { app: appPassword, auth: authPassword });
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("testServer", { ...server.address, ownerPassword, appPassword, authPassword });
  return stop;
}

/** Stops and removes what test runs left behind that were killed. */
async function clearKilledRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix) || isRunning(Number(name.slice(prefix.length).split("-")[0]))) continue;
    const path = join(tmpdir(), name);
    try {
      await stopLeftOver(findBinaries({ path, runAs: null }), join(path, "postgres", "cluster"));
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Another user's; not in the way.
    }
  }
}
