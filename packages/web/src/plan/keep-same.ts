/**
 * `after`, in which every part that says the same as in `before` is the very object of `before`: what did not change keeps its identity, so
 * that only what changed is drawn again. List entries with ids are matched by id, others by place.
 */
export function keepSame<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after;
  if (Array.isArray(before) && Array.isArray(after)) return keepList(before, after) as T;
  if (!isRecord(before) || !isRecord(after)) return after;
  const keys = Object.keys(after);
  let same = keys.length === Object.keys(before).length;
  const kept: Record<string, unknown> = {};
  for (const key of keys) {
    kept[key] = keepSame(before[key], after[key]);
    same &&= Object.hasOwn(before, key) && Object.is(kept[key], before[key]);
  }
  return (same ? before : kept) as T;
}

function keepList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const byId = new Map(before.flatMap((entry) => (isRecord(entry) && typeof entry.id === "string" ? [[entry.id, entry] as const] : [])));
  const kept = after.map((entry, index) =>
    keepSame(isRecord(entry) && typeof entry.id === "string" ? byId.get(entry.id) : before[index], entry),
  );
  return kept.length === before.length && kept.every((entry, index) => Object.is(entry, before[index])) ? before : kept;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
