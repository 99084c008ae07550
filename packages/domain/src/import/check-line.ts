import type { IsoDate } from "../calendar/date.ts";
import { whyNoDayInLife } from "../calendar/day-in-life.ts";
import { plainWords } from "../library/word-index.ts";
import type { Administration } from "../measures/administration.ts";
import { checkAdministration } from "../measures/check-answers.ts";
import { hasTotal, type Measure } from "../measures/measure.ts";
import { scoreAdministration } from "../measures/score.ts";
import type { FaultKind, ImportLine, LineFault } from "./import-line.ts";

/** A client that lines may be about: one whom the person asking may see. */
export interface ClientToMatch {
  readonly id: string;
  readonly recordNumber: string;
  readonly given: string;
  readonly family: string;
  readonly chosen: string;
  readonly birthDate: IsoDate;
}

/** A line that can be kept as it is. */
export interface FittingLine {
  readonly line: number;
  readonly clientId: string;
  readonly administration: Omit<Administration, "id">;
  readonly total: number | null;
  readonly scoringVersion: string;
}

const plainNumber = (text: string) => text.trim().toLowerCase();
const setOfWords = (text: string) => plainWords(text).sort().join(" ");

function indexBy(clients: readonly ClientToMatch[], keysOf: (client: ClientToMatch) => readonly string[]): Map<string, ClientToMatch[]> {
  const index = new Map<string, ClientToMatch[]>();
  for (const client of clients)
    for (const key of new Set(keysOf(client))) {
      const there = index.get(key);
      if (there === undefined) index.set(key, [client]);
      else there.push(client);
    }
  return index;
}

/** Clients by record number, and by name and date of birth: words of a name in any order, with the first name or the chosen one. */
export class ClientsToMatch {
  readonly #clients: readonly ClientToMatch[];
  // Each only where a line asks for it: words of names take their time, and most files have record numbers.
  #numbers: ReadonlyMap<string, readonly ClientToMatch[]> | null = null;
  #names: ReadonlyMap<string, readonly ClientToMatch[]> | null = null;

  constructor(clients: readonly ClientToMatch[]) {
    this.#clients = clients;
  }

  #byNumber(recordNumber: string): readonly ClientToMatch[] {
    this.#numbers ??= indexBy(this.#clients, (client) => (client.recordNumber.trim() === "" ? [] : [plainNumber(client.recordNumber)]));
    return this.#numbers.get(plainNumber(recordNumber)) ?? [];
  }

  #byName(name: string, birthDate: string | null): readonly ClientToMatch[] {
    this.#names ??= indexBy(this.#clients, ({ given, chosen, family, birthDate: born }) =>
      [given, chosen].filter((first) => first !== "").map((first) => `${born} ${setOfWords(`${first} ${family}`)}`),
    );
    return this.#names.get(`${birthDate} ${setOfWords(name)}`) ?? [];
  }

  /** The one client that a line is about, or what is wrong. A record number goes before a name. */
  find({
    recordNumber,
    name,
    birthDate,
  }: Pick<ImportLine, "recordNumber" | "name" | "birthDate">): ClientToMatch | Pick<LineFault, "kind" | "field" | "message"> {
    if (recordNumber !== "") {
      const found = this.#byNumber(recordNumber);
      const [client, second] = found;
      if (client === undefined)
        return {
          kind: "client-unknown",
          field: "Record number",
          message: `No client whom you may see has the record number ${recordNumber}. Add the client first, or correct the number.`,
        };
      if (second !== undefined)
        return {
          kind: "client-ambiguous",
          field: "Record number",
          message: `${found.length} clients have the record number ${recordNumber}. Give each a number of its own.`,
        };
      if (birthDate !== null && birthDate !== client.birthDate)
        return {
          kind: "birth-date-differs",
          field: "Date of birth",
          message: `The client with the record number ${recordNumber} was born on another day than ${birthDate}. Check which of the two is right.`,
        };
      return client;
    }
    const found = this.#byName(name, birthDate);
    const [client, second] = found;
    if (client === undefined)
      return {
        kind: "client-unknown",
        field: "Client",
        message: `No client whom you may see is called ${name} and was born on ${birthDate}. Add the client first, or correct name and date.`,
      };
    if (second !== undefined)
      return {
        kind: "client-ambiguous",
        field: "Client",
        message: `${found.length} clients are called ${name} and were born on ${birthDate}. Use record numbers for them.`,
      };
    return client;
  }
}

const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Measures by id, short name, title and LOINC code, in any spelling of spaces and dashes. */
export class MeasuresToMatch {
  readonly #known = new Map<string, Measure>();

  constructor(measures: readonly Measure[]) {
    for (const key of [
      ({ id }: Measure) => [id],
      ({ name }: Measure) => [name],
      ({ loinc }: Measure) => [loinc.panel ?? "", loinc.total ?? ""],
      ({ title }: Measure) => [title],
    ])
      for (const measure of measures)
        for (const name of key(measure)) if (name !== "" && !this.#known.has(bare(name))) this.#known.set(bare(name), measure);
  }

  find(name: string): Measure | null {
    return this.#known.get(bare(name)) ?? null;
  }
}

/** Checks one line against the clients and measures there are, and makes of it what is kept; or says the first thing that is wrong with it. */
export function checkLine(
  line: ImportLine,
  { clients, measures, today }: { readonly clients: ClientsToMatch; readonly measures: MeasuresToMatch; readonly today: IsoDate },
): FittingLine | LineFault {
  const fault = (kind: FaultKind, field: string, message: string): LineFault => ({ line: line.line, kind, field, message });
  const client = clients.find(line);
  if ("kind" in client) return { line: line.line, ...client };
  const measure = measures.find(line.measure);
  if (measure === null)
    return fault(
      "measure-unknown",
      "Measure",
      `This practice has no measure called “${line.measure}”. Write its short name, such as PHQ-9, or its LOINC code.`,
    );
  const impossible = whyNoDayInLife(line.date, client.birthDate, today);
  if (impossible !== null) return fault("date-impossible", "Date", `${line.date}: ${impossible}`);

  let answers = line.items;
  // A file with several measures has as many columns as the longest of them.
  while (answers.length > measure.items.length && answers.at(-1) === null) answers = answers.slice(0, -1);
  const entered = answers.length === 0 ? { entered: { total: line.total, subscales: {} } } : {};
  const scored = { answers, ...entered };
  if (answers.length === 0 && !hasTotal(measure))
    return fault("score-wrong", "Total", `${measure.name} has no total. Bring its answers, question by question.`);
  const [wrong] = checkAdministration(measure, scored);
  if (wrong !== undefined) return fault("score-wrong", answers.length === 0 ? "Total" : "Answers", wrong.message);
  const { total } = scoreAdministration(measure, scored);
  if (answers.length > 0 && line.total !== null && total !== null && Math.abs(total - line.total) > 0.006)
    return fault(
      "total-differs",
      "Total",
      `The answers add up to ${total}, and the file says ${line.total}. Correct one of them, or leave the total out.`,
    );
  return {
    line: line.line,
    clientId: client.id,
    administration: {
      measure: measure.id,
      measureVersion: measure.version,
      date: line.date,
      answers,
      ...entered,
      answeredBy: "client",
      mode: "import",
      status: "completed",
    },
    total,
    scoringVersion: measure.version,
  };
}
