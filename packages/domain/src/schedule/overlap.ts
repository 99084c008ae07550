import type { IsoDate } from "../calendar/date.ts";
import type { TimeOfDay } from "../calendar/time-of-day.ts";
import { minutesLater, momentOf } from "../calendar/wall-clock.ts";

/** A stretch of time that somebody is taken up by. */
export interface Slot {
  readonly id: string;
  readonly date: IsoDate;
  readonly startTime: TimeOfDay;
  readonly minutes: number;
  readonly clinicianId: string;
  /** Appointments of one group session are one and the same hour of the clinician's. */
  readonly groupId: string | null;
}

/** Others of the same clinician that go on while this one does. One that begins when another ends does not overlap it. */
export function overlapping<S extends Slot>(one: Slot, others: readonly S[], timeZone: string): readonly S[] {
  const stretch = ({ date, startTime, minutes }: Slot) => {
    const from = momentOf(date, startTime, timeZone);
    return { from: Date.parse(from), to: Date.parse(minutesLater(from, minutes)) };
  };
  const mine = stretch(one);
  return others.filter((other) => {
    if (other.id === one.id || other.clinicianId !== one.clinicianId || (one.groupId !== null && other.groupId === one.groupId))
      return false;
    const theirs = stretch(other);
    return theirs.from < mine.to && mine.from < theirs.to;
  });
}
