import { formatDate } from "../calendar/date.ts";
import { withoutNames } from "../client/name-in-text.ts";
import type { AssignedHomework, HomeworkField } from "../homework/assigned-homework.ts";

/** Homework on paper, to take along: what is printed, in order. It names no client and no diagnosis: it lies on kitchen tables. */
export interface HomeworkSheet {
  readonly title: string;
  readonly practice: string;
  /** "Until December 4, 2026"; "" without a day. */
  readonly until: string;
  /** "About 30 minutes, every day"; "" where nothing is said. */
  readonly often: string;
  readonly why: string;
  readonly steps: readonly string[];
  readonly ifStuck: string;
  readonly columns: readonly SheetColumn[];
  /** A line for each time, side by side; `null` for one form with room to write. */
  readonly rows: number | null;
  /** So many columns want a page on its side. */
  readonly wide: boolean;
  /** Where help is in a crisis. */
  readonly help: string;
}

export interface SheetColumn {
  readonly label: string;
  readonly kind: HomeworkField["kind"];
  /** Printed small where it is filled in: what to write, or between what to choose. */
  readonly hint: string;
}

/** More columns than these are too narrow to write in, also on a page on its side. */
const mostColumns = 8;
const mostColumnsUpright = 4;
const mostRows = 14;
/** Where nobody says how often, so many lines are printed. */
const usualRows = 5;

/** What is printed beside a label, unless it says so itself. */
function hintOf({ kind, label }: HomeworkField): string {
  if (kind === "yes-no") return "yes / no";
  return kind === "rating" && !/\b0\b.*\b10\b/.test(label) ? "0 to 10" : "";
}

/** What of a homework is printed: one that was given to a client, or a sheet of the library. */
export type PrintedHomework = Pick<
  AssignedHomework,
  "title" | "why" | "steps" | "fields" | "ifStuck" | "timesPerWeek" | "minutes" | "dueOn"
>;

export function homeworkSheet(
  homework: PrintedHomework,
  { names, practice, help }: { readonly names: readonly string[]; readonly practice: string; readonly help: string },
): HomeworkSheet {
  const plain = (text: string) => withoutNames(text, names);
  const times = homework.timesPerWeek ?? usualRows;
  const columns = homework.fields.map((field) => ({ label: plain(field.label), kind: field.kind, hint: hintOf(field) }));
  const asLines = times > 1 && columns.length > 0 && columns.length <= mostColumns;
  return {
    title: plain(homework.title),
    practice,
    until: homework.dueOn === null ? "" : `Until ${formatDate(homework.dueOn)}`,
    often: oftenWords(homework),
    why: plain(homework.why),
    steps: homework.steps.map(plain),
    ifStuck: plain(homework.ifStuck),
    columns,
    rows: asLines ? Math.min(times, mostRows) : null,
    wide: asLines && columns.length > mostColumnsUpright,
    help,
  };
}

/** How long and how often, in words: "About 30 minutes, 5 times a week". */
export function oftenWords({ minutes, timesPerWeek }: Pick<AssignedHomework, "minutes" | "timesPerWeek">): string {
  const long = minutes === null ? "" : `about ${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
  const often =
    timesPerWeek === null
      ? ""
      : timesPerWeek === 7
        ? "every day"
        : timesPerWeek === 14
          ? "twice a day"
          : timesPerWeek === 1
            ? "once this week"
            : `${timesPerWeek} times a week`;
  const words = [long, often].filter((part) => part !== "").join(", ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
