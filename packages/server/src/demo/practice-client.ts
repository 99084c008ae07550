import type { Library } from "@trellis/domain/library/library";
import type pg from "pg";
import type { Asker } from "../database/pool.ts";
import { todayIn } from "../sign-in/current-session.ts";
import { addCase } from "./add-case.ts";

/** The worked case that the practice client is made of. */
export const practiceCase = "gad-phone-by-the-plate";

/** Every practice has one client to try things on, marked as such everywhere and counted in no figure. */
export async function addPracticeClient(client: pg.PoolClient, asker: Asker, library: Library, now: Date): Promise<void> {
  const found = library.caseById.get(practiceCase) ?? library.cases[0];
  if (!found) return;
  await addCase(client, asker, { ...found, client: { ...found.client, recordNumber: "PRACTICE" } }, library, {
    today: todayIn("UTC", now),
    isPracticeClient: true,
    part: "whole",
  });
}
