import { ageInYears, type IsoDate } from "../calendar/date.ts";
import type { Client } from "../client/client.ts";
import { guardianDecides, isAgePopulation, populationOf } from "../client/of-age.ts";
import type { Plan } from "./plan.ts";

/** What was proposed comes into force with the signature; what was rejected, ended or put on hold stays so. */
const inForce = <T extends { readonly lifecycleStatus: Plan["goals"][number]["lifecycleStatus"] }>(entry: T): T =>
  entry.lifecycleStatus === "proposed" || entry.lifecycleStatus === "planned" || entry.lifecycleStatus === "accepted"
    ? { ...entry, lifecycleStatus: "active" }
    : entry;

/** Who a plan is about on the day on which it is signed: a client who has come of age since has no guardian who signs, unless the record says so on purpose. */
function subjectToSign(subject: Plan["subject"], today: IsoDate, client: Client | undefined): Plan["subject"] {
  const { guardianOfAdult } = client ?? subject;
  const guardianName = client === undefined ? subject.guardianName : (client.guardian?.name ?? "");
  const decides = guardianDecides({ birthDate: subject.birthDate, guardianOfAdult }, today);
  return { ...subject, guardianOfAdult, guardianName: decides ? guardianName : "" };
}

/**
 * The plan as it is signed: in force, established on the day on which it is frozen for the signatures.
 *
 * @param client the record, where it is at hand, for who decides in the client's place.
 */
export function planToSign(plan: Plan, today: IsoDate, client?: Client): Plan {
  return {
    ...plan,
    subject: subjectToSign(plan.subject, today, client),
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
  { subject, author, reason, today }: Pick<Plan, "subject" | "author"> & { readonly reason: string; readonly today: IsoDate },
): Plan {
  return {
    ...signed,
    // A client grows older in the course of a treatment.
    population: isAgePopulation(signed.population) ? populationOf(ageInYears(subject.birthDate, today)) : signed.population,
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
