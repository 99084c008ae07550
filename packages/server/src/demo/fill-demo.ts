import type pg from "pg";
import type { Asker } from "../database/pool.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { addCase } from "./add-case.ts";

/** The worked cases as clients at different points of care. */
export async function fillDemo(client: pg.PoolClient, { library, now }: Trellis, asker: Asker): Promise<void> {
  const today = todayIn("America/New_York", now());
  for (const [index, found] of library.cases.entries()) {
    await addCase(client, asker, found, { today, isPracticeClient: false, part: index === 0 ? "first-meeting" : "whole" });
  }
}
