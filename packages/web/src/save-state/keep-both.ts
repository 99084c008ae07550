/** Two texts of one field as one; `null` where that makes no sense (a tick, a choice of one, a date). */
export function keepBoth(mine: unknown, theirs: unknown, newId: () => string): unknown {
  if (typeof mine === "string" && typeof theirs === "string") {
    if (mine.includes(theirs)) return mine;
    if (theirs.includes(mine)) return theirs;
    return `${theirs}\n\n${mine}`;
  }
  if (Array.isArray(mine) && Array.isArray(theirs)) {
    const kept: unknown[] = [...theirs];
    for (const entry of mine as unknown[]) {
      const json = JSON.stringify(entry);
      if (kept.some((other) => JSON.stringify(other) === json)) continue;
      const id = idOf(entry);
      // The same entry was changed on both sides: both stand, the second one under an id of its own.
      kept.push(id !== null && kept.some((other) => idOf(other) === id) ? { ...(entry as object), id: newId() } : entry);
    }
    return kept;
  }
  return null;
}

function idOf(entry: unknown): string | null {
  return typeof entry === "object" && entry !== null && "id" in entry && typeof entry.id === "string" ? entry.id : null;
}

/** A field's content as words, to be laid beside another. */
export function inWords(value: unknown): readonly string[] {
  if (value === null || value === "") return ["(empty)"];
  if (typeof value === "boolean") return [value ? "Yes" : "No"];
  if (Array.isArray(value)) return value.length === 0 ? ["(empty)"] : value.map((entry: unknown) => inWords(entry).join(" · "));
  if (typeof value === "object")
    return Object.entries(value).flatMap(([key, part]) => (key === "id" || part === "" || part === null ? [] : inWords(part)));
  return [String(value)];
}
