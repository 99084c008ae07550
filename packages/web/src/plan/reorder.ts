import type { Edit } from "@trellis/domain/plan/edit-plan";

/**
 * The edit that moves an item one place up or down among those that stand together on screen; the plan's list may hold others between them.
 * `null` at either end.
 */
export function moveAmong(list: readonly string[], together: readonly string[], id: string, by: -1 | 1): Edit | null {
  const at = together.indexOf(id);
  if (at < 0 || together[at + by] === undefined) return null;
  const before = by === -1 ? together[at - 1] : together[at + 2];
  return { type: "move", list: [...list], id, before: before ?? null };
}
