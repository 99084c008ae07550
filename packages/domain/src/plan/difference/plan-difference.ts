import type { Plan } from "../plan.ts";
import { type ItemDifference, type Section, sections, sideOf } from "./compare-part.ts";
import { inPlanOrder } from "./item-words.ts";
import { parts } from "./plan-parts.ts";

/** What one revision says otherwise than another. The review, the documents, the client's view and the history all tell this one difference. */
export interface PlanDifference {
  readonly before: Plan;
  readonly after: Plan;
  /** Why there is a new revision at all, oldest first: one reason for each revision on the way that gave one. */
  readonly reasons: readonly string[];
  readonly items: readonly ItemDifference[];
}

const sectionAt = new Map<Section, number>(sections.map((section, at) => [section, at]));

/**
 * The structural difference between two revisions of a plan, item by item and field by field.
 * Items are the same when their ids are. The order of a list counts only for problems (what comes first) and for the goals of one problem.
 *
 * @param passed the revisions between the two, oldest first: where `after` gives no reason for an item, the latest of theirs is it.
 */
export function differenceOf(before: Plan, after: Plan, passed: readonly Plan[] = []): PlanDifference {
  if (before === after) return { before, after, reasons: [], items: [] };
  const [from, to] = [sideOf(before), sideOf(after)];
  const way = [...passed, after];
  const reasonOf = new Map(
    way.flatMap(({ changeReasons }) =>
      changeReasons.flatMap(({ id, reason }) => (reason.trim() === "" ? [] : [[id, reason.trim()] as const])),
    ),
  );
  const items = parts
    .flatMap((part) => part.compare(from, to))
    .map((item): ItemDifference => ({ ...item, reason: reasonOf.get(item.id) ?? "" }))
    // Goals and objectives are read as they stand in the plan: each goal with what is under it.
    .toSorted(
      (a, b) =>
        (sectionAt.get(a.section) ?? 0) - (sectionAt.get(b.section) ?? 0) || (a.section === "goals" ? inPlanOrder(a.name, b.name) : 0),
    );
  return { before, after, reasons: [...new Set(way.map(({ changeReason }) => changeReason.trim()).filter(Boolean))], items };
}
