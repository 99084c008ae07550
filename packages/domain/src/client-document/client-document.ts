import { RelapsePlan } from "./relapse-plan.ts";
import { SafetyPlan } from "./safety-plan.ts";

/** Working documents that belong to the client: kept in numbered versions, the newest of which may still be worked on. */
export const clientDocuments = { "safety-plan": SafetyPlan, "relapse-plan": RelapsePlan } as const;
export const clientDocumentKinds = ["safety-plan", "relapse-plan"] as const satisfies readonly (keyof typeof clientDocuments)[];
export type ClientDocumentKind = keyof typeof clientDocuments;
