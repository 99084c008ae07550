/** What a column of a file holds. `item-1` is the answer to the first question of the measure. */
export type ColumnRole =
  | "none"
  | "record-number"
  | "name"
  | "given"
  | "family"
  | "birth-date"
  | "measure"
  | "date"
  | "total"
  | `item-${number}`;

export const columnNames: Record<Exclude<ColumnRole, `item-${number}`>, string> = {
  none: "Leave out",
  "record-number": "Record number",
  name: "Client's name",
  given: "First name",
  family: "Last name",
  "birth-date": "Date of birth",
  measure: "Measure",
  date: "Date of the score",
  total: "Total score",
};

export const itemNumber = (role: ColumnRole): number | null => (role.startsWith("item-") ? Number(role.slice(5)) : null);

/** Names that such columns go by in other systems, in small letters and digits only. */
const known: readonly (readonly [ColumnRole, readonly string[]])[] = [
  [
    "record-number",
    "recordnumber recordno recordnr record recordid mrn medicalrecordnumber chart chartnumber chartno chartid clientid clientnumber clientno patientid patientnumber patientno casenumber caseno filenumber fileno accountnumber account externalid".split(
      " ",
    ),
  ],
  ["birth-date", "birthdate dateofbirth dob birthday born clientdob patientdob clientbirthdate patientbirthdate".split(" ")],
  ["given", "firstname given givenname forename first clientfirstname patientfirstname".split(" ")],
  ["family", "lastname family familyname surname last clientlastname patientlastname".split(" ")],
  ["name", "name client clientname patient patientname fullname".split(" ")],
  [
    "measure",
    "measure measurename instrument test testname scale assessment assessmentname questionnaire form formname tool outcomemeasure loinc loinccode".split(
      " ",
    ),
  ],
  [
    "date",
    "date day datecompleted completed completedon completeddate completiondate dateadministered administered administeredon administrationdate assessmentdate dateofassessment responsedate servicedate dateofservice sessiondate testdate scoredate measuredate timestamp".split(
      " ",
    ),
  ],
  ["total", "total totalscore score sum sumscore rawscore result value points scoretotal".split(" ")],
];

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** What each column holds, by its name; `none` where nothing is known by such a name. Each thing is found once, except for answers, which are numbered. */
export function guessColumns(header: readonly string[]): ColumnRole[] {
  const roles = header.map((): ColumnRole => "none");
  for (const [role, names] of known) {
    // The names go from the plainest to the rarest: the best one of the file is taken, not the first column.
    for (const name of names) {
      const at = header.findIndex((head, i) => roles[i] === "none" && plain(head) === name);
      if (at === -1) continue;
      roles[at] = role;
      break;
    }
  }
  for (const [i, number] of answerColumns(header)) if (roles[i] === "none") roles[i] = `item-${number}`;
  if (!roles.includes("total")) {
    const ends = header.findIndex((head, i) => roles[i] === "none" && /(total|score|sum)$/.test(plain(head)));
    if (ends !== -1) roles[ends] = "total";
  }
  return roles;
}

/** Columns with one name and numbers from 1 on, at least two: i1, i2 … or "PHQ9_1", "PHQ9_2" … */
function answerColumns(header: readonly string[]): ReadonlyMap<number, number> {
  const families = new Map<string, Map<number, number>>();
  for (const [i, head] of header.entries()) {
    const found = /^(.*?)(?:[\s_.-]+|(?<=[a-z]))0*([1-9]\d{0,2})$/i.exec(head.trim());
    if (found === null) continue;
    const family = families.get(found[1]?.toLowerCase() ?? "") ?? new Map<number, number>();
    if (![...family.values()].includes(Number(found[2]))) family.set(i, Number(found[2]));
    families.set(found[1]?.toLowerCase() ?? "", family);
  }
  let best = new Map<number, number>();
  for (const family of families.values()) {
    const numbers = [...family.values()].sort((a, b) => a - b);
    if (numbers.length >= 2 && numbers.every((number, i) => number === i + 1) && family.size > best.size) best = family;
  }
  return best;
}

/** Whether the first line of a file names its columns: no cell of it is a number or a date. */
export function looksLikeHeader(first: readonly string[]): boolean {
  return (
    first.some((cell) => cell !== "") && first.every((cell) => !/^[-+]?\d+([.,]\d+)?$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/.test(cell.trim()))
  );
}

/** What is missing or said twice before the lines can be read; empty where nothing is. */
export function whatColumnsLack(roles: readonly ColumnRole[], oneMeasure: boolean): string[] {
  const has = (role: ColumnRole) => roles.includes(role);
  const lacks: string[] = [];
  const named = has("name") || (has("given") && has("family"));
  if (!has("record-number") && !(named && has("birth-date")))
    lacks.push("Say which column holds the record number, or which hold the client's name and date of birth.");
  if (!has("measure") && !oneMeasure) lacks.push("Say which column names the measure, or choose one measure for the whole file.");
  if (!has("date")) lacks.push("Say which column holds the date of the score.");
  if (!has("total") && !roles.some((role) => role.startsWith("item-")))
    lacks.push("Say which column holds the total, or which hold the answers.");
  const twice = [...new Set(roles.filter((role, i) => role !== "none" && roles.indexOf(role) !== i))];
  for (const role of twice) lacks.push(`Two columns are given as “${nameOfRole(role)}”. Leave one of them out.`);
  return lacks;
}

export function nameOfRole(role: ColumnRole): string {
  const item = itemNumber(role);
  return item === null ? columnNames[role as keyof typeof columnNames] : `Answer to question ${item}`;
}
