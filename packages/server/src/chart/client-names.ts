import type { IsoDate } from "@trellis/domain/calendar/date";
import type { Client } from "@trellis/domain/client/client";
import { plainWords } from "@trellis/domain/library/word-index";
import type pg from "pg";
import { auditEntry } from "../audit/record.ts";
import type { Asker } from "../database/pool.ts";

/** A date of birth as people type one: 1957-05-02, 5/2/1957, "May 2 1957" and the digits in one go. */
function dateWords(date: IsoDate): string[] {
  const [year = "", month = "", day = ""] = date.split("-");
  const monthName = new Intl.DateTimeFormat("en-US", { month: "long", timeZone: "UTC" })
    .format(new Date(`${date}T00:00:00Z`))
    .toLowerCase();
  return [year, month, day, String(Number(month)), String(Number(day)), monthName, `${year}${month}${day}`];
}

/** What the list is sorted by and searched in: names, record number and date of birth in plain lower-case words, without accents. */
export function nameColumns({ name, recordNumber, birthDate }: Pick<Client, "name" | "recordNumber" | "birthDate">): {
  readonly sortName: string;
  readonly searchText: string;
} {
  const words = (text: string) => plainWords(text).join(" ");
  const searched = [
    ...plainWords(`${name.given} ${name.family} ${name.chosen}`),
    ...plainWords(recordNumber),
    plainWords(recordNumber).join(""),
    ...dateWords(birthDate),
  ];
  return {
    sortName: [words(name.family), words(name.chosen || name.given)].join(" "),
    searchText: [...new Set(searched)].filter((word) => word !== "").join(" "),
  };
}

/** What was typed, as a PostgreSQL text query for words that begin with each typed word; `null` when there is no word in it. */
export function searchQuery(typed: string): string | null {
  const words = plainWords(typed).slice(0, 8);
  if (words.length === 0) return typed.trim() === "" ? null : "'-'";
  return words.map((word) => `'${word.replaceAll("'", "''").replaceAll("\\", "\\\\")}':*`).join(" & ");
}

/** Adds a client and, where the person who adds treats clients, makes that person the treating clinician. `false` where the id is taken. */
export async function insertClient(
  client: pg.PoolClient,
  { practiceId, memberId }: Asker,
  id: string,
  record: Client,
  isPracticeClient: boolean,
  treats: boolean,
): Promise<boolean> {
  const { sortName, searchText } = nameColumns(record);
  const { rowCount } = await client.query(
    "INSERT INTO trellis.client (practice_id, id, is_practice_client, record, sort_name, search_text) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
    [practiceId, id, isPracticeClient, JSON.stringify(record), sortName, searchText],
  );
  if (rowCount === 0) return false;
  if (treats) {
    await client.query(
      "INSERT INTO trellis.care_team (practice_id, client_id, member_id, role, added_by) VALUES ($1, $2, $3, 'primary', $3)",
      [practiceId, id, memberId],
    );
  }
  await client.query(auditEntry("client.create", id, "", { practiceClient: isPracticeClient }));
  return true;
}
