import { z } from "zod";
import { inWords } from "../input/in-words.ts";
import { Plan } from "./plan.ts";

/** Where an edit lands: keys of objects, and ids where a list holds things with ids: ["objectives", "o1", "metric", "target"]. */
export const Path = z.array(z.string().min(1).max(80)).min(1).max(8);
export type Path = readonly string[];

const Json: z.ZodType<unknown> = z.json();
const Item = z.looseObject({ id: z.string().min(1).max(64) });

/** One small change to a plan, as data: it is sent, stored, undone and redone as it is. */
export const Edit = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("set"), path: Path, value: Json }),
  /** `before`: id of the item that follows it; `null`: at the end. */
  z.strictObject({ type: z.literal("insert"), list: Path, item: Item, before: z.string().max(64).nullable().default(null) }),
  z.strictObject({ type: z.literal("remove"), list: Path, id: z.string().min(1).max(64) }),
  z.strictObject({ type: z.literal("move"), list: Path, id: z.string().min(1).max(64), before: z.string().max(64).nullable() }),
]);
export type Edit = z.infer<typeof Edit>;

/** An edit that does not fit the plan: what, where, and why in words for the screen. */
export interface EditRefusal {
  readonly edit: Edit;
  readonly pointer: string;
  readonly message: string;
}

export type EditResult =
  | { readonly ok: true; readonly plan: Plan; readonly inverse: readonly Edit[] }
  | { readonly ok: false; readonly refusals: readonly EditRefusal[] };

type Node = unknown;
interface Identified {
  readonly id: string;
}

/** A step that does not lead anywhere, e.g. because another person removed the item meanwhile. */
class NoSuchPlace extends Error {}

function isRecord(node: Node): node is Record<string, Node> {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}

function isIdentified(node: Node): node is Identified {
  return isRecord(node) && typeof node.id === "string";
}

function childOf(node: Node, key: string): Node {
  if (Array.isArray(node)) {
    const item = node.find((entry) => isIdentified(entry) && entry.id === key);
    if (item === undefined) throw new NoSuchPlace(key);
    return item;
  }
  if (!isRecord(node)) throw new NoSuchPlace(key);
  return Object.hasOwn(node, key) ? node[key] : undefined;
}

/** A copy of `node` in which what stands at `path` went through `change`; everything off the path is shared. */
function changeAt(node: Node, path: Path, change: (here: Node) => Node): Node {
  const [key, ...rest] = path;
  if (key === undefined) return change(node);
  const child = childOf(node, key);
  const changed = changeAt(child, rest, change);
  if (Array.isArray(node)) return node.map((entry) => (entry === child ? changed : entry));
  if (!isRecord(node)) throw new NoSuchPlace(key);
  return { ...node, [key]: changed };
}

function valueAt(node: Node, path: Path): Node {
  return path.reduce(childOf, node);
}

function listAt(node: Node, path: Path): readonly Identified[] {
  const list = valueAt(node, path);
  if (!Array.isArray(list) || !list.every(isIdentified)) throw new NoSuchPlace(path.join("/"));
  return list;
}

function followerOf(list: readonly Identified[], id: string): string | null {
  return list[list.findIndex((entry) => entry.id === id) + 1]?.id ?? null;
}

function insertBefore(list: readonly Identified[], item: Identified, before: string | null): Identified[] {
  const at = before === null ? -1 : list.findIndex((entry) => entry.id === before);
  return at < 0 ? [...list, item] : [...list.slice(0, at), item, ...list.slice(at)];
}

/** The plan after one edit, not yet checked against the schema, with the edit that takes it back. */
function applyOne(plan: Node, edit: Edit): { plan: Node; inverse: Edit } {
  switch (edit.type) {
    case "set": {
      const previous = valueAt(plan, edit.path);
      return { plan: changeAt(plan, edit.path, () => edit.value), inverse: { type: "set", path: [...edit.path], value: previous ?? null } };
    }
    case "insert": {
      if (listAt(plan, edit.list).some((entry) => entry.id === edit.item.id)) throw new NoSuchPlace(edit.item.id);
      return {
        plan: changeAt(plan, edit.list, (list) => insertBefore(list as Identified[], edit.item, edit.before)),
        inverse: { type: "remove", list: [...edit.list], id: edit.item.id },
      };
    }
    case "remove": {
      const list = listAt(plan, edit.list);
      const item = list.find((entry) => entry.id === edit.id);
      if (!item) throw new NoSuchPlace(edit.id);
      return {
        plan: changeAt(plan, edit.list, () => list.filter((entry) => entry !== item)),
        inverse: { type: "insert", list: [...edit.list], item: { ...item }, before: followerOf(list, edit.id) },
      };
    }
    case "move": {
      const list = listAt(plan, edit.list);
      const item = list.find((entry) => entry.id === edit.id);
      if (!item) throw new NoSuchPlace(edit.id);
      return {
        plan: changeAt(plan, edit.list, () =>
          insertBefore(
            list.filter((entry) => entry !== item),
            item,
            edit.before,
          ),
        ),
        inverse: { type: "move", list: [...edit.list], id: edit.id, before: followerOf(list, edit.id) },
      };
    }
  }
}

/** Fields of a plan that no edit may touch: they belong to the record, the signature or the server. */
const fixed = new Set(["schemaVersion", "id", "clientId", "revision", "status", "subject", "author"]);

/**
 * Applies edits in order, all or none. Returns the new plan and the edits that undo it, or what was refused and why.
 * The given plan is not changed. The result always satisfies the `Plan` schema.
 */
export function applyEdits(plan: Plan, edits: readonly Edit[]): EditResult {
  let current: Node = plan;
  const inverse: Edit[] = [];
  for (const edit of edits) {
    const path = edit.type === "set" ? edit.path : edit.list;
    if (fixed.has(path[0] ?? "")) return refuse(edit, path, "This part of the plan cannot be edited.");
    try {
      const step = applyOne(current, edit);
      current = step.plan;
      inverse.unshift(step.inverse);
    } catch (error) {
      if (error instanceof NoSuchPlace) return refuse(edit, path, "What this change refers to is no longer in the plan.");
      throw error;
    }
  }
  const parsed = Plan.safeParse(current, { error: inWords });
  if (parsed.success) return { ok: true, plan: parsed.data, inverse };
  const last = edits.at(-1);
  if (!last) return { ok: true, plan, inverse: [] };
  return {
    ok: false,
    refusals: parsed.error.issues.map((issue) => ({ edit: last, pointer: `/${issue.path.map(String).join("/")}`, message: issue.message })),
  };
}

function refuse(edit: Edit, path: Path, message: string): EditResult {
  return { ok: false, refusals: [{ edit, pointer: `/${path.join("/")}`, message }] };
}

/** What an edit touches, as a key: two edits by two people collide when one key starts with the other. */
export function touchedBy(edit: Edit): string {
  switch (edit.type) {
    case "set":
      return edit.path.join("/");
    case "insert":
      return [...edit.list, edit.item.id].join("/");
    case "remove":
    case "move":
      return [...edit.list, edit.id].join("/");
  }
}

/** True when the two edits touch the same thing, or one of them something inside what the other touches. */
export function collide(a: Edit, b: Edit): boolean {
  const keyA = touchedBy(a);
  const keyB = touchedBy(b);
  return keyA === keyB || keyA.startsWith(`${keyB}/`) || keyB.startsWith(`${keyA}/`);
}

/** The edits that take a goal out with its objectives, and every intervention that served nothing else. */
export function removeGoal(plan: Plan, goalId: string): Edit[] {
  const objectives = plan.objectives.filter((objective) => objective.goalId === goalId).map((objective) => objective.id);
  return [...removeObjectives(plan, objectives), { type: "remove", list: ["goals"], id: goalId }];
}

/** The edits that take an objective out, and every intervention that served nothing else. */
export function removeObjective(plan: Plan, objectiveId: string): Edit[] {
  return removeObjectives(plan, [objectiveId]);
}

function removeObjectives(plan: Plan, ids: readonly string[]): Edit[] {
  const gone = new Set(ids);
  const interventions = plan.interventions
    .filter((intervention) => intervention.objectiveIds.some((id) => gone.has(id)))
    .map((intervention): Edit => {
      const left = intervention.objectiveIds.filter((id) => !gone.has(id));
      return left.length === 0
        ? { type: "remove", list: ["interventions"], id: intervention.id }
        : { type: "set", path: ["interventions", intervention.id, "objectiveIds"], value: left };
    });
  return [...interventions, ...ids.map((id): Edit => ({ type: "remove", list: ["objectives"], id }))];
}

/** The edits that take a problem out with the goals that belong to no other problem. */
export function removeProblem(plan: Plan, problemId: string): Edit[] {
  const edits: Edit[] = [];
  let current = plan;
  const push = (more: Edit[]) => {
    const result = applyEdits(current, more);
    if (!result.ok) throw new Error(`The removal of problem ${problemId} does not apply.`);
    current = result.plan;
    edits.push(...more);
  };
  for (const goal of plan.goals.filter((entry) => entry.problemIds.includes(problemId))) {
    const left = goal.problemIds.filter((id) => id !== problemId);
    push(left.length === 0 ? removeGoal(current, goal.id) : [{ type: "set", path: ["goals", goal.id, "problemIds"], value: left }]);
  }
  push([{ type: "remove", list: ["problems"], id: problemId }]);
  return edits;
}
