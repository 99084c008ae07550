import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { addClient, type ClientName, send } from "./practice.ts";

export interface PlanAnswer {
  readonly plan: {
    readonly id: string;
    readonly revision: number;
    readonly goals: readonly { readonly id: string; readonly clientWords: string }[];
    readonly objectives: readonly {
      readonly id: string;
      readonly metric: { readonly baseline: number | null } | null;
      readonly parameters: Readonly<Record<string, string | number>>;
    }[];
    readonly participation: { readonly client: string };
    readonly agreement: { readonly state: string; readonly detail: string };
    readonly declined: readonly { readonly what: string; readonly reason: string }[];
    readonly copyGiven: { readonly state: string };
  };
  readonly seq: number;
  readonly state: string;
  readonly hash: string | null;
  readonly signatures: readonly {
    readonly role: string;
    readonly outcome: string;
    readonly name: string;
    readonly method: string | null;
    readonly drawing: string | null;
    readonly reason: string;
    readonly voided: { readonly reason: string } | null;
  }[];
}

/** What the server holds of a plan, read past the browser's own memory. */
export async function planOf(page: Page, address: string, planId: string): Promise<PlanAnswer> {
  const response = await page.request.get(`${address}/api/plans/${planId}`);
  if (!response.ok()) throw new Error(`the plan: ${response.status()} ${await response.text()}`);
  return (await response.json()) as PlanAnswer;
}

/** Changes a draft as a composer would. */
export async function editPlan(page: Page, address: string, planId: string, edits: readonly unknown[]): Promise<void> {
  const batch = randomUUID();
  // What the page saves by itself in the same moment comes first; whoever is told so sends again on top of it.
  for (let attempt = 1; ; attempt += 1) {
    const { seq } = await planOf(page, address, planId);
    try {
      await send(page.request, "POST", `${address}/api/plans/${planId}/edits`, { base: seq, batch, edits });
      return;
    } catch (error) {
      if (attempt === 5 || !String(error).includes(": 409 ")) throw error;
    }
  }
}

export interface DraftedClient {
  readonly clientId: string;
  readonly planId: string;
}

const day = (instant: Date) => instant.toLocaleDateString("en-CA", { timeZone: "America/New_York" });

/** A client with an intake, a diagnosis and a score, and the plan drafted from them. */
export async function draftedClient(
  page: Page,
  address: string,
  name: ClientName,
  guardian?: string,
  today = day(new Date()),
): Promise<DraftedClient> {
  const { request } = page;
  const clientId =
    guardian === undefined
      ? await addClient(page, address, name)
      : (
          (await send(request, "POST", `${address}/api/clients`, {
            client: { name, birthDate: "1988-04-12", guardian: { name: guardian }, guardianOfAdult: true },
          })) as { id: string }
        ).id;
  const intake = (section: string, content: unknown) =>
    send(request, "PUT", `${address}/api/clients/${clientId}/intake/${section}`, { version: 0, content });
  await intake("presentingProblems", {
    problems: [
      { id: "p", words: "I lie awake and cannot get up.", since: "since the spring", impact: "Missed six days of work last month." },
    ],
    whyNow: "Her manager asked what is wrong.",
    hopes: ["Wake up and want something", "Be there for my daughter"],
  });
  await intake("functioning", {
    work: "Missed six days of work last month; reports are late.",
    relationships: "Sees nobody.",
    selfCare: "Eats once a day.",
    leisure: "",
  });
  await intake("strengths", {
    strengths: ["Keeps every appointment"],
    coping: ["Walks the dog"],
    supports: ["Her sister"],
    barriers: [],
    needs: [],
  });
  await intake("preferences", { wanted: ["cbt"], declined: [], values: "", practical: "Evenings", involveFamily: "not-asked" });
  await intake("risk", { assessedOn: today, level: "low", ideation: "none", intent: "none", plan: "none", harmToOthers: "none" });
  const diagnosisId = randomUUID();
  await send(request, "PUT", `${address}/api/clients/${clientId}/diagnoses/${diagnosisId}`, {
    version: 0,
    diagnosis: {
      id: diagnosisId,
      code: "F33.1",
      description: "Major depressive disorder, recurrent, moderate",
      fiscalYear: 2026,
      rank: "principal",
      verification: "confirmed",
      justification: "Low mood, no interest, waking early and little appetite since the spring; PHQ-9 of 15.",
      diagnosedOn: today,
    },
  });
  await send(request, "POST", `${address}/api/clients/${clientId}/administrations`, {
    administration: {
      id: randomUUID(),
      measure: "phq9",
      measureVersion: "1.0",
      date: today,
      answers: [2, 2, 2, 2, 2, 2, 2, 1, 0, 1],
      answeredBy: "client",
      status: "completed",
    },
  });
  const { planId } = (await send(request, "POST", `${address}/api/clients/${clientId}/plans`, {})) as { planId: string };
  return { clientId, planId };
}

/** Answers what a fresh draft still asks for: where the client stands today, and the blanks of its objectives. */
export async function completeDraft(page: Page, address: string, planId: string): Promise<void> {
  const { plan } = await planOf(page, address, planId);
  const edits = plan.objectives.flatMap(({ id, metric, parameters }) => [
    ...(metric?.baseline === null ? [{ type: "set", path: ["objectives", id, "metric", "baseline"], value: 1 }] : []),
    ...Object.entries(parameters)
      .filter(([, value]) => value === "")
      .map(([name]) => ({ type: "set", path: ["objectives", id, "parameters", name], value: "a walk to the corner" })),
  ]);
  if (edits.length > 0) await editPlan(page, address, planId, edits);
}
