/** Whether two JSON values say the same. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = b as Record<string, unknown>;
  return left.length === Object.keys(right).length && left.every(([key, value]) => Object.hasOwn(right, key) && same(value, right[key]));
}

export interface Merged<T> {
  /** Both sides' changes; in a field that both changed, mine. */
  readonly merged: T;
  /** Fields that both sides changed, to different ends: somebody has to choose. */
  readonly disputed: readonly (keyof T & string)[];
}

/** Three-way merge of two changed copies of one value, field by field. `base` is what both began with. */
export function mergeFields<T extends object>(base: T, mine: T, theirs: T): Merged<T> {
  const merged: Partial<T> = { ...theirs };
  const disputed: (keyof T & string)[] = [];
  for (const key of Object.keys(mine) as (keyof T & string)[]) {
    if (same(mine[key], base[key])) continue;
    merged[key] = mine[key];
    if (!same(theirs[key], base[key]) && !same(theirs[key], mine[key])) disputed.push(key);
  }
  return { merged: merged as T, disputed };
}
