import { Hono } from "hono";
import type { Database } from "../database/open-database.ts";
import { serveBuiltClient } from "./built-client.ts";
import { answerError, notFound } from "./problem.ts";

export interface AppOptions {
  readonly database: Database;
  /** The folder of the built browser client. */
  readonly client: string;
}

/** Everything that answers a browser: the API below /api, and the browser client for every other path. */
export function createApp({ database, client }: AppOptions) {
  const app = new Hono()
    .get("/api/health", async (context) => {
      await database.app.query("SELECT 1");
      return context.json({ status: "ok" as const });
    })
    .all("/api/*", () => {
      throw notFound();
    });
  app.get("*", serveBuiltClient(client));
  app.onError(answerError);
  return app;
}

export type AppType = ReturnType<typeof createApp>;
