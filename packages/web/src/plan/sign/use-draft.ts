import { useMemo, useState } from "react";
import type { OpenPlan } from "../../api/plans.ts";
import type { Composer } from "../composer-context.ts";
import { createFindingsBoard } from "../findings-board.ts";
import { usePlanStore } from "../use-plan-store.ts";

/** The draft as its agreement is written down: the same edits, savings and choices between two people's words as in the composer. */
export function useDraft(open: OpenPlan, clientId: string): { readonly composer: Composer; readonly said: string } {
  const [said, setSaid] = useState("");
  const store = usePlanStore(open, `/clients/${clientId}/plan/${open.plan.id}/sign`, false);
  const composer = useMemo(
    (): Composer => ({
      store,
      clientId,
      readOnly: false,
      context: null,
      notes: open.draftNotes,
      findings: createFindingsBoard(),
      add: () => undefined,
      announce: setSaid,
    }),
    [store, clientId, open.draftNotes],
  );
  return { composer, said };
}
