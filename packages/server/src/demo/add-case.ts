import { randomUUID } from "node:crypto";
import { addDays, daysBetween, IsoDate } from "@trellis/domain/calendar/date";
import type { Case } from "@trellis/domain/library/case";
import type { Library } from "@trellis/domain/library/library";
import type pg from "pg";
import { insertClient } from "../chart/client-names.ts";
import type { Asker } from "../database/pool.ts";
import { scoreColumns } from "../measures/store-administration.ts";

/** How much of a case is put into the chart: a client seen once, or one whose assessment is whole. */
export type CasePart = "first-meeting" | "whole";

/** Puts a worked case of the library into a practice as a client. Its dates are moved so that the day it is told from is today. Returns the client's id. */
export async function addCase(
  client: pg.PoolClient,
  asker: Asker,
  found: Case,
  library: Library,
  { today, isPracticeClient, part }: { readonly today: IsoDate; readonly isPracticeClient: boolean; readonly part: CasePart },
): Promise<string> {
  const { practiceId, memberId } = asker;
  const id = randomUUID();
  const moved = (date: IsoDate) => addDays(date, daysBetween(found.today, today));
  await insertClient(client, asker, id, found.client, isPracticeClient, true);
  const sections = Object.entries(found.intake).filter(
    ([section]) => part === "whole" || section === "presentingProblems" || section === "risk",
  );
  for (const [section, content] of sections) {
    await client.query(
      "INSERT INTO trellis.intake_section (practice_id, client_id, section, content, saved_by) VALUES ($1, $2, $3, $4, $5)",
      [practiceId, id, section, JSON.stringify(movedDates(content, moved)), memberId],
    );
  }
  for (const diagnosis of part === "whole" ? found.diagnoses : []) {
    const content = { ...diagnosis, id: randomUUID(), diagnosedOn: moved(diagnosis.diagnosedOn) };
    await client.query("INSERT INTO trellis.diagnosis (practice_id, client_id, id, content, saved_by) VALUES ($1, $2, $3, $4, $5)", [
      practiceId,
      id,
      content.id,
      JSON.stringify(content),
      memberId,
    ]);
  }
  for (const administration of part === "whole" ? found.administrations : found.administrations.slice(0, 1)) {
    const content = { ...administration, id: randomUUID(), date: moved(administration.date) };
    const measure = library.measureById.get(content.measure);
    if (measure === undefined) throw new Error(`The case ${found.id} names a measure that the library does not have.`);
    const { total } = scoreColumns(measure, content);
    // At the same moment as the sections: a case does not tell which of two entries of a day came first.
    await client.query(
      `INSERT INTO trellis.administration (practice_id, client_id, id, measure, date, content, entered_by, entered_at, total, scoring_version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, now(), $8, $9)`,
      [practiceId, id, content.id, content.measure, content.date, JSON.stringify(content), memberId, total, measure.version],
    );
  }
  return id;
}

/** Moves every value that is a date and nothing else; years of onset and dates within sentences stay. */
function movedDates(value: unknown, moved: (date: IsoDate) => IsoDate): unknown {
  if (Array.isArray(value)) return value.map((entry) => movedDates(entry, moved));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, movedDates(entry, moved)]));
  const date = IsoDate.safeParse(value);
  return date.success ? moved(date.data) : value;
}
