import { useEffect, useState } from "react";
import { changesSince, type OpenPlan, planQuery, sendEdits } from "../api/plans.ts";
import { queryClient } from "../api/query-client.ts";
import { newId } from "../form/new-id.ts";
import { saverOf } from "../save-state/savers.ts";
import { createPlanStore, type PlanStore } from "./plan-store.ts";

/** Milliseconds between two looks at what others did. */
const pollEvery = 3000;
/** After so many milliseconds without a look, as when the computer slept, there may be another revision by now. */
const longAway = 60_000;

/** Drafts with work in them that is not saved yet; they live on when the screen is left, and are found again. */
const left = new Map<string, PlanStore>();

/**
 * The store of each answer of the server. React may begin a screen twice and keep only one of them; both get the same store, or the saver
 * would send for the one that is not on the screen.
 */
const made = new WeakMap<OpenPlan, PlanStore>();

function storeOf(open: OpenPlan, href: string, readOnly: boolean): PlanStore {
  const known = made.get(open);
  if (known !== undefined) return known;
  const store = makeStore(open, href, readOnly);
  made.set(open, store);
  return store;
}

function makeStore(open: OpenPlan, href: string, readOnly: boolean): PlanStore {
  const planId = open.plan.id;
  const key = planQuery(planId).queryKey;
  const store: PlanStore = createPlanStore({
    planId,
    plan: open.plan,
    seq: open.seq,
    newId,
    now: () => Date.now(),
    server: {
      send: (base, batch, edits) => sendEdits(planId, base, batch, edits),
      changesSince: (seq) => changesSince(planId, seq),
      open: () => queryClient.fetchQuery({ ...planQuery(planId), staleTime: 0 }),
    },
    // The saver of an earlier store of this draft may still be known; its options are replaced, and nothing of it waits any more. Words that
    // came too late may wait in it while the plan is only read.
    saver: (options) => saverOf(readOnly ? `plan/${planId}/read` : `plan/${planId}`, { ...options, href }),
    closed: () => void queryClient.invalidateQueries({ queryKey: key, exact: true }),
    kept: (plan, seq) => queryClient.setQueryData<OpenPlan>(key, (before) => (before === undefined ? before : { ...before, plan, seq })),
  });
  return store;
}

/** The store that still holds words of a draft which can no longer be edited; `null` when there are none. */
export function leftBehind(planId: string): PlanStore | null {
  const store = left.get(planId);
  return store !== undefined && store.saver.unsaved() !== undefined ? store : null;
}

/** The plan that is open on this screen, kept in step with the server for as long as it is. */
export function usePlanStore(open: OpenPlan, href: string, readOnly: boolean): PlanStore {
  const [store] = useState(() => {
    const planId = open.plan.id;
    const known = readOnly ? undefined : left.get(planId);
    if (known === undefined || known.saver.unsaved() === undefined) return storeOf(open, href, readOnly);
    known.renew(open.plan, open.seq);
    return known;
  });
  useEffect(() => {
    if (readOnly) return;
    const planId = open.plan.id;
    left.set(planId, store);
    // Words that were refused while the plan was being signed are tried again now that it is open.
    store.retry();
    let looking = false;
    let lookedAt = Date.now();
    const look = async () => {
      if (looking || document.visibilityState === "hidden") return;
      looking = true;
      try {
        if (Date.now() - lookedAt > longAway) {
          const { plan, seq } = await queryClient.fetchQuery({ ...planQuery(planId), staleTime: 0 });
          store.renew(plan, seq);
        }
        await store.poll();
        lookedAt = Date.now();
      } catch {
        // No answer is said in the banner over the page, and the next look is soon.
      } finally {
        looking = false;
      }
    };
    void look();
    const timer = setInterval(() => void look(), pollEvery);
    const back = () => void look();
    document.addEventListener("visibilitychange", back);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", back);
      store.saver.flush();
      if (store.saver.unsaved() === undefined) left.delete(planId);
    };
  }, [store, open.plan.id, readOnly]);
  return store;
}
