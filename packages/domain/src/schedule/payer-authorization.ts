import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { line } from "../client/client.ts";

/** How much treatment a payer has agreed to pay for, and until when. */
export const PayerAuthorization = z.strictObject({
  payer: line(200).default(""),
  number: line(80).default(""),
  from: IsoDate,
  to: IsoDate,
  /** Number of units approved; what a unit is stands in `unit`. */
  units: z.number().int().min(1, "Enter how many units are approved.").max(2000),
  /** A session, or a quarter of an hour. */
  unit: z.enum(["session", "quarter-hour"]).default("session"),
  note: line(300).default(""),
  /** Set when it does not count any more before its end, with the reason. */
  endedOn: IsoDate.nullable().default(null),
  endedReason: line(300).default(""),
});
export type PayerAuthorization = z.infer<typeof PayerAuthorization>;
