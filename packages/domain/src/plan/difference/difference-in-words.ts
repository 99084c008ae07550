import { clientWords } from "./client-words.ts";
import type { ChangeKind, FieldChange } from "./compare-part.ts";
import type { PlanDifference } from "./plan-difference.ts";
import { recordWords } from "./record-words.ts";
import type { WordChange } from "./word-changes.ts";

/** What a change is about, as it says now; `words` where it was said otherwise before. */
export interface Told {
  readonly text: string;
  readonly words: readonly WordChange[] | null;
}

/** One change as it is read. For the client one sentence can stand for several items that changed in the same way for the same reason. */
export interface ChangeInWords {
  /** The plan's items that this speaks of. */
  readonly ids: readonly string[];
  readonly kind: ChangeKind;
  /** The kind in one word: a change is never told by its color alone. */
  readonly mark: string;
  /** The item's name in the record, e.g. "Objective 1.2.1"; "" for the client. */
  readonly name: string;
  /** For the client a full sentence with its reason; "" in the record, where fields and text say it. */
  readonly sentence: string;
  readonly about: readonly Told[];
  /** Field by field, for the record. */
  readonly fields: readonly FieldChange[];
  /** For the record; the client's sentence holds it. */
  readonly reason: string;
}

export interface DifferenceInWords {
  readonly audience: "record" | "client";
  /** How much changed, or that nothing did, in one sentence. */
  readonly lead: string;
  /** Why there is a new revision at all. */
  readonly reasons: readonly string[];
  readonly groups: readonly { readonly title: string; readonly changes: readonly ChangeInWords[] }[];
}

/**
 * A difference as it is read: for the record by the parts of the plan and field by field; for the client by what was reached, is new, changed and
 * stopped, in everyday sentences that say why. Every item of the difference is spoken of in both.
 */
export function differenceInWords(difference: PlanDifference, audience: "record" | "client"): DifferenceInWords {
  return audience === "record" ? recordWords(difference) : clientWords(difference);
}
