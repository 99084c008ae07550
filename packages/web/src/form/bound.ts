const number = (n: number) => n.toLocaleString("en-US");

/** What to say about a text's length: nothing while there is plenty of room, a hint near the end, an error past it. */
export function boundMessage(value: string, max: number): { readonly error?: string; readonly hint?: string } | null {
  const over = value.length - max;
  if (over > 0)
    return {
      error: `${number(value.length)} characters; at most ${number(max)} can be saved. Shorten it by ${number(over)}. Nothing you typed is lost.`,
    };
  if (max >= 100 && value.length > max * 0.9) return { hint: `Room for ${number(-over)} more characters.` };
  return null;
}

/** What to say about a list with more lines than can be saved. */
export function tooManyLines(count: number, max: number): string {
  const over = count - max;
  return `${number(count)} lines; at most ${number(max)} can be saved. Take out ${over === 1 ? "one" : number(over)} here or above. Nothing you typed is lost.`;
}
