import type { IsoInstant } from "../calendar/date.ts";
import { minutesLater, momentOf } from "../calendar/wall-clock.ts";
import type { NoteHead } from "./note.ts";

/**
 * Until when a note is to be signed: so many hours after the session ended, as the practice has set. A session without an end counts from its start, one
 * without either from the end of its day. Late is shown and never forbidden: a late note is better than none.
 */
export function noteDueAt({ date, start, end }: Pick<NoteHead, "date" | "start" | "end">, noteHours: number, timeZone: string): IsoInstant {
  return minutesLater(momentOf(date, end ?? start ?? "23:59", timeZone), noteHours * 60);
}

/** How a note stands: `late` ones are signed or still to sign after the practice's time for it. */
export type NoteStanding = "draft" | "draft-late" | "signed" | "signed-late";

export function noteStanding(dueAt: IsoInstant, signedAt: IsoInstant | null, now: IsoInstant): NoteStanding {
  const late = Date.parse(signedAt ?? now) > Date.parse(dueAt);
  return signedAt === null ? (late ? "draft-late" : "draft") : late ? "signed-late" : "signed";
}
