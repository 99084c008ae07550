import type { ClientRecord } from "../client/client-record.ts";
import type { Administration } from "../measures/administration.ts";

/**
 * Whether the risk assessment takes up what a questionnaire said about risk: a level was judged, on a later day, or on the same day and after
 * the answers were there. In a first visit risk is often asked about before the questionnaire is filled in; what the questionnaire then says
 * is news, whatever was judged an hour before.
 */
export function riskAssessedSince(
  {
    intake: { risk },
    answeredAfterRisk = [],
  }: Pick<ClientRecord, "answeredAfterRisk"> & { readonly intake: Pick<ClientRecord["intake"], "risk"> },
  { id, date }: Pick<Administration, "id" | "date">,
): boolean {
  if (risk.level === null || risk.assessedOn === null || risk.assessedOn < date) return false;
  return risk.assessedOn > date || !answeredAfterRisk.includes(id);
}

/** The administrations that were entered after the risk section was last saved, by id. Instants as the server writes them. */
export function answeredAfter(
  riskSavedAt: string | undefined,
  administrations: readonly { readonly id: string; readonly enteredAt: string }[],
): string[] {
  if (riskSavedAt === undefined) return [];
  const saved = Date.parse(riskSavedAt);
  return administrations.filter(({ enteredAt }) => Date.parse(enteredAt) > saved).map(({ id }) => id);
}
