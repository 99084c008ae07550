import { tellable } from "./asked-anew.ts";
import type { ItemDifference, Section } from "./compare-part.ts";
import type { ChangeInWords, DifferenceInWords } from "./difference-in-words.ts";
import type { PlanDifference } from "./plan-difference.ts";

const titles: Record<Section, string> = {
  diagnoses: "Diagnoses",
  risk: "Risk and safety",
  problems: "Problems",
  goals: "Goals and objectives",
  interventions: "Interventions",
  sessions: "Sessions and review",
  measures: "Measures",
  ending: "Outcomes and discharge",
  person: "The person",
  care: "Responsibilities and coordination",
  medical: "Medication and allergies",
  necessity: "Medical necessity",
  scores: "Scores the plan rests on",
  setting: "Setting and payers",
  reviews: "Reviews",
  agreement: "Participation and agreement",
  identification: "Identification",
};

export const kindWords: Record<ItemDifference["kind"], string> = {
  added: "Added",
  ended: "Ended",
  removed: "Removed",
  changed: "Changed",
  moved: "Moved",
};

export function markOf({ kind, ending }: Pick<ItemDifference, "kind" | "ending">): string {
  return kind === "ended" && ending === "reached" ? "Reached" : kindWords[kind];
}

function told(item: ItemDifference): ChangeInWords {
  // A text that stands for itself is its own field: what was added or taken out is told with it.
  return {
    ids: [item.id],
    kind: item.kind,
    mark: markOf(item),
    name: item.name,
    sentence: "",
    about: item.text === "" ? [] : [{ text: item.text, words: null }],
    fields: item.fields,
    reason: item.reason,
  };
}

const counts: readonly (readonly [kind: ItemDifference["kind"], word: string])[] = [
  ["added", "added"],
  ["changed", "changed"],
  ["ended", "ended"],
  ["removed", "removed"],
  ["moved", "moved"],
];

export function recordWords(difference: PlanDifference): DifferenceInWords {
  const items = tellable(difference);
  const tally = counts.flatMap(([kind, word]) => {
    const count = items.filter((item) => item.kind === kind).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return {
    audience: "record",
    lead:
      items.length === 0
        ? "Nothing in the plan changed."
        : `${items.length === 1 ? "1 change" : `${items.length} changes`}: ${tally.join(", ")}.`,
    reasons: difference.reasons,
    groups: [...Map.groupBy(items, ({ section }) => section)].map(([section, list]) => ({
      title: titles[section],
      changes: list.map(told),
    })),
  };
}
