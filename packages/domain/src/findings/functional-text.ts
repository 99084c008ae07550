/** The functional level as one running text, for use as a problem's impairment; "" when nothing is recorded. */
export function impairedAreas(functionalLevel: string): string {
  return functionalLevel
    .replaceAll(/\s*\n\s*/g, " ")
    .trim()
    .slice(0, 4000);
}
