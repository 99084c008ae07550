import { keptByLink, randomKey } from "./kept-by-link.ts";
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

const store = keptByLink<Kept>("trellis-answer");

/** What is kept of this link; `null` when it has not been begun in this browser. */
export const keptOf = store.read;
export const keep = store.keep;

export function newKept(): Kept {
  return { browserKey: randomKey(), unsent: {} };
}
