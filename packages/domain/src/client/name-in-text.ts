/**
 * Words of the language that are people's names as well, and small parts of names. They count as a name only where they are written as
 * one, with a capital: a practice could otherwise keep nothing with "will" in it because of one client called Will.
 */
const everydayWords = new Set(
  (
    "an and art be best bill case chance chase christian daily dawn day de del der di do drew du el faith frank gene glad grace grant guy " +
    "heather hope hunter in joy june la le long love major man mark may min more pat page paris price rich rose self so strong sue summer " +
    "to van von walker will work worth young"
  ).split(" "),
);

const wordsOf = (text: string) => text.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** The first word of a text that is one of a person's names, in whatever case it is written; `null` where there is none. */
export function nameInText(text: string, names: readonly string[]): string | null {
  const parts = new Set(names.flatMap(wordsOf).map((part) => part.toLowerCase()));
  const found = wordsOf(text).find((word) => {
    const plain = word.toLowerCase();
    if ([...word].length < 2 || !parts.has(plain)) return false;
    return word !== plain || !everydayWords.has(plain);
  });
  return found ?? null;
}

/** The text with a person's names cut down to their first letters, for pages that name nobody: "Robin calls" becomes "R. calls". */
export function withoutNames(text: string, names: readonly string[]): string {
  return text.replace(/([\p{L}\p{M}\p{N}]+)\.?/gu, (found, word: string) =>
    nameInText(word, names) === null ? found : `${[...word][0]?.toUpperCase()}.`,
  );
}
