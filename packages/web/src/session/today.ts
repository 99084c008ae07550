import { dayOf } from "@trellis/domain/calendar/date";
import { useSignedIn } from "../api/session.ts";

/** The calendar day in the practice's time zone. */
export function today(timeZone: string): string {
  return dayOf(new Date().toISOString(), timeZone);
}

export function useToday(): string {
  return today(useSignedIn().practice.timeZone);
}
