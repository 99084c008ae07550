import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import type { Intake } from "../intake/intake.ts";
import type { Administration } from "../measures/administration.ts";
import type { Client } from "./client.ts";

/** Everything the drafting engine and the findings may look at for one client. */
export interface ClientRecord {
  readonly client: Client;
  readonly intake: Intake;
  readonly diagnoses: readonly Diagnosis[];
  readonly administrations: readonly Administration[];
  /** Ids of the administrations that were entered after the risk section was last saved; none where that is not known. */
  readonly answeredAfterRisk?: readonly string[];
}
