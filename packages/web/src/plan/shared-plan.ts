import { applyEdits, collide, type Edit, type Path, touchedBy } from "@trellis/domain/plan/edit-plan";
import type { Plan } from "@trellis/domain/plan/plan";
import type { Change } from "../api/plans.ts";
import { same } from "../save-state/merge.ts";
import { keepSame } from "./keep-same.ts";

/** One thing that somebody did. Its edits count together or not at all. */
export interface Action {
  readonly edits: readonly Edit[];
  /** What was done, for the undo button: "Remove a goal". */
  readonly label: string;
  /** Actions in a row with the same group are one to undo, as the letters of a sentence. */
  readonly group: string | null;
}

/** Own actions that go to the server in one request. */
export interface Batch {
  readonly id: string;
  readonly actions: readonly Action[];
  /** Under way, or its answer was lost: it is sent again as it is. */
  readonly sent: boolean;
}

/** Own work that somebody else's came before. Theirs stands in the plan; ours is kept here until somebody chooses. */
export interface Dispute {
  readonly id: string;
  /** `same-field`: both wrote in it. `gone`: they removed what we changed. `changed`: they changed what we removed. `unfit`: it fits no longer. */
  readonly kind: "same-field" | "gone" | "changed" | "unfit";
  readonly by: string;
  readonly at: string;
  /** Where, as in an edit. */
  readonly path: Path;
  /** What we had there. */
  readonly mine: unknown;
  /** What puts ours into the plan after all. */
  readonly restore: readonly Edit[];
  readonly label: string;
}

/** Words that cannot be saved as they stand, e.g. too many; they stay in their field. */
export interface Unfit {
  readonly path: Path;
  readonly value: unknown;
  readonly message: string;
}

/**
 * A plan that several people may be working on, as one of them sees it. The server's order of changes is the truth: `confirmed` is the plan
 * after change `seq`, and own work that is not there yet is applied on top of it. Every function gives a new value.
 */
export interface SharedPlan {
  /** What the screen shows: `confirmed` with everything in `pending`. */
  readonly plan: Plan;
  readonly confirmed: Plan;
  readonly seq: number;
  readonly pending: readonly Batch[];
  readonly undo: readonly Action[];
  readonly redo: readonly Action[];
  readonly disputes: readonly Dispute[];
  readonly unfit: readonly Unfit[];
  /** A change from the server did not fit: the plan has to be fetched anew. */
  readonly outOfStep: boolean;
}

export const keyOf = (path: Path) => path.join("/");

export function openSharedPlan(plan: Plan, seq: number): SharedPlan {
  return { plan, confirmed: plan, seq, pending: [], undo: [], redo: [], disputes: [], unfit: [], outOfStep: false };
}

export type Changed = { readonly ok: true; readonly state: SharedPlan } | { readonly ok: false; readonly message: string };

/** Does something to the plan. `batchId` is used when a new batch has to be begun. */
export function act(state: SharedPlan, action: Action, batchId: string): Changed {
  const done = perform(state, action, batchId);
  if (!done.ok) return done;
  const last = state.undo.at(-1);
  const goesOn = action.group !== null && last?.group === action.group;
  const step: Action = { edits: done.inverse, label: action.label, group: action.group };
  return { ok: true, state: { ...done.state, undo: goesOn ? state.undo : [...state.undo, step].slice(-500), redo: [] } };
}

/** Typing in one field: `act`, except that words which cannot be saved stay with the field, and those under dispute with the dispute. */
export function type(state: SharedPlan, path: Path, value: unknown, label: string, group: string, batchId: string): SharedPlan {
  const key = keyOf(path);
  const edit: Edit = { type: "set", path: [...path], value };
  const dispute = state.disputes.find((entry) => entry.kind === "same-field" && keyOf(entry.path) === key);
  if (dispute !== undefined) {
    const mine: Dispute = { ...dispute, mine: value, restore: [edit] };
    return { ...state, disputes: state.disputes.map((entry) => (entry === dispute ? mine : entry)) };
  }
  const others = state.unfit.filter((entry) => keyOf(entry.path) !== key);
  const changed = act(state, { edits: [edit], label, group }, batchId);
  if (changed.ok) return { ...changed.state, unfit: others };
  return { ...state, unfit: [...others, { path, value, message: changed.message }] };
}

type Performed =
  | { readonly ok: true; readonly state: SharedPlan; readonly inverse: readonly Edit[] }
  | { readonly ok: false; readonly message: string };

function perform(state: SharedPlan, action: Action, batchId: string): Performed {
  const result = applyEdits(state.plan, action.edits);
  if (!result.ok) return { ok: false, message: result.refusals[0]?.message ?? "This change does not fit the plan." };
  return {
    ok: true,
    inverse: result.inverse,
    state: { ...state, plan: keepSame(state.plan, result.plan), pending: append(state.pending, action, batchId) },
  };
}

/** A batch stays well below what the server takes in one request. */
const mostActions = 100;

/** The action joins the batch that has not been sent yet; going on in the same field replaces what waits for it. */
function append(pending: readonly Batch[], action: Action, batchId: string): readonly Batch[] {
  const open = pending.at(-1);
  if (open === undefined || open.sent || open.actions.length >= mostActions)
    return [...pending, { id: batchId, actions: [action], sent: false }];
  const last = open.actions.at(-1);
  const [was] = last?.edits ?? [];
  const [now] = action.edits;
  const replaces =
    action.group !== null &&
    last?.group === action.group &&
    last.edits.length === 1 &&
    action.edits.length === 1 &&
    was?.type === "set" &&
    now?.type === "set" &&
    keyOf(was.path) === keyOf(now.path);
  return [...pending.slice(0, -1), { ...open, actions: [...(replaces ? open.actions.slice(0, -1) : open.actions), action] }];
}

/** Takes back the newest own action, or does it again. What others did stays. */
export function undo(state: SharedPlan, batchId: string): Changed {
  return step(state, "undo", batchId);
}

export function redo(state: SharedPlan, batchId: string): Changed {
  return step(state, "redo", batchId);
}

function step(state: SharedPlan, from: "undo" | "redo", batchId: string): Changed {
  const to = from === "undo" ? "redo" : "undo";
  const action = state[from].at(-1);
  if (action === undefined) return { ok: true, state };
  const left = { ...state, [from]: state[from].slice(0, -1) };
  const done = perform(left, { ...action, group: null }, batchId);
  // What it refers to is gone: it is forgotten, and the step before it comes next.
  if (!done.ok) return { ok: true, state: left };
  return { ok: true, state: { ...done.state, [to]: [...state[to], { edits: done.inverse, label: action.label, group: null }] } };
}

/** Marks the first batch as under way. */
export function markSent(state: SharedPlan): SharedPlan {
  const [first, ...rest] = state.pending;
  return first === undefined || first.sent ? state : { ...state, pending: [{ ...first, sent: true }, ...rest] };
}

export const editsOf = (batch: Batch): readonly Edit[] => batch.actions.flatMap((action) => action.edits);

/** Whether doing one after the other would overwrite what somebody did not see. Order in a list is nobody's words and never disputed. */
export function conflict(mine: Edit, theirs: Edit): boolean {
  if (mine.type === "move" || theirs.type === "move" || !collide(mine, theirs)) return false;
  if (mine.type === "set" && theirs.type === "set" && keyOf(mine.path) === keyOf(theirs.path)) return !same(mine.value, theirs.value);
  return !(mine.type === "remove" && theirs.type === "remove");
}

/**
 * Takes in what the server has put in order since `seq`: others' changes, and own ones that arrived. Others' come under own work that is
 * still pending; where both touched the same thing, theirs stands and ours becomes a dispute.
 */
export function receive(state: SharedPlan, changes: readonly Change[], newId: () => string): SharedPlan {
  let next = state;
  for (const change of changes.toSorted((a, b) => a.seq - b.seq)) {
    if (change.seq <= next.seq || next.outOfStep) continue;
    const applied = applyEdits(next.confirmed, change.edits);
    if (!applied.ok) return { ...next, outOfStep: true };
    const before = next.confirmed;
    const confirmed = keepSame(before, applied.plan);
    const own = next.pending.some((batch) => batch.id === change.batch);
    next = own
      ? { ...next, confirmed, seq: change.seq, pending: next.pending.filter((batch) => batch.id !== change.batch) }
      : giveWay({ ...next, confirmed, seq: change.seq }, change, before, newId);
  }
  return next === state ? state : replay(next, newId);
}

/** Own pending work, and what could be undone, without that which would overwrite somebody else's change. */
function giveWay(state: SharedPlan, change: Change, before: Plan, newId: () => string): SharedPlan {
  const clash = (mine: Edit) => change.edits.find((theirs) => conflict(mine, theirs));
  const untouched = (action: Action) => !action.edits.some((edit) => clash(edit) !== undefined);
  let { disputes } = state;
  const pending = state.pending.map((batch) => {
    const actions = batch.actions.filter((action) => {
      const edit = action.edits.find((mine) => clash(mine) !== undefined);
      const theirs = edit && clash(edit);
      if (edit === undefined || theirs === undefined) return true;
      disputes = withDispute(disputes, disputeOf(action, edit, theirs, change, before, newId()));
      return false;
    });
    return actions.length === batch.actions.length ? batch : { ...batch, actions };
  });
  return {
    ...state,
    disputes,
    pending: pending.filter((batch) => batch.actions.length > 0),
    undo: state.undo.filter(untouched),
    redo: state.redo.filter(untouched),
  };
}

function disputeOf(action: Action, mine: Edit, theirs: Edit, change: Change, before: Plan, id: string): Dispute {
  const base = { id, by: change.by, at: change.at, label: action.label };
  const value = mine.type === "set" ? mine.value : mine.type === "insert" ? mine.item : null;
  const path = mine.type === "set" ? mine.path : mine.type === "insert" ? [...mine.list, mine.item.id] : [...mine.list, mine.id];
  if (theirs.type === "remove") {
    const undone = applyEdits(before, [theirs]);
    return { ...base, kind: "gone", path, mine: value, restore: [...(undone.ok ? undone.inverse : []), ...action.edits] };
  }
  if (mine.type === "remove") return { ...base, kind: "changed", path, mine: null, restore: action.edits };
  return { ...base, kind: "same-field", path, mine: value, restore: action.edits };
}

/** One dispute for each place: what was typed last counts, and an item that they removed is brought back once. */
function withDispute(disputes: readonly Dispute[], dispute: Dispute): readonly Dispute[] {
  const known = disputes.find((entry) => keyOf(entry.path) === keyOf(dispute.path));
  if (known === undefined) return [...disputes, dispute];
  return disputes.map((entry) => (entry === known ? { ...dispute, id: known.id } : entry));
}

/** The plan on screen worked out anew. What no longer applies on top of the others' changes is kept as a dispute, if it holds words. */
function replay(state: SharedPlan, newId: () => string): SharedPlan {
  let plan = state.confirmed;
  let { disputes } = state;
  const pending = state.pending.flatMap((batch) => {
    const actions = batch.actions.filter((action) => {
      const result = applyEdits(plan, action.edits);
      if (result.ok) {
        ({ plan } = result);
        return true;
      }
      const words = action.edits.find((edit) => edit.type === "set" || edit.type === "insert");
      if (words !== undefined) {
        const path = words.type === "set" ? words.path : [...words.list, words.item.id];
        const mine = words.type === "set" ? words.value : words.item;
        const known = disputes.find((entry) => entry.kind === "gone" && touches(entry, action));
        disputes =
          known === undefined
            ? withDispute(disputes, { id: newId(), kind: "unfit", by: "", at: "", label: action.label, path, mine, restore: action.edits })
            : disputes.map((entry) => (entry === known ? { ...entry, mine, restore: [...entry.restore, ...action.edits] } : entry));
      }
      return false;
    });
    return actions.length === 0 ? [] : [actions.length === batch.actions.length ? batch : { ...batch, actions }];
  });
  return { ...state, plan: keepSame(state.plan, plan), pending, disputes };
}

/**
 * The server will not take a batch, though the plan is open: what it has against one action must not hold up the others for ever. They go on one by
 * one; an action refused by itself is taken out, and its words stay with their field, or as a dispute where there is none.
 */
export function setAside(state: SharedPlan, batchId: string, message: string, newId: () => string): SharedPlan {
  const batch = state.pending.find(({ id }) => id === batchId);
  const [action, ...others] = batch?.actions ?? [];
  if (batch === undefined || action === undefined) return state;
  if (others.length > 0) {
    const alone = batch.actions.map((one): Batch => ({ id: newId(), actions: [one], sent: false }));
    return { ...state, pending: state.pending.flatMap((entry) => (entry === batch ? alone : [entry])) };
  }
  const left = { ...state, pending: state.pending.filter((entry) => entry !== batch) };
  const [edit, ...more] = action.edits;
  if (edit === undefined) return replay(left, newId);
  const path = edit.type === "set" ? edit.path : edit.type === "insert" ? [...edit.list, edit.item.id] : [...edit.list, edit.id];
  if (edit.type === "set" && more.length === 0) {
    const key = keyOf(path);
    const mended = left.pending.some((entry) => editsOf(entry).some((later) => later.type === "set" && keyOf(later.path) === key));
    const unfit = left.unfit.filter((entry) => keyOf(entry.path) !== key);
    return replay({ ...left, unfit: mended ? left.unfit : [...unfit, { path, value: edit.value, message }] }, newId);
  }
  const mine = edit.type === "set" ? edit.value : edit.type === "insert" ? edit.item : null;
  const dispute: Dispute = { id: newId(), kind: "unfit", by: "", at: "", label: action.label, path, mine, restore: action.edits };
  return replay({ ...left, disputes: withDispute(left.disputes, dispute) }, newId);
}

/** Whether an action is about the item that a dispute would bring back. */
function touches(dispute: Dispute, action: Action): boolean {
  const back = dispute.restore.find((edit) => edit.type === "insert");
  return back !== undefined && action.edits.some((edit) => touchedBy(edit).startsWith(`${touchedBy(back)}/`));
}

/** The plan as the server has it now, fetched whole; own work goes on top of it. */
export function startOver(state: SharedPlan, plan: Plan, seq: number, newId: () => string): SharedPlan {
  return replay({ ...state, confirmed: keepSame(state.confirmed, plan), seq, outOfStep: false }, newId);
}

/** Ends a dispute: with nothing, theirs stays; else with the edits that were chosen. */
export function settle(state: SharedPlan, disputeId: string, edits: readonly Edit[], batchId: string): Changed {
  const dispute = state.disputes.find((entry) => entry.id === disputeId);
  if (dispute === undefined) return { ok: true, state };
  const left = { ...state, disputes: state.disputes.filter((entry) => entry !== dispute) };
  if (edits.length === 0) return { ok: true, state: left };
  const whole = act(left, { edits, label: dispute.label, group: null }, batchId);
  // The item may be back already, from another dispute about it.
  return whole.ok
    ? whole
    : act(left, { edits: edits.filter((edit) => edit.type !== "insert"), label: dispute.label, group: null }, batchId);
}

/** One's own words that are not in the plan the server has, for the person who wrote them. */
export function wordsNotSaved(state: SharedPlan): readonly { readonly label: string; readonly words: string }[] {
  const written = (edit: Edit) => {
    if (edit.type === "set") return edit.value;
    return edit.type === "insert" && "text" in edit.item ? edit.item.text : null;
  };
  return [
    ...state.pending.flatMap((batch) =>
      batch.actions.map(({ label, edits }) => ({ label, words: edits.map(written).filter((words) => typeof words === "string") })),
    ),
    ...state.disputes.map(({ label, mine }) => ({ label, words: typeof mine === "string" ? [mine] : [] })),
    ...state.unfit.map(({ path, value }) => ({ label: path.at(-1) ?? "", words: typeof value === "string" ? [value] : [] })),
  ].map(({ label, words }) => ({ label, words: words.join(" ") }));
}
