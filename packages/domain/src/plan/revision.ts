import type { IsoDate } from "../calendar/date.ts";
import type { Plan } from "./plan.ts";

/** What was proposed comes into force with the signature; what was rejected, ended or put on hold stays so. */
const inForce = <T extends { readonly lifecycleStatus: Plan["goals"][number]["lifecycleStatus"] }>(entry: T): T =>
  entry.lifecycleStatus === "proposed" || entry.lifecycleStatus === "planned" || entry.lifecycleStatus === "accepted"
    ? { ...entry, lifecycleStatus: "active" }
    : entry;

/** The plan as it is signed: in force, established on the day on which it is frozen for the signatures. */
export function planToSign(plan: Plan, today: IsoDate): Plan {
  return {
    ...plan,
    status: "active",
    establishedOn: plan.revision === 1 ? today : plan.establishedOn,
    goals: plan.goals.map(inForce),
    objectives: plan.objectives.map(inForce),
  };
}

/**
 * The draft of the next revision: everything that is in force, with who it is for and who writes it as they are now. Participation, agreement
 * and the copy for the client are asked for anew, because they are about the conversation in which this revision is made.
 */
export function nextRevision(
  signed: Plan,
  { subject, author, reason }: Pick<Plan, "subject" | "author"> & { readonly reason: string },
): Plan {
  return {
    ...signed,
    revision: signed.revision + 1,
    status: "draft",
    subject,
    author,
    participation: { client: "", representative: "", reasonIfNone: "" },
    agreement: { state: "not-asked", detail: "" },
    copyGiven: { state: "not-yet", on: null },
    changeReason: reason,
    changeReasons: [],
  };
}
