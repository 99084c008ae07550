import type { ClientRecord } from "../client/client-record.ts";
import type { Plan } from "../plan/plan.ts";
import { crisisContacts } from "../practice/crisis-contacts.ts";
import type { CrisisPractice } from "../practice/crisis-words.ts";
import { type DocumentSuggestion, Suggestions } from "./document-suggestions.ts";
import { namesMeans } from "./safety-plan-findings.ts";

/** How the problems show, in the client's everyday words, each said once. */
export function signsOfProblems(plan: Plan | null): readonly { readonly text: string; readonly problem: string }[] {
  return (plan?.problems ?? [])
    .filter(({ status }) => status !== "deferred")
    .flatMap(({ title, definitions }) =>
      definitions.map(({ text, plain, detail }) => ({
        text: detail.trim() === "" ? plain || text : detail,
        problem: title,
      })),
    );
}

/** People and numbers that the record knows of, as both documents offer them. */
export function suggestPeople(into: Suggestions, part: "helpers" | "people", { client, intake }: ClientRecord): void {
  const { emergencyContact, guardian } = client;
  if (emergencyContact !== null)
    into.contact(
      part,
      { name: emergencyContact.name, phone: emergencyContact.phone, note: emergencyContact.relationship },
      { kind: "history", text: "The emergency contact in the client’s details." },
    );
  if (guardian !== null)
    into.contact(
      part,
      { name: guardian.name, phone: guardian.phone, note: guardian.relationship },
      { kind: "history", text: "The guardian in the client’s details." },
    );
  for (const name of intake.strengths.supports) into.contact(part, { name }, { kind: "strength", text: "A support named at intake." });
}

/**
 * What the record offers for a safety plan, part by part, each with where it comes from. It is a beginning for the talk: the client says what of it
 * is true on a bad night.
 */
export function startSafetyPlan(record: ClientRecord, plan: Plan | null, practice: CrisisPractice): readonly DocumentSuggestion[] {
  const into = new Suggestions();
  const { intake } = record;
  const { risk, strengths, substanceUse, presentingProblems } = intake;

  if (risk.ideation === "passive" || risk.ideation === "active")
    into.line("warningSigns", "I think that it would be better not to be here", {
      kind: "risk",
      text: `The risk assessment records ${risk.ideation} thoughts of suicide.`,
    });
  if (risk.selfHarm.trim() !== "" && !/^\W*(?:none|no)\b/i.test(risk.selfHarm.trim()))
    into.line("warningSigns", "I feel the urge to hurt myself", { kind: "risk", text: "The risk assessment speaks of self-harm." });
  if (substanceUse.activeUse)
    into.line("warningSigns", "I drink or take more than I meant to", {
      kind: "history",
      text: "The intake records active use of alcohol or drugs.",
    });
  for (const { words } of presentingProblems.problems)
    into.line("warningSigns", words, { kind: "history", text: "The client’s own words at intake." });
  for (const { text, problem } of signsOfProblems(plan))
    into.line("warningSigns", text, { kind: "diagnosis", text: `How “${problem}” shows, in the plan.` });

  for (const way of strengths.coping) into.line("ownCoping", way, { kind: "strength", text: "A way of coping named at intake." });
  for (const strength of strengths.strengths)
    into.line("ownCoping", strength, { kind: "strength", text: "A strength named at intake: what of it helps on a bad night?" });

  for (const name of strengths.supports) into.contact("distractions", { name }, { kind: "strength", text: "A support named at intake." });
  suggestPeople(into, "helpers", record);

  if (plan !== null && plan.author.clinicianName !== "")
    into.contact(
      "professionals",
      { name: plan.author.clinicianName, note: `My therapist, ${plan.author.practiceName}`.slice(0, 200) },
      { kind: "practice", text: "Who wrote the plan. Add the number to call, and the hours." },
    );
  if (record.client.primaryCareProvider.trim() !== "")
    into.contact(
      "professionals",
      { name: record.client.primaryCareProvider, note: "My doctor" },
      { kind: "history", text: "Primary care in the client’s details." },
    );
  for (const contact of crisisContacts(practice))
    into.contact("professionals", contact, {
      kind: "practice",
      text: contact.anyHour
        ? "Answers at any hour; one of the numbers that the practice gives its clients."
        : "In the practice’s own words for a crisis.",
    });

  if (namesMeans(risk.means))
    into.line("surroundings", `Out of my reach until I feel safer: ${risk.means}`, {
      kind: "risk",
      text: "Means named in the risk assessment. Say who keeps it, and until when.",
    });

  for (const factor of risk.protectiveFactors)
    into.line("reasonsToLive", factor, { kind: "risk", text: "What protects, in the risk assessment." });
  for (const hope of presentingProblems.hopes)
    into.line("reasonsToLive", hope, { kind: "history", text: "What the client hoped for at intake." });
  return into.all();
}
