/** BCP 47 tags of languages that clients in the United States most often want to be spoken to in; any other can be typed. */
export const languageTags = [
  "en",
  "es",
  "zh",
  "yue",
  "tl",
  "vi",
  "ar",
  "fr",
  "ko",
  "ru",
  "pt",
  "ht",
  "hi",
  "de",
  "pl",
  "it",
  "ur",
  "fa",
  "ja",
  "gu",
  "te",
  "bn",
  "ta",
  "pa",
  "am",
  "so",
  "sw",
  "uk",
  "he",
  "el",
  "hmn",
  "km",
  "lo",
  "th",
  "ne",
  "my",
  "tr",
  "ro",
  "nv",
  "ase",
] as const;

const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

/** Names that not every browser knows. */
const ownNames: Readonly<Record<string, string>> = { ase: "American Sign Language", hmn: "Hmong", nv: "Navajo", yue: "Cantonese" };

/** What a language is called in English. */
export function languageName(tag: string): string {
  const own = ownNames[tag];
  if (own !== undefined) return own;
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
