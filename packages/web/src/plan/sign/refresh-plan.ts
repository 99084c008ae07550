import { queryClient } from "../../api/query-client.ts";

/** Fetches the plan anew, e.g. because it is no longer the draft that is on the screen. */
export function refreshPlan(planId: string): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["plan", planId] });
}
