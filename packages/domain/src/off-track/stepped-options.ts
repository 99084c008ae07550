import type { IsoDate } from "../calendar/date.ts";
import type { CareDecision } from "./care-decision.ts";
import { type CareOption, type CareSign, type CareStep, careSteps } from "./care-option.ts";
import type { SeenSign } from "./care-signs.ts";

/** What was said of an option before. */
export interface EarlierChoice {
  readonly on: IsoDate;
  readonly state: CareDecision["options"][number]["state"];
  readonly note: string;
}

export interface OptionAtHand {
  readonly option: CareOption;
  /** The signs that speak for it now, each once; none for one that is only there to be chosen. */
  readonly because: readonly CareSign[];
  /** Newest first. */
  readonly earlier: readonly EarlierChoice[];
}

export interface StepAtHand {
  readonly step: CareStep;
  readonly options: readonly OptionAtHand[];
}

/**
 * The options step by step, each with what speaks for it now and what was said of it before. Within a step, those that something speaks for come first, and
 * of these those that were not considered yet. A step is never left out: what does not suggest itself can still be chosen.
 */
export function steppedOptions(
  options: readonly CareOption[],
  signs: readonly SeenSign[],
  decisions: readonly Pick<CareDecision, "on" | "options">[],
): StepAtHand[] {
  const earlierOf = (id: string): EarlierChoice[] =>
    decisions
      .flatMap(({ on, options: said }) => said.flatMap((one) => (one.id === id ? [{ on, state: one.state, note: one.note }] : [])))
      .toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
  const place = ({ because, earlier }: OptionAtHand) => (because.length === 0 ? 2 : earlier.length === 0 ? 0 : 1);
  return careSteps.flatMap((step) => {
    const atHand = options
      .filter((option) => option.step === step)
      .map((option) => ({
        option,
        because: [...new Set(signs.map(({ sign }) => sign))].filter((sign) => option.when.includes(sign)),
        earlier: earlierOf(option.id),
      }))
      .toSorted((a, b) => place(a) - place(b));
    return atHand.length === 0 ? [] : [{ step, options: atHand }];
  });
}
