import type { Edit, Path } from "@trellis/domain/plan/edit-plan";
import type { Plan } from "@trellis/domain/plan/plan";
import { ApiProblem } from "../api/client.ts";
import type { Change, EditsAnswer, PlanState } from "../api/plans.ts";
import type { Saver, SaverOptions } from "../save-state/saver.ts";
import {
  act,
  editsOf,
  keyOf,
  markSent,
  openSharedPlan,
  receive,
  redo,
  type SharedPlan,
  setAside,
  settle,
  startOver,
  type,
  undo,
} from "./shared-plan.ts";

/** What the store asks of the server. */
export interface PlanServer {
  readonly send: (base: number, batch: string, edits: readonly Edit[]) => Promise<EditsAnswer>;
  readonly changesSince: (seq: number) => Promise<{ readonly state: PlanState; readonly changes: readonly Change[] }>;
  readonly open: () => Promise<{ readonly plan: Plan; readonly seq: number; readonly state: PlanState }>;
}

export interface PlanStoreOptions {
  readonly planId: string;
  readonly plan: Plan;
  readonly seq: number;
  readonly server: PlanServer;
  readonly newId: () => string;
  readonly now: () => number;
  /** Makes the saver that sends in the rhythm of typing. */
  readonly saver: (options: SaverOptions<true, undefined>) => Saver<true>;
  /** The draft can no longer be edited: somebody is signing it. */
  readonly closed: (state: PlanState) => void;
  /** The server has confirmed more of the plan. */
  readonly kept: (plan: Plan, seq: number) => void;
}

/** Milliseconds without typing after which going on in the same field is a new step to undo. */
const pauseOfThought = 1500;

/** A plan that is being worked on: what the screen shows, and all that goes to and comes from the server. */
export interface PlanStore {
  readonly state: () => SharedPlan;
  readonly subscribe: (listener: () => void) => () => void;
  readonly saver: Saver<true>;
  /** Does something; gives the reason when it does not fit. */
  readonly act: (label: string, edits: readonly Edit[]) => string | null;
  /** Typing in one field. */
  readonly type: (path: Path, value: unknown, label: string) => void;
  /** Gives what was taken back, or `null` when there was nothing. */
  readonly undo: () => string | null;
  readonly redo: () => string | null;
  readonly settle: (disputeId: string, edits: readonly Edit[]) => string | null;
  /** Goes on from the plan as the server has it: another revision of it than the one that was open. */
  readonly renew: (plan: Plan, seq: number) => void;
  /** Sends again what was refused, e.g. after the plan was opened again. */
  readonly retry: () => void;
  /** Lets go of everything that is not saved. */
  readonly letGo: () => void;
  /** Fetches what others did. */
  readonly poll: () => Promise<void>;
}

export function createPlanStore(options: PlanStoreOptions): PlanStore {
  const { server, newId, now } = options;
  let state = openSharedPlan(options.plan, options.seq);
  let typedAt = 0;
  let typedKey = "";
  let thought = 0;
  const listeners = new Set<() => void>();

  function put(next: SharedPlan): void {
    if (next === state) return;
    const confirmed = next.confirmed !== state.confirmed || next.seq !== state.seq;
    state = next;
    if (confirmed) options.kept(state.confirmed, state.seq);
    for (const listener of [...listeners]) listener();
  }

  const unsettled = () => state.disputes.length > 0 || state.unfit.length > 0;

  /** Sends batch after batch until nothing is left; takes in what others did on the way. */
  async function sendPending(): Promise<undefined> {
    for (;;) {
      put(markSent(state));
      const batch = state.pending[0];
      if (batch === undefined) break;
      const base = state.seq;
      const edits = editsOf(batch);
      const answer = await answered(() => server.send(base, batch.id, edits));
      if (answer instanceof ApiProblem) put(setAside(state, batch.id, answer.errors[0]?.message ?? answer.message, newId));
      else if (!answer.saved) put(receive(state, answer.missed, newId));
      else if (answer.seq === base + 1)
        put(receive(state, [{ seq: answer.seq, by: "", at: new Date(now()).toISOString(), batch: batch.id, edits }], newId));
      // The batch had arrived before, and others' work may have come after it.
      else await catchUp();
      const stuck = state.pending[0]?.id === batch.id && state.seq === base;
      if (state.outOfStep || stuck) await startAnew(stuck && !(answer instanceof ApiProblem) && answer.saved ? batch.id : null);
    }
    // What waits for a choice or is too long counts as not saved: leaving asks first, coming back finds it.
    if (unsettled()) throw new ApiProblem(422, { title: "Not everything is saved", errors: unsettledInWords() });
    return undefined;
  }

  function unsettledInWords(): { readonly pointer: string; readonly message: string }[] {
    return [
      ...state.unfit.map(({ path, message }) => ({ pointer: `/${keyOf(path)}`, message })),
      ...(state.disputes.length > 0 ? [{ pointer: "", message: "Somebody else changed the same thing: choose below what counts." }] : []),
      { pointer: "", message: "Everything else is saved." },
    ];
  }

  /** The answer, or what the server has against these edits themselves. */
  async function answered<T>(ask: () => Promise<T>): Promise<T | ApiProblem> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status >= 500) throw error;
      // Refused: most likely because the plan is being signed meanwhile.
      const { state: now } = await server.open();
      if (now !== "draft") options.closed(now);
      else if ((error.status === 422 && !error.errors.some(({ pointer }) => pointer === "/base")) || error.status === 413) return error;
      throw error.status === 409 ? new ApiProblem(422, error.body) : error;
    }
  }

  async function catchUp(): Promise<void> {
    const { changes, state: now } = await server.changesSince(state.seq);
    put(receive(state, changes, newId));
    if (now !== "draft") options.closed(now);
  }

  async function startAnew(arrived: string | null): Promise<void> {
    const { plan, seq } = await server.open();
    const pending = state.pending.filter((batch) => batch.id !== arrived);
    put(startOver({ ...state, pending }, plan, seq, newId));
  }

  const saver = options.saver({ send: sendPending, pause: 400 });

  /** Takes a new state and sends what is new in it. */
  function advance(next: SharedPlan): void {
    if (next === state) return;
    put(next);
    saver.push(true);
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    saver,
    act(label, edits) {
      typedKey = "";
      const changed = act(state, { edits, label, group: null }, newId());
      if (!changed.ok) return changed.message;
      advance(changed.state);
      return null;
    },
    type(path, value, label) {
      const key = keyOf(path);
      if (key !== typedKey || now() - typedAt > pauseOfThought) thought++;
      typedKey = key;
      typedAt = now();
      advance(type(state, path, value, label, `${key}#${thought}`, newId()));
    },
    undo: () => stepBack("undo"),
    redo: () => stepBack("redo"),
    settle(disputeId, edits) {
      const settled = settle(state, disputeId, edits, newId());
      if (!settled.ok) return settled.message;
      advance(settled.state);
      return null;
    },
    renew(plan, seq) {
      if (plan.revision !== state.confirmed.revision) put({ ...startOver(state, plan, seq, newId), undo: [], redo: [] });
    },
    retry() {
      if (state.pending.length > 0 || unsettled()) saver.push(true);
    },
    letGo() {
      put({ ...openSharedPlan(state.confirmed, state.seq) });
      saver.resume();
    },
    async poll() {
      if (saver.state().kind === "saving") return;
      await catchUp();
      if (state.outOfStep) await startAnew(null);
      if (unsettled() && saver.unsaved() === undefined) saver.push(true);
    },
  };

  function stepBack(direction: "undo" | "redo"): string | null {
    typedKey = "";
    const label = state[direction].at(-1)?.label ?? null;
    const before = state.plan;
    const changed = (direction === "undo" ? undo : redo)(state, newId());
    if (!changed.ok) return null;
    advance(changed.state);
    return state.plan === before ? null : label;
  }
}
