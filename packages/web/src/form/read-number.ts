/**
 * The number that somebody typed: `null` for nothing, `undefined` for what is none. A comma parts thousands where three digits follow ("1,000"), and
 * elsewhere stands for the point, as many people write it ("5,5").
 */
export function readNumber(typed: string, whole = false): number | null | undefined {
  const text = typed.trim();
  if (text === "") return null;
  const plain = /^[+-]?\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(",", "") : text.replace(",", ".");
  if (!/^[+-]?(\d+(\.\d+)?|\.\d+)$/.test(plain)) return undefined;
  const number = Number(plain);
  return Number.isFinite(number) && (!whole || Number.isInteger(number)) ? number : undefined;
}
