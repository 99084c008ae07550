import { z } from "zod";
import { line, longText } from "../client/client.ts";

/** Somebody or some place with a number to call. */
export const SafetyContact = z.strictObject({
  name: line(120),
  phone: line(50).default(""),
  note: line(200).default(""),
  /** Can be reached at any hour, the night included. */
  anyHour: z.boolean().default(false),
});
export type SafetyContact = z.infer<typeof SafetyContact>;

const lines = z.array(line(300)).max(20).default([]);
const contacts = z.array(SafetyContact).max(12).default([]);

/**
 * A safety plan, in the client's words. The order of its parts follows the published structure of safety planning (Stanley & Brown, 2012,
 * doi:10.1016/j.cbpra.2011.01.001): from what one can do alone to whom one can ask, and making the surroundings safer.
 */
export const SafetyPlan = z.strictObject({
  warningSigns: lines,
  ownCoping: lines,
  /** People and places that take one's mind off it. */
  distractions: contacts,
  helpers: contacts,
  professionals: contacts,
  surroundings: lines,
  /** What makes it worth staying. */
  reasonsToLive: lines,
  note: longText(2000).default(""),
});
export type SafetyPlan = z.infer<typeof SafetyPlan>;
