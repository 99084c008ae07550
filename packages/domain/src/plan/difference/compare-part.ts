import { numberOf, planNumbers } from "../numbering.ts";
import type { Plan } from "../plan.ts";
import { type WordChange, wordChanges } from "./word-changes.ts";

/** The parts of a plan in the order in which a difference is told. */
export const sections = [
  "diagnoses",
  "risk",
  "problems",
  "goals",
  "interventions",
  "sessions",
  "measures",
  "ending",
  "person",
  "care",
  "medical",
  "necessity",
  "scores",
  "setting",
  "reviews",
  "agreement",
  "identification",
] as const;
export type Section = (typeof sections)[number];

/** A list of the plan (`goals`), or a field that stands for itself (`reviewDue`). */
export type PartKey = Exclude<keyof Plan, "schemaVersion" | "id" | "clientId" | "revision" | "status" | "changeReason" | "changeReasons">;

/** One field that differs, as the two revisions say it. What was or is not filled in is "". */
export interface FieldChange {
  readonly key: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
  /** For a text that was rewritten: what in it changed, word by word. */
  readonly words: readonly WordChange[] | null;
  /** For a list of lines: those that left it and those that joined it. `before` and `after` hold them as one text. */
  readonly lines: { readonly out: readonly string[]; readonly in: readonly string[] } | null;
}

export type ChangeKind = "added" | "ended" | "removed" | "changed" | "moved";

/** `reached`: a goal or objective that was achieved, a problem that is resolved. `stopped`: ended without that. */
export type Ending = "reached" | "stopped";

/** One thing of the plan that differs between two revisions. */
export interface ItemDifference {
  readonly section: Section;
  readonly part: PartKey;
  /** The item's own id; for what is there once in a plan its key, e.g. "sessionPlan". */
  readonly id: string;
  readonly kind: ChangeKind;
  readonly ending: Ending | null;
  /** What it is called in the record, e.g. "Objective 1.2.1". */
  readonly name: string;
  /** What it says, in the record's words and in the client's. "" where the name says it all. */
  readonly text: string;
  readonly plain: string;
  /** The fields that differ. Empty for what was added or removed as a whole: `text` says what it is. */
  readonly fields: readonly FieldChange[];
  /** Why, in the words of whoever changed it; "" where no reason was given for this one. */
  readonly reason: string;
}

/** One of the two revisions, with what has to be known about all of it to name a part. */
export interface Side {
  readonly plan: Plan;
  readonly goalNumber: (id: string) => string;
  readonly objectiveNumber: (id: string) => string;
}

export function sideOf(plan: Plan): Side {
  const { goals, objectives } = planNumbers(plan);
  return { plan, goalNumber: (id) => numberOf(goals, id), objectiveNumber: (id) => numberOf(objectives, id) };
}

/** A field and how it is said. `lines`: a list whose order means nothing; `refs`: other items of the plan, by id. */
export type Field<T> = {
  readonly key: string;
  readonly label: string /** Fields of the schema that it tells. */;
  readonly covers: readonly string[];
} & (
  | { readonly kind: "value"; readonly say: (item: T, side: Side) => string; readonly same?: (before: T, after: T) => boolean }
  | { readonly kind: "prose"; readonly say: (item: T, side: Side) => string; readonly same?: (before: T, after: T) => boolean }
  | { readonly kind: "lines"; readonly say: (item: T, side: Side) => readonly string[] }
  | { readonly kind: "refs"; readonly ids: (item: T) => readonly string[]; readonly say: (id: string, side: Side) => string }
);

/** What is in `list` more often than in `other`. */
function surplus(list: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const entry of other) left.set(entry, (left.get(entry) ?? 0) + 1);
  return list.filter((entry) => {
    const count = left.get(entry) ?? 0;
    left.set(entry, count - 1);
    return count <= 0;
  });
}

function listChange(key: string, label: string, out: readonly string[], put: readonly string[]): FieldChange {
  return { key, label, before: out.join("; "), after: put.join("; "), words: null, lines: { out, in: put } };
}

function compareField<T>(field: Field<T>, before: T, after: T, from: Side, to: Side): FieldChange | null {
  const { key, label } = field;
  switch (field.kind) {
    case "refs": {
      const [old, now] = [field.ids(before), field.ids(after)];
      const [out, put] = [surplus(old, now), surplus(now, old)];
      if (out.length === 0 && put.length === 0) return null;
      return listChange(
        key,
        label,
        out.map((id) => field.say(id, from)),
        put.map((id) => field.say(id, to)),
      );
    }
    case "lines": {
      const [old, now] = [field.say(before, from), field.say(after, to)];
      const [out, put] = [surplus(old, now), surplus(now, old)];
      return out.length === 0 && put.length === 0 ? null : listChange(key, label, out, put);
    }
    default: {
      if (field.same?.(before, after)) return null;
      const [old, now] = [field.say(before, from), field.say(after, to)];
      if (old === now && field.same === undefined) return null;
      return { key, label, before: old, after: now, words: field.kind === "prose" ? wordChanges(old, now) : null, lines: null };
    }
  }
}

export function compareFields<T>(fields: readonly Field<T>[], before: T, after: T, from: Side, to: Side): FieldChange[] {
  if (before === after) return [];
  return fields.flatMap((field) => compareField(field, before, after, from, to) ?? []);
}

/** Something of a plan that two revisions can be compared in. */
export interface Part {
  readonly key: PartKey;
  /** Fields of the items' schema that are told, for the check that none is forgotten. */
  readonly covers: readonly string[];
  readonly compare: (from: Side, to: Side) => readonly Omit<ItemDifference, "reason">[];
}

interface ListOf<T> {
  readonly key: PartKey;
  readonly section: Section;
  readonly list: (plan: Plan) => readonly T[];
  readonly name: (item: T, side: Side) => string;
  readonly text: (item: T, side: Side) => string;
  readonly plain: (item: T, side: Side) => string;
  readonly fields: readonly Field<T>[];
  readonly ending?: (item: T) => Ending | null;
  /** Where the order says what comes first: within which group it does. */
  readonly orderedWithin?: (item: T, side: Side) => string;
}

/** A list of the plan whose items have ids. */
export function listPart<T extends { readonly id: string }>(spec: ListOf<T>): Part {
  const { key, section, list, name, text, plain, fields, ending = () => null } = spec;
  return {
    key,
    covers: fields.flatMap(({ covers }) => covers),
    compare: (from, to) => {
      const [old, now] = [list(from.plan), list(to.plan)];
      if (old === now) return [];
      const oldById = new Map(old.map((item) => [item.id, item]));
      const nowIds = new Set(now.map(({ id }) => id));
      const moved = spec.orderedWithin === undefined ? new Set<string>() : movedIn(old, now, from, to, spec.orderedWithin);
      const tell = (item: T, side: Side, kind: ChangeKind, changes: readonly FieldChange[] = [], end: Ending | null = null) => ({
        section,
        part: key,
        id: item.id,
        kind,
        ending: end,
        name: name(item, side),
        text: text(item, side),
        plain: plain(item, side),
        fields: changes,
      });
      const present = now.flatMap((item) => {
        const before = oldById.get(item.id);
        if (before === undefined) return [tell(item, to, "added", [], ending(item))];
        const changes = compareFields(fields, before, item, from, to);
        const end = ending(before) === null ? ending(item) : null;
        if (end !== null) return [tell(item, to, "ended", changes, end)];
        if (changes.length > 0) return [tell(item, to, "changed", changes)];
        return moved.has(item.id) ? [tell(item, to, "moved")] : [];
      });
      return [...present, ...old.filter(({ id }) => !nowIds.has(id)).map((item) => tell(item, from, "removed"))];
    },
  };
}

/** The fewest items that have to be taken out and put elsewhere to get from one order to the other, among those that are in both. */
function movedIn<T extends { readonly id: string }>(
  old: readonly T[],
  now: readonly T[],
  from: Side,
  to: Side,
  groupOf: (item: T, side: Side) => string,
): Set<string> {
  const before = new Map(old.map((item, at) => [item.id, { at, group: groupOf(item, from) }]));
  const groups = Map.groupBy(
    now.filter((item) => before.get(item.id)?.group === groupOf(item, to)),
    (item) => groupOf(item, to),
  );
  const moved = new Set<string>();
  for (const items of groups.values()) {
    const places = items.map(({ id }) => before.get(id)?.at ?? 0);
    const kept = longestRise(places);
    items.forEach(({ id }, index) => {
      if (!kept.has(index)) moved.add(id);
    });
  }
  return moved;
}

/** The places of a longest rising run (not necessarily side by side). Quadratic, on lists of at most a few dozen. */
function longestRise(values: readonly number[]): Set<number> {
  const length: number[] = [];
  const previous: number[] = [];
  let best = -1;
  values.forEach((value, index) => {
    length[index] = 1;
    previous[index] = -1;
    for (let at = 0; at < index; at += 1) {
      if ((values[at] ?? 0) < value && (length[at] ?? 0) + 1 > (length[index] ?? 0)) {
        length[index] = (length[at] ?? 0) + 1;
        previous[index] = at;
      }
    }
    if (best < 0 || (length[index] ?? 0) > (length[best] ?? 0)) best = index;
  });
  const kept = new Set<number>();
  for (let at = best; at >= 0; at = previous[at] ?? -1) kept.add(at);
  return kept;
}

/** What is there once in a plan: a field, or an object of fields. */
export function onePart<T>(spec: {
  readonly key: PartKey;
  readonly section: Section;
  readonly name: string;
  readonly plain?: string;
  readonly of: (plan: Plan) => T;
  readonly fields: readonly Field<T>[];
}): Part {
  return {
    key: spec.key,
    covers: spec.fields.flatMap(({ covers }) => covers),
    compare: (from, to) => {
      const changes = compareFields(spec.fields, spec.of(from.plan), spec.of(to.plan), from, to);
      if (changes.length === 0) return [];
      const kind = changes.every(({ before }) => before === "")
        ? "added"
        : changes.every(({ after }) => after === "")
          ? "removed"
          : "changed";
      return [
        {
          section: spec.section,
          part: spec.key,
          id: spec.key,
          kind,
          ending: null,
          name: spec.name,
          text: "",
          plain: spec.plain ?? "",
          fields: changes,
        },
      ];
    },
  };
}
