import type { ItemDifference } from "./compare-part.ts";
import type { PlanDifference } from "./plan-difference.ts";

const conversation = new Set(["participation", "agreement", "copyGiven"]);

/** Taking part, agreement and the copy belong to the conversation about each revision: that a draft does not have them yet is no change. */
export function tellable({ before, after, items }: PlanDifference): readonly ItemDifference[] {
  if (after.status !== "draft" || after.revision === before.revision) return items;
  return items.filter(({ part, fields }) => !conversation.has(part) || fields.some((field) => field.after !== ""));
}
