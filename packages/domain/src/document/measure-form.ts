import { canBeAnswered, type Measure, type MeasureItem, optionsOf, type ResponseOption } from "../measures/measure.ts";

/** A questionnaire on paper: what is printed, in order. The numbers beside the answers are what is typed in afterwards. */
export interface MeasureForm {
  readonly title: string;
  readonly name: string;
  readonly practice: string;
  readonly instruction: string;
  /** Answers that all questions of a part share stand as columns; of others below the question. */
  readonly parts: readonly FormPart[];
  readonly credit: string;
}

export interface FormPart {
  /** The beginning of the sentences below it; "" without one. */
  readonly lead: string;
  /** Labels and numbers of the answers in common; empty where each question has its own. */
  readonly columns: readonly FormAnswer[];
  readonly rows: readonly FormRow[];
}

export interface FormAnswer {
  readonly number: string;
  readonly label: string;
}

export interface FormRow {
  readonly number: string;
  readonly text: string;
  /** Of a question with answers of its own. */
  readonly answers: readonly FormAnswer[];
  /** What is written on the line, of a question that asks for a number; `null` for one that offers answers. */
  readonly unit: string | null;
}

/** More answers than these, or longer ones, do not fit side by side. */
const mostColumns = 7;
const longestLabel = 34;

/**
 * A measure as a form to fill in with a pen. It names no client: a line is left for the name, or for a number.
 *
 * @throws Error for a measure whose wording is not here.
 */
export function measureForm(measure: Measure, practice: string): MeasureForm {
  if (!canBeAnswered(measure)) throw new Error(`The wording of ${measure.name} is not here.`);
  const parts: { lead: string; columns: readonly FormAnswer[]; rows: FormRow[] }[] = [];
  let before: readonly ResponseOption[] | null = null;
  for (const item of measure.items) {
    const options = optionsOf(measure, item);
    const asColumns =
      item.quantity === undefined && options.length <= mostColumns && options.every(({ label }) => label.length <= longestLabel);
    const lead = item.lead ?? "";
    const last = parts.at(-1);
    const fits = last !== undefined && last.lead === lead && (asColumns ? sameAnswers(before, options) : last.columns.length === 0);
    if (!fits) parts.push({ lead, columns: asColumns ? options.map(answerOf) : [], rows: [] });
    parts.at(-1)?.rows.push(rowOf(item, asColumns ? [] : options));
    before = asColumns ? options : null;
  }
  return {
    title: measure.title,
    name: measure.name,
    practice,
    instruction: measure.instruction,
    parts,
    credit: [measure.license.credit, measure.license.class === "own" ? "" : measure.license.text].filter((text) => text).join(" "),
  };
}

const sameAnswers = (some: readonly ResponseOption[] | null, others: readonly ResponseOption[]): boolean =>
  some?.length === others.length && some.every(({ value, label }, i) => value === others[i]?.value && label === others[i]?.label);

const answerOf = ({ value, label }: ResponseOption): FormAnswer => ({ number: String(value), label });

function rowOf(item: MeasureItem, options: readonly ResponseOption[]): FormRow {
  return {
    number: String(item.number),
    text: item.text,
    answers: options.map(answerOf),
    unit: item.quantity === undefined ? null : unitWords(item.quantity),
  };
}

/** "0 to 24 hours" */
function unitWords({ min, max, unit }: { readonly min: number; readonly max: number; readonly unit: string }): string {
  return `${min} to ${max}${unit === "" ? "" : ` ${unit}`}`;
}
