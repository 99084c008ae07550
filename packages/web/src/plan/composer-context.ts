import type { Finding } from "@trellis/domain/findings/finding";
import type { DraftContext } from "@trellis/domain/plan/draft/draft-context";
import type { Path } from "@trellis/domain/plan/edit-plan";
import type { Plan } from "@trellis/domain/plan/plan";
import { createContext, useContext, useMemo, useRef, useSyncExternalStore } from "react";
import type { DraftNotes } from "../api/plans.ts";
import type { FindingsBoard } from "./findings-board.ts";
import { keepSame } from "./keep-same.ts";
import type { PlanStore } from "./plan-store.ts";
import { type Dispute, keyOf, type SharedPlan, type Unfit } from "./shared-plan.ts";
import type { Place } from "./take-from-library.ts";

/** What every part of the plan on screen works with. The same for as long as the plan is open, so that nothing is drawn again for it. */
export interface Composer {
  readonly store: PlanStore;
  readonly clientId: string;
  readonly readOnly: boolean;
  /** The client's record and the library, once it is there. */
  readonly context: DraftContext | null;
  readonly notes: DraftNotes;
  readonly findings: FindingsBoard;
  /** Opens the search for something to add; without a place, wherever it fits. */
  readonly add: (place: Place | null) => void;
  /** Says something to who listens to the screen. */
  readonly announce: (text: string) => void;
}

export const ComposerContext = createContext<Composer | null>(null);

export function useComposer(): Composer {
  const composer = useContext(ComposerContext);
  if (composer === null) throw new Error("This part of a plan stands outside of one.");
  return composer;
}

/** A part of the state; drawn again only when that part changes. */
export function useShared<T>(select: (state: SharedPlan) => T): T {
  const { store } = useComposer();
  const last = useRef<T | undefined>(undefined);
  return useSyncExternalStore(store.subscribe, () => {
    last.current = keepSame(last.current, select(store.state()));
    return last.current;
  });
}

export function usePlan<T>(select: (plan: Plan) => T): T {
  return useShared(({ plan }) => select(plan));
}

/** What stands at a path, `undefined` where there is nothing (any more). */
export function valueAt(plan: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, key) => {
    if (Array.isArray(node))
      return node.find((entry: unknown) => typeof entry === "object" && entry !== null && "id" in entry && entry.id === key);
    return typeof node === "object" && node !== null && Object.hasOwn(node, key) ? (node as Record<string, unknown>)[key] : undefined;
  }, plan);
}

export interface Field {
  /** What the field shows: words that could not be saved or are under dispute before the plan's own. */
  readonly value: unknown;
  readonly change: (value: unknown) => void;
  readonly unfit: Unfit | undefined;
  readonly dispute: Dispute | undefined;
  readonly findings: readonly Finding[];
}

/** One field of the plan. `label` says what is done to it, for the undo button. */
export function useField(path: Path, label: string): Field {
  const { store, findings } = useComposer();
  const key = keyOf(path);
  const { value, unfit, dispute } = useShared((state) => ({
    value: valueAt(state.plan, path),
    unfit: state.unfit.find((entry) => keyOf(entry.path) === key),
    dispute: state.disputes.find((entry) => entry.kind === "same-field" && keyOf(entry.path) === key),
  }));
  const found = useSyncExternalStore(findings.subscribe, () => findings.at(key));
  return useMemo(
    () => ({
      value: unfit === undefined ? (dispute === undefined ? value : dispute.mine) : unfit.value,
      change: (next: unknown) => store.type(key.split("/"), next, label),
      unfit,
      dispute,
      findings: found,
    }),
    [store, key, label, value, unfit, dispute, found],
  );
}

/** The findings on one item and on every field of it that does not show them itself. */
export function useItemFindings(key: string): readonly Finding[] {
  const { findings } = useComposer();
  return useSyncExternalStore(findings.subscribe, () => findings.under(key));
}
