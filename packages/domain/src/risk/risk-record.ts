import { z } from "zod";
import { Acknowledgement } from "../alerts/acknowledgement.ts";
import { IsoDate } from "../calendar/date.ts";
import { Risk } from "../intake/intake.ts";
import { PlanRisk } from "../plan/plan.ts";

const Instant = z.string();

/** What only the history of risk goes by, besides the chart and the course of the treatment. */
export const RiskRecord = z.object({
  /** The risk section of the intake at each saving, oldest first. */
  assessments: z.array(z.object({ id: z.string(), content: Risk, savedAt: Instant, by: z.string() })),
  /** Risk as signed revisions of plans state it. */
  plans: z.array(z.object({ planId: z.string(), revision: z.number(), signedAt: Instant, risk: PlanRisk })),
  /** Alerts about danger, oldest first. */
  alerts: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(["risk-answer", "risk-not-answered"]),
      administrationId: z.string().nullable(),
      words: z.string(),
      date: IsoDate.nullable(),
      raisedAt: Instant,
      acknowledgedAt: Instant.nullable(),
      acknowledgedBy: z.string(),
      acknowledgement: Acknowledgement.nullable(),
    }),
  ),
});
export type RiskRecord = z.infer<typeof RiskRecord>;
