import { Temporal } from "temporal-polyfill";
import type { IsoDate } from "../calendar/date.ts";

/** In which order the dates of a file are written. */
export const dateForms = ["year-first", "month-first", "day-first"] as const;
export type DateForm = (typeof dateForms)[number];

/** How each form looks, for the fifth of March 2024. */
export const dateFormExamples: Record<DateForm, string> = {
  "year-first": "2024-03-05",
  "month-first": "3/5/2024",
  "day-first": "5/3/2024",
};

/** A time of day behind the date, as spreadsheets write it; the day is what counts. */
const timeOfDay = /[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*[ap]\.?m\.?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

const parts = (text: string): readonly [RegExpExecArray | null, RegExpExecArray | null] => {
  const day = text.trim().replace(timeOfDay, "");
  return [/^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(day), /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(day)];
};

/** The date that a text says in this form; `null` where it says none. Years have four digits: with two, nobody can tell 1930 from 2030. */
export function readDate(text: string, form: DateForm): IsoDate | null {
  const [yearFirst, yearLast] = parts(text);
  const [year, month, day] =
    form === "year-first"
      ? [yearFirst?.[1], yearFirst?.[3], yearFirst?.[4]]
      : form === "month-first"
        ? [yearLast?.[4], yearLast?.[1], yearLast?.[3]]
        : [yearLast?.[4], yearLast?.[3], yearLast?.[1]];
  if (year === undefined || month === undefined || day === undefined) return null;
  try {
    return Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: Number(day) }, { overflow: "reject" }).toString();
  } catch {
    return null;
  }
}

export interface DateInLine {
  readonly line: number;
  readonly text: string;
}

/** What the dates of a file tell of the form in which they are written. */
export type DateFinding =
  /** All of them can be read in this form, and at least one in no other. */
  | { readonly kind: "one"; readonly form: DateForm }
  /** Each could be the month or the day first: somebody has to say which. */
  | { readonly kind: "ambiguous"; readonly example: DateInLine }
  /** More than one form stands in the file, with the first date of each. */
  | { readonly kind: "mixed"; readonly examples: readonly (DateInLine & { readonly form: DateForm })[] }
  /** There is no date that can be read. */
  | { readonly kind: "none" };

/** Finds the form of the dates in a file, and never guesses where more than one fits. */
export class DateForms {
  readonly #first: Partial<Record<DateForm, DateInLine>> = {};
  #either: DateInLine | null = null;

  see(line: number, text: string): void {
    const [yearFirst, yearLast] = parts(text);
    if (yearFirst !== null) this.#first["year-first"] ??= { line, text };
    else if (yearLast !== null) {
      const one = Number(yearLast[1]);
      const two = Number(yearLast[3]);
      if (one > 12 && two <= 12) this.#first["day-first"] ??= { line, text };
      else if (two > 12 && one <= 12) this.#first["month-first"] ??= { line, text };
      // The fifth of the fifth is the same day either way.
      else if (one !== two) this.#either ??= { line, text };
    }
  }

  finding(): DateFinding {
    const seen = dateForms.flatMap((form) => {
      const first = this.#first[form];
      return first === undefined ? [] : [{ form, ...first }];
    });
    const [only] = seen;
    if (seen.length > 1) return { kind: "mixed", examples: seen };
    if (only !== undefined && this.#either !== null && only.form === "year-first")
      return { kind: "mixed", examples: [only, { form: "month-first", ...this.#either }] };
    if (only !== undefined) return { kind: "one", form: only.form };
    return this.#either === null ? { kind: "none" } : { kind: "ambiguous", example: this.#either };
  }
}
