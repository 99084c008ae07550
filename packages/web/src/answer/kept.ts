import type { Answers } from "./questions.ts";

/** What this browser keeps of a link, so that nothing is lost when the connection or the page goes away. */
export interface Kept {
  /** Made here, at random: by it the server knows the browser that began. */
  readonly browserKey: string;
  /** Answers that have not arrived yet, by form. They are forgotten here as soon as they have. */
  readonly unsent: Readonly<Record<string, { readonly seq: number; readonly answers: Answers }>>;
  /** The question that was on the screen. */
  readonly at?: { readonly form: string; readonly number: number } | undefined;
}

/** A short name for a link, from which nobody finds the link again (32-bit FNV-1a: the token itself is not kept). */
function nameOf(token: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < token.length; i += 1) hash = Math.imul(hash ^ token.charCodeAt(i), 0x01000193);
  return `trellis-answer/${(hash >>> 0).toString(16)}`;
}

function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** Where the browser keeps nothing (storage is switched off), the page works as long as it is open. */
const inMemory = new Map<string, string>();

/** What is kept of this link; `null` when it has not been begun in this browser. */
export function keptOf(token: string): Kept | null {
  try {
    const text = inMemory.get(nameOf(token)) ?? localStorage.getItem(nameOf(token));
    return text === null ? null : (JSON.parse(text) as Kept);
  } catch {
    return null;
  }
}

export function keep(token: string, kept: Kept): void {
  const text = JSON.stringify(kept);
  try {
    localStorage.setItem(nameOf(token), text);
    inMemory.delete(nameOf(token));
  } catch {
    inMemory.set(nameOf(token), text);
  }
}

export function newKept(): Kept {
  return { browserKey: randomKey(), unsent: {} };
}
