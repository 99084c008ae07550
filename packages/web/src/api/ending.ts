import { queryOptions } from "@tanstack/react-query";
import type { EndingSummary, SummaryKind } from "@trellis/domain/ending/summary";
import type { CriterionJudgement, Episode, EpisodeEnd } from "@trellis/domain/episode/episode";
import type { Intake } from "@trellis/domain/intake/intake";
import { request } from "./client.ts";
import { chartQuery } from "./clients.ts";
import { queryClient } from "./query-client.ts";
import { treatmentChanged } from "./treatment.ts";

export interface StoredSummary {
  readonly id: string;
  readonly version: number;
  readonly content: EndingSummary;
  readonly savedAt: string;
  readonly savedBy: string;
  readonly signed: { readonly at: string; readonly name: string; readonly credentials: string; readonly hash: string } | null;
}

export interface Ending {
  /** Private links that end with the treatment and can still be opened. */
  readonly links: number;
  /** The newest first. */
  readonly summaries: readonly StoredSummary[];
}

export const endingQuery = (clientId: string) =>
  queryOptions({
    queryKey: ["ending", clientId],
    queryFn: ({ signal }) => request<Ending>("GET", `/api/clients/${clientId}/ending`, { signal }),
    staleTime: 0,
  });

/** Puts a summary as the server has it where the screen reads it. */
export function keepSummary(clientId: string, summary: StoredSummary): void {
  queryClient.setQueryData<Ending>(endingQuery(clientId).queryKey, (ending) =>
    ending === undefined
      ? ending
      : {
          ...ending,
          summaries: ending.summaries.some(({ id }) => id === summary.id)
            ? ending.summaries.map((other) => (other.id === summary.id ? summary : other))
            : [summary, ...ending.summaries],
        },
  );
}

/** After something about the episode was saved: the chart, the treatment and the lists show it too. */
export async function episodeChanged(clientId: string): Promise<void> {
  await Promise.all([
    treatmentChanged(clientId),
    queryClient.invalidateQueries({ queryKey: chartQuery(clientId).queryKey }),
    queryClient.invalidateQueries({ queryKey: endingQuery(clientId).queryKey }),
    queryClient.invalidateQueries({ queryKey: ["clients"] }),
    queryClient.invalidateQueries({ queryKey: ["due"] }),
    queryClient.invalidateQueries({ queryKey: ["follow-ups-due"] }),
  ]);
}

/** Which episode a change is about: its id and version, or those of the first one that there is no row of yet. */
export interface EpisodeVersion {
  readonly id: string;
  readonly version: number;
  readonly openedOn: string;
}

export function saveCourseOfEnding(
  clientId: string,
  episode: EpisodeVersion,
  course: { readonly criteria: readonly CriterionJudgement[]; readonly plannedEnd: string | null },
): Promise<{ readonly version: number; readonly content: Episode }> {
  return request("PUT", `/api/clients/${clientId}/episode`, { body: { ...episode, ...course } });
}

export function endEpisode(
  clientId: string,
  episode: EpisodeVersion,
  given: { readonly endedOn: string; readonly end: EpisodeEnd; readonly cancelAppointments: boolean; readonly closeHomework: boolean },
): Promise<{ readonly version: number; readonly appointments: number; readonly links: number }> {
  return request("POST", `/api/clients/${clientId}/episode/end`, { body: { ...episode, ...given } });
}

export function resumeEpisode(clientId: string, version: number): Promise<{ readonly version: number }> {
  return request("POST", `/api/clients/${clientId}/episode/resume`, { body: { version } });
}

export function saveFollowUps(
  clientId: string,
  version: number,
  followUps: EpisodeEnd["followUps"],
): Promise<{ readonly version: number }> {
  return request("PUT", `/api/clients/${clientId}/episode/follow-ups`, { body: { version, followUps } });
}

export function beginEpisode(
  clientId: string,
  given: {
    readonly id: string;
    readonly openedOn: string;
    readonly broughtBack: string;
    readonly remember: Intake["priorTreatment"]["treatments"][number] | null;
  },
): Promise<{ readonly number: number }> {
  return request("POST", `/api/clients/${clientId}/episodes`, { body: given });
}

const summaryAt = (clientId: string, id: string) => `/api/clients/${clientId}/discharge-summaries/${id}`;

/** Drafts a summary from the record, or finds the draft of this kind that is there. */
export function draftSummary(clientId: string, id: string, kind: SummaryKind): Promise<StoredSummary> {
  return request("POST", `/api/clients/${clientId}/discharge-summaries`, { body: { id, kind } });
}

export function saveSummary(
  clientId: string,
  id: string,
  version: number,
  content: EndingSummary,
): Promise<{ readonly version: number; readonly savedAt: string }> {
  return request("PUT", summaryAt(clientId, id), { body: { version, content }, keepalive: true });
}

/** Drafts it anew from the record as it is now; what was changed by hand stays. */
export function redraftSummary(clientId: string, id: string, version: number): Promise<StoredSummary> {
  return request("POST", `${summaryAt(clientId, id)}/redraft`, { body: { version } });
}

export function signSummary(clientId: string, id: string, version: number, password: string): Promise<StoredSummary> {
  return request("POST", `${summaryAt(clientId, id)}/signature`, { body: { version, password } });
}

export function throwSummaryAway(clientId: string, id: string, reason: string): Promise<void> {
  return request("DELETE", summaryAt(clientId, id), { body: { reason } });
}

export const summaryDocument = (clientId: string, id: string): string => `${summaryAt(clientId, id)}/document.pdf`;

/** A follow-up after treatment that can be asked for now. */
export interface FollowUpLine {
  readonly clientId: string;
  readonly name: string;
  readonly calledName: string;
  readonly isPracticeClient: boolean;
  readonly endedOn: string;
  readonly date: string;
  /** Those of its measures that have not been answered yet. */
  readonly measures: readonly string[];
  readonly askedAt: string | null;
}

export const followUpsDueQuery = (of: "mine" | "all") =>
  queryOptions({
    queryKey: ["follow-ups-due", of],
    queryFn: ({ signal }) => request<{ today: string; lines: readonly FollowUpLine[] }>("GET", `/api/follow-ups-due?of=${of}`, { signal }),
    staleTime: 0,
  });
