/** A list of short lines as it is edited from the keyboard. Functions from list to list; the place of the cursor comes with it. */
export interface LinesEdit {
  readonly lines: readonly string[];
  /** Index of the line that has the cursor next; `lines.length` is the empty line at the end. */
  readonly focus: number;
}

/** Puts pasted or typed text into a line. Line breaks make new lines; bullets that came along are dropped. */
export function putText(lines: readonly string[], index: number, text: string): LinesEdit {
  const parts = text.split(/\r?\n/);
  if (parts.length === 1)
    return { lines: lines.length === index ? (text === "" ? lines : [...lines, text]) : lines.with(index, text), focus: index };
  const kept = parts.map((part) => part.replace(/^\s*(?:[-*•–]|\d{1,2}[.)])\s+/, "").trim()).filter((part) => part !== "");
  const next = [...lines.slice(0, index), ...kept, ...lines.slice(index + 1)];
  return { lines: next, focus: index + kept.length - (kept.length > 0 ? 1 : 0) };
}

/** Enter: an empty line below. At the empty line at the end it changes nothing. */
export function addBelow(lines: readonly string[], index: number): LinesEdit {
  if (index >= lines.length - 1) return { lines, focus: lines.length };
  return { lines: lines.toSpliced(index + 1, 0, ""), focus: index + 1 };
}

/** Backspace in an empty line, or its remove button. */
export function removeLine(lines: readonly string[], index: number): LinesEdit {
  return { lines: lines.toSpliced(index, 1), focus: Math.max(0, index - 1) };
}

/** Alt with an arrow: swaps a line with its neighbor. */
export function moveLine(lines: readonly string[], index: number, by: -1 | 1): LinesEdit {
  const to = index + by;
  const moved = lines[index];
  const other = lines[to];
  if (moved === undefined || other === undefined) return { lines, focus: index };
  return { lines: lines.with(to, moved).with(index, other), focus: to };
}

/** What is kept when the field is left: lines without words go. */
export function withoutEmpty(lines: readonly string[]): readonly string[] {
  return lines.some((line) => line.trim() === "") ? lines.filter((line) => line.trim() !== "") : lines;
}
