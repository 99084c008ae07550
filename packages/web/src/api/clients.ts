import { queryOptions } from "@tanstack/react-query";
import type { AlertDetail, AlertKind } from "@trellis/domain/alerts/alert";
import type { Client } from "@trellis/domain/client/client";
import type { CourseEvent } from "@trellis/domain/course/course-event";
import type { SessionRecord } from "@trellis/domain/course/session";
import type { Diagnosis } from "@trellis/domain/diagnosis/diagnosis";
import type { Intake, IntakeSection } from "@trellis/domain/intake/intake";
import type { Administration } from "@trellis/domain/measures/administration";
import type { Measure } from "@trellis/domain/measures/measure";
import type { MeasureSetting } from "@trellis/domain/measures/measure-setting";
import type { ItemFlag, Score } from "@trellis/domain/measures/score";
import type { Plan } from "@trellis/domain/plan/plan";
import { ApiProblem, request } from "./client.ts";
import { queryClient } from "./query-client.ts";

/** One line of the list of clients. */
export interface ClientLine {
  readonly id: string;
  readonly name: string;
  readonly calledName: string;
  readonly pronouns: string;
  readonly birthDate: string;
  readonly recordNumber: string;
  readonly isPracticeClient: boolean;
  readonly planStatus: Plan["status"] | null;
  readonly reviewDue: string | null;
  /** The last day of treatment, of who is not in treatment now. */
  readonly endedOn?: string | null;
  readonly lastSeen: string | null;
}

export interface ClientPage {
  readonly clients: readonly ClientLine[];
  /** Counted up to a bound; `more` when there are more than that. */
  readonly total: number;
  readonly more: boolean;
  readonly next: string | null;
}

export interface SavedSection<S extends IntakeSection = IntakeSection> {
  readonly content: Intake[S];
  readonly version: number;
  readonly savedAt: string;
  readonly savedBy: string;
}

export interface ChartAdministration extends Administration {
  /** One more for each correction. */
  readonly version: number;
  readonly enteredAt: string;
  /** Empty for somebody who is not known any more; `null` for the client, by a private link. */
  readonly enteredBy: string | null;
  readonly score: Score;
}

export interface ChartAlert {
  readonly id: string;
  readonly kind: AlertKind;
  readonly measure: string | null;
  readonly administrationId: string | null;
  readonly detail: AlertDetail;
  readonly raisedAt: string;
}

export interface ChartPlan {
  readonly id: string;
  readonly revision: number;
  readonly status: Plan["status"];
  readonly establishedOn: string;
  readonly reviewDue: string | null;
  readonly signedAt: string | null;
  /** Which measures it gives when; left out of a revision that another has replaced. */
  readonly schedule?: Plan["measureSchedule"] | null;
}

export type ChartDiagnosis = Diagnosis & { readonly version: number };

/** A client's chart, fetched in one piece. */
export interface Chart {
  readonly id: string;
  readonly version: number;
  readonly isPracticeClient: boolean;
  readonly client: Client;
  readonly intake: { readonly [S in IntakeSection]?: SavedSection<S> };
  readonly diagnoses: readonly ChartDiagnosis[];
  readonly administrations: readonly ChartAdministration[];
  readonly plans: readonly ChartPlan[];
  /** What the practice adds to the library's measures: its own, those made for this client, and its settings. */
  readonly measures: {
    readonly own: readonly {
      readonly measure: Measure;
      readonly version: number;
      readonly forClient: string | null;
      readonly retired: boolean;
    }[];
    readonly settings: Readonly<Record<string, MeasureSetting & { readonly version: number }>>;
  };
  readonly sessions: readonly (SessionRecord & { readonly version: number })[];
  readonly events: readonly CourseEvent[];
  /** Alerts that nobody has acknowledged yet, oldest first. */
  readonly alerts: readonly ChartAlert[];
  /** Entries whose alerts about risk somebody has acted on. */
  readonly riskAcknowledged: readonly string[];
  /** The newest episode of care; none for the first one, until something is said of it. */
  readonly episode?: {
    readonly number: number;
    readonly openedOn: string;
    readonly endedOn: string | null;
    readonly plannedEnd: string | null;
  } | null;
  readonly careTeam: readonly { readonly memberId: string; readonly name: string; readonly role: string }[];
}

/** Asked by POST: what somebody looks for is a name, and names do not belong into addresses. */
export function clientPage(q: string, filter: "mine" | "all", after: string | null, signal: AbortSignal): Promise<ClientPage> {
  return request("POST", "/api/clients/search", { body: { q, filter, limit: 50, after }, signal });
}

/** The id of a colleague's client, by the whole name and date of birth; for an emergency. */
export function findClosed(given: string, family: string, birthDate: string): Promise<{ readonly id: string }> {
  return request("POST", "/api/clients/find-closed", { body: { given, family, birthDate } });
}

export const chartQuery = (clientId: string) =>
  queryOptions({
    queryKey: ["chart", clientId],
    queryFn: ({ signal }) => request<Chart>("GET", `/api/clients/${clientId}/chart`, { signal }),
    // Every reading stands in the client's access log; going back and forth between windows is not worth one each time.
    staleTime: 60_000,
  });

/** Puts into the chart on screen what the server has just confirmed, without fetching it all again. */
export function changeChart(clientId: string, change: (chart: Chart) => Chart): void {
  queryClient.setQueryData<Chart>(chartQuery(clientId).queryKey, (chart) => (chart === undefined ? chart : change(chart)));
}

/**
 * Adds a client. Sent again under the same id it adds nobody twice: when the answer to an earlier attempt was lost and more was typed since, the
 * client who is there gets what was typed, unless somebody has changed the details meanwhile.
 */
export async function addClient(id: string, client: Client, isPracticeClient: boolean): Promise<void> {
  try {
    await request("POST", "/api/clients", { body: { id, client, isPracticeClient } });
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 409)) throw error;
    await changeClient(id, 1, client);
  }
}

export function changeClient(clientId: string, version: number, client: Client): Promise<{ readonly version: number }> {
  return request("PUT", `/api/clients/${clientId}`, { body: { version, client } });
}

export function saveIntakeSection<S extends IntakeSection>(
  clientId: string,
  section: S,
  version: number,
  content: Intake[S],
): Promise<{ readonly version: number; readonly savedAt: string }> {
  return request("PUT", `/api/clients/${clientId}/intake/${section}`, { body: { version, content }, keepalive: true });
}

/** Saves a diagnosis. There is one principal diagnosis: whichever was it before is co-occurring from then on, in the chart on screen too. */
export async function saveDiagnosis(clientId: string, version: number, diagnosis: Diagnosis): Promise<{ readonly version: number }> {
  const saved = await request<{ readonly version: number; readonly demoted: readonly { readonly id: string; readonly version: number }[] }>(
    "PUT",
    `/api/clients/${clientId}/diagnoses/${diagnosis.id}`,
    { body: { version, diagnosis }, keepalive: true },
  );
  changeChart(clientId, (chart) => ({
    ...chart,
    diagnoses: chart.diagnoses.map((other) => {
      const now = saved.demoted.find(({ id }) => id === other.id);
      return now === undefined ? other : { ...other, rank: "co-occurring", version: now.version };
    }),
  }));
  return { version: saved.version };
}

export function addAdministration(
  clientId: string,
  administration: Administration,
): Promise<{ readonly id: string; readonly score: Score; readonly flags: readonly ItemFlag[] }> {
  return request("POST", `/api/clients/${clientId}/administrations`, { body: { administration }, keepalive: true });
}

export function markEnteredInError(clientId: string, administrationId: string, reason: string): Promise<void> {
  return request("POST", `/api/clients/${clientId}/administrations/${administrationId}/error`, { body: { reason } });
}

/** Puts a corrected entry in place of version `version` of it; what it said before is kept. */
export function correctAdministration(
  clientId: string,
  version: number,
  administration: Administration,
  reason: string,
): Promise<{ readonly version: number }> {
  return request("PUT", `/api/clients/${clientId}/administrations/${administration.id}`, { body: { version, administration, reason } });
}

/** What an entry said before each of its corrections. */
export interface Correction {
  readonly version: number;
  readonly content: Administration;
  readonly reason: string;
  readonly replacedAt: string;
  readonly replacedBy: string;
}

export const correctionsQuery = (clientId: string, administrationId: string, version: number) =>
  queryOptions({
    queryKey: ["corrections", clientId, administrationId, version],
    queryFn: async ({ signal }) =>
      (
        await request<{ readonly history: readonly Correction[] }>(
          "GET",
          `/api/clients/${clientId}/administrations/${administrationId}/history`,
          { signal },
        )
      ).history,
    // What was kept never changes; another version has another key.
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Drafts a plan from the record, or finds the draft that is already there. */
export function draftPlan(clientId: string): Promise<{ readonly planId: string }> {
  return request("POST", `/api/clients/${clientId}/plans`, { body: {} });
}
