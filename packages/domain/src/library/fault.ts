/** Something wrong with the content of the library: which rule, where, and what to do about it. */
export interface LibraryFault {
  readonly rule: LibraryRule;
  /** Path of the file, relative to the library folder. */
  readonly file: string;
  /** Where in the file: keys and positions from the top. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export const libraryRules = [
  "duplicate-id",
  "duplicate-source",
  "dangling-reference",
  "near-duplicate",
  "minimum-count",
  "safety",
  "rival",
  "contents",
  "prefix",
  "blame",
  "vague-objective",
  "goal-coverage",
  "objective-coverage",
  "approach-coverage",
  "unmeasurable-objective",
  "template-blank",
  "evidence-basis",
  "uncited-source",
  "reading-level",
  "measure",
  "signal",
  "course",
  "agenda",
  "diagnosis-code",
  "case",
] as const;
export type LibraryRule = (typeof libraryRules)[number];
