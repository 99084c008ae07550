/**
 * What often gets in the way of homework, to be tapped instead of typed. Practice-based: said without blame, because what got in the way is what the next
 * homework has to fit around.
 */
export const commonReasons = [
  "Forgot",
  "No time",
  "Too much at once",
  "Too hard or upsetting",
  "Not sure how",
  "Did not see the point",
  "Too low in energy",
  "Something else came up",
] as const;

/** The reasons that were tapped and own words as one text, as it stands in the record. */
export function whyText(reasons: readonly string[], ownWords: string): string {
  const own = ownWords.trim();
  const tapped = reasons.map((reason, index) => (index === 0 ? reason : reason.charAt(0).toLowerCase() + reason.slice(1))).join("; ");
  return [tapped === "" ? "" : `${tapped}.`, own].filter((part) => part !== "").join(" ");
}
