import { withDetail } from "../../document/plan-document.ts";
import { objectiveText } from "../objective-text.ts";
import type { Goal, Objective, Statement } from "../plan.ts";

/** What a statement says with the client's own detail, in the record's words. */
export const recordOf = ({ text, detail }: Pick<Statement, "text" | "detail">): string => withDetail(text, detail);
/** The same in the client's words, where there are any. */
export const plainOf = ({ text, plain, detail }: Pick<Statement, "text" | "plain" | "detail">): string =>
  withDetail(plain.trim() === "" ? text : plain, detail);
export const objectiveRecordOf = (objective: Objective): string => withDetail(objectiveText(objective), objective.detail);
export const objectivePlainOf = (objective: Objective): string => withDetail(objectiveText(objective, "plain"), objective.detail);

/** A goal or an objective in the record's words and in the client's. */
export function wordsOf(item: Goal | Objective): { readonly text: string; readonly plain: string } {
  return "metric" in item
    ? { text: objectiveRecordOf(item), plain: objectivePlainOf(item) }
    : { text: recordOf(item), plain: plainOf(item) };
}

/** The number in a name such as "Objective 1.2.10", part by part, to bring names into the order of the plan: 1.2.10 comes after 1.2.9. */
export function inPlanOrder(a: string, b: string): number {
  const [left, right] = [numbersIn(a), numbersIn(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? -1) - (right[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersIn(name: string): number[] {
  const found = /\d+(?:\.\d+)*/.exec(name)?.[0];
  return found === undefined ? [] : found.split(".").map(Number);
}
