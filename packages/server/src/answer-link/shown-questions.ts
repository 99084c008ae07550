import { type Measure, type MeasureItem, optionsOf } from "@trellis/domain/measures/measure";
import { crisisWords } from "@trellis/domain/practice/crisis-words";
import type { OpenLink } from "./open-link.ts";

/** A question as the client's page shows it. */
export interface ShownQuestion {
  readonly number: number;
  readonly words: string;
  readonly options: readonly { readonly value: number; readonly label: string }[];
  readonly quantity: { readonly min: number; readonly max: number; readonly step: number; readonly unit: string } | null;
  readonly optional: boolean;
  /** From this answer on the page says where help is, also while it cannot reach the server; `null` for most questions. */
  readonly helpFrom: number | null;
}

/** A measure as the client's page shows it: its words, and nothing of how it is scored. */
export interface ShownMeasure {
  readonly id: string;
  readonly instruction: string;
  readonly credit: string;
  readonly questions: readonly ShownQuestion[];
  /** Which questions the form tells one to leave out. */
  readonly skips: readonly {
    readonly items: readonly number[];
    readonly when: { readonly items: readonly number[]; readonly sumIs: number };
  }[];
}

const about: ReadonlySet<Measure["flags"][number]["kind"]> = new Set(["suicide-risk", "risk-behavior"]);

function helpFrom({ flags }: Measure, number: number): number | null {
  const thresholds = flags.filter(({ kind, item }) => about.has(kind) && item === number).map(({ atLeast }) => atLeast);
  return thresholds.length === 0 ? null : Math.min(...thresholds);
}

function shownQuestion(measure: Measure, item: MeasureItem): ShownQuestion {
  const { number, lead, text, quantity, optional } = item;
  return {
    number,
    words: lead === undefined ? text : `${lead} ${text}`,
    options: optionsOf(measure, item).map(({ value, label }) => ({ value, label })),
    quantity: quantity ?? null,
    optional,
    helpFrom: helpFrom(measure, number),
  };
}

function shownMeasure(measure: Measure): ShownMeasure {
  const { id, title, instruction, license, items, scoring } = measure;
  return {
    id,
    instruction,
    credit: license.credit === undefined ? "" : `${title}. ${license.credit}`,
    questions: items.map((item) => shownQuestion(measure, item)),
    skips: scoring.skips.map(({ items: skipped, when }) => ({ items: skipped, when })),
  };
}

/** What the client's page is sent when its link is opened. */
export function shownLink(link: OpenLink) {
  const help = { crisis: crisisWords(link), danger: link.danger };
  if (link.state === "finished-here") return { state: "finished" as const, ...help };
  return {
    state: "open" as const,
    ...help,
    measures: link.measures.flatMap(({ measure }) => (measure === null ? [] : [shownMeasure(measure)])),
    /** So many of the link's measures can be asked no longer. */
    gone: link.measures.filter(({ measure }) => measure === null).length,
    answers: link.answers,
  };
}
