import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { inspect } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { buildClient, builtClient } from "./build-client.ts";
import { SetupFault } from "./database/data-directory.ts";
import { type Database, openDatabase } from "./database/open-database.ts";
import { hasLostItsParent } from "./database/running-process.ts";
import { createApp } from "./http/app.ts";
import { compiledFile } from "./library/compiled-library.ts";
import { listen, readPublicAddress } from "./listen.ts";
import { errorFields, log } from "./log.ts";
import { scoreStored } from "./measures/score-stored.ts";
import { recoverAtMachine } from "./sign-in/recovery-routes.ts";
import { createTrellis, importedDiagnosesFolder, type Trellis } from "./trellis.ts";

/** How long answers under way may take when the server stops, and how long stopping may take in all, in ms. */
const drainPatience = 800;
const stopPatience = 2_800;

/**
 * For so long a connection without a request stays open, in ms. Longer than proxies and browsers keep theirs: otherwise a request that sets out just as
 * the server hangs up is lost.
 */
const keepAliveTimeout = 75_000;

let servers: readonly Server[] = [];
let starting: Promise<void> | undefined;
let database: Database | undefined;
let documents: Trellis["documents"] | undefined;
let stopping: Promise<void> | undefined;
/** Aborted when stopping begins: what is still being started is given up. */
const ending = new AbortController();

/** Stops once, however often it is asked: npm and the terminal both hand Ctrl-C on. */
function stop(exitCode: number): Promise<void> {
  stopping ??= stopInOrder(exitCode);
  return stopping;
}

async function stopInOrder(exitCode: number): Promise<void> {
  // PostgreSQL recovers by itself if it must; a server that does not stop helps nobody.
  setTimeout(() => process.exit(exitCode || 1), stopPatience).unref();
  ending.abort();
  try {
    // PostgreSQL or a build that has only just been started is stopped there.
    await starting?.catch(() => {});
    await Promise.all(servers.map(drain));
    documents?.close();
    await database?.close();
    process.exit(exitCode);
  } catch (error) {
    log("error", "stopping failed", errorFields(error));
    process.exit(1);
  }
}

/** Takes no new requests, lets those under way finish, and then closes what is left. */
async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const patience = setTimeout(() => server.closeAllConnections(), drainPatience);
  await closed;
  clearTimeout(patience);
}

function giveUp(reason: string): void {
  console.error(reason);
  void stop(1);
}

async function start(): Promise<void> {
  database = await openDatabase(process.env, giveUp, ending.signal);
  if (process.env.TRELLIS_DEVELOPMENT !== "1") await buildClient((line) => console.log(line), ending.signal);
  ending.signal.throwIfAborted();
  if (!existsSync(compiledFile)) console.log("Reading the library …");
  const trellis = createTrellis({
    database,
    cookieSecret: database.data.secrets.cookieSecret,
    importedDiagnoses: importedDiagnosesFolder(database.data.path),
    publicAddress: readPublicAddress(process.env),
  });
  documents = trellis.documents;
  await scoreStored(database.owner, trellis.library.measures);
  const app = createApp({ trellis, client: builtClient, atHome: !process.env.HOST });
  const listener = getRequestListener(app.fetch);
  const listening = await listen(() => createServer({ keepAliveTimeout }, listener), process.env);
  servers = listening.servers;
  if (stopping) return;
  database.announce(listening.address);
  console.log(`Records are kept in ${database.where}.`);
  const locked = process.env.TRELLIS_RECOVER;
  if (locked) {
    const link = await recoverAtMachine(database.owner, locked, trellis.publicAddress?.origin ?? listening.address);
    console.log(
      link
        ? `Open this link within a day to set a new password, and then start Trellis without TRELLIS_RECOVER: ${link}`
        : "Nobody signs in with the address in TRELLIS_RECOVER. Check its spelling.",
    );
  }
  console.log(`Trellis is ready at ${listening.address}`);
  // It takes half a second: after the first screens have been fetched, and before anybody has found the way to a search.
  setTimeout(trellis.libraryIndex, 10_000).unref();
}

function explain(error: unknown): string {
  if (error instanceof SetupFault) return `Trellis cannot start. ${error.message}`;
  if (error instanceof Error && "code" in error && error.code === "ENOSPC")
    return "Trellis cannot start. The disk is full. Make room on it and start again; nothing that was saved is lost.";
  return `Trellis cannot start. What went wrong is not foreseen:\n${inspect(error)}`;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
process.on("uncaughtException", (error) => {
  log("error", "an error was caught by nobody", errorFields(error));
  void stop(1);
});
// `npm start` puts a shell between npm and this process, and some shells die of a signal without handing it on.
if (process.env.npm_lifecycle_event !== undefined) {
  const parent = process.ppid;
  // The shell may have died before this line, while the modules were being loaded.
  if (hasLostItsParent()) process.exit(0);
  setInterval(() => process.ppid !== parent && void stop(0), 250).unref();
}
starting = start();
starting.catch((error: unknown) => {
  // Whoever stops it while it starts knows why it did not start.
  if (stopping) return;
  console.error(explain(error));
  void stop(1);
});
