/** A run of digits as people write a telephone number: spaces, hyphens, dots, slashes and brackets within it. */
const digits = /\+?\(?\d[\d\s().\-/]*\d/g;
/** What is written with digits and is no number to call. */
const date = /^\d{4}-\d{2}-\d{2}$|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$/;
/** Words that tell somebody to call: then a short number is one too. */
const telling = /\b(call|text|phone|ring|dial)\b/i;

/** A piece of a text; `tel` where tapping it calls. */
export interface Piece {
  readonly text: string;
  readonly tel: string | null;
}

/** Takes a text apart so that every number in it can be called. `isNumber`: the text is meant to be one, as "988" is. */
export function phonePieces(text: string, isNumber = false): readonly Piece[] {
  const short = isNumber || telling.test(text);
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(digits)) {
    const written = match[0].trimEnd();
    const count = written.replaceAll(/\D/g, "").length;
    if (date.test(written) || count > 15 || count < (short ? 3 : 7)) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), tel: null });
    pieces.push({ text: written, tel: written.replaceAll(/[^\d+]/g, "") });
    from = match.index + written.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), tel: null });
  return pieces;
}
