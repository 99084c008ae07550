import { z } from "zod";
import { line, longText } from "../client/client.ts";
import { SafetyContact } from "./safety-plan.ts";

const lines = z.array(line(300)).max(20).default([]);

/** What the client takes along at the end: how to stay well, and what to do when it comes back. */
export const RelapsePlan = z.strictObject({
  whatHelped: lines,
  earlySigns: lines,
  hardTimes: lines,
  whatIDo: lines,
  people: z.array(SafetyContact).max(12).default([]),
  whenToComeBack: lines,
  note: longText(2000).default(""),
});
export type RelapsePlan = z.infer<typeof RelapsePlan>;
