import type { EndingSummary } from "@trellis/domain/ending/summary";
import { mergeFields } from "../save-state/merge.ts";

/** Two copies of one summary joined part by part, and the parts that were changed in both: there the merged one has mine. */
export function mergeSummaries(
  base: EndingSummary,
  mine: EndingSummary,
  theirs: EndingSummary,
): { readonly merged: EndingSummary; readonly disputed: readonly string[] } {
  const sections = mergeFields(base.sections, mine.sections, theirs.sections);
  const outcomes = mergeLists(base.outcomes, mine.outcomes, theirs.outcomes, ({ measure }) => measure);
  const goals = mergeLists(base.goals, mine.goals, theirs.goals, ({ id }) => id);
  const recipient = mergeFields({ recipient: base.recipient }, { recipient: mine.recipient }, { recipient: theirs.recipient });
  return {
    merged: {
      ...theirs,
      ...recipient.merged,
      sections: sections.merged,
      outcomes: outcomes.merged,
      goals: goals.merged,
      ownWords: [...new Set([...theirs.ownWords, ...mine.ownWords])],
    },
    disputed: [...sections.disputed, ...outcomes.disputed, ...goals.disputed, ...recipient.disputed],
  };
}

/** Lists whose entries have ids; what is in the list is theirs, who may have drafted it anew. */
function mergeLists<T>(base: readonly T[], mine: readonly T[], theirs: readonly T[], idOf: (entry: T) => string) {
  const byId = (list: readonly T[]): Record<string, T> => Object.fromEntries(list.map((entry) => [idOf(entry), entry]));
  const { merged, disputed } = mergeFields(byId(base), byId(mine), byId(theirs));
  return { merged: theirs.map((entry) => merged[idOf(entry)] ?? entry), disputed };
}
