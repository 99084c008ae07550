import { Profile } from "@trellis/domain/plan/plan";

/** A practice's settings as routes and sessions hand them over. */
export const practiceColumns = `id, name, address, time_zone AS "timeZone", country, idle_minutes AS "idleMinutes", co_signature AS "coSignature",
  review_weeks AS "reviewWeeks", note_hours AS "noteHours", profile, crisis, is_demo AS "isDemo", version`;

/** The profile with every default filled in, whatever was stored when there were fewer fields. */
export function withFullProfile<T extends { readonly profile?: unknown } | undefined>(practice: T) {
  return { ...practice, profile: Profile.parse(practice?.profile ?? {}) };
}
