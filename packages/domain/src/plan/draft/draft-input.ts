import type { IsoDate } from "../../calendar/date.ts";
import type { ClientRecord } from "../../client/client-record.ts";
import type { Library } from "../../library/library.ts";
import type { Plan, Profile } from "../plan.ts";

export interface DraftInput {
  readonly planId: string;
  readonly clientId: string;
  readonly record: ClientRecord;
  readonly library: Library;
  readonly author: Plan["author"];
  readonly profile: Profile;
  readonly today: IsoDate;
  /** The practice's own review cadence in weeks; kept within 4 to 6. */
  readonly reviewWeeks: number;
  readonly newId: () => string;
}
