import { dayOf } from "@trellis/domain/calendar/date";
import { serverNow } from "../api/clock.ts";
import { useSignedIn } from "../api/session.ts";

/** The calendar day in the practice's time zone, whatever this computer's clock says. */
export function today(timeZone: string): string {
  return dayOf(serverNow().toISOString(), timeZone);
}

export function useToday(): string {
  return today(useSignedIn().practice.timeZone);
}
