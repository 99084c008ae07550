import type { CareDecision } from "@trellis/domain/off-track/care-decision";
import { request } from "./client.ts";
import { treatmentChanged } from "./treatment.ts";

/** Records what was considered and chosen. Sent again under the same id it stands there once. */
export async function recordDecision(clientId: string, decisionId: string, decision: CareDecision): Promise<void> {
  await request("PUT", `/api/clients/${clientId}/care-decisions/${decisionId}`, { body: { decision } });
  await treatmentChanged(clientId);
}
