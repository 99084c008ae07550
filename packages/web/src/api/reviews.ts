import { queryOptions } from "@tanstack/react-query";
import type { ClientsPart, Review } from "@trellis/domain/review/review";
import { request } from "./client.ts";

/** What the client answered by the newest private link to a review. */
export interface ReviewByLink {
  readonly answers: ClientsPart | null;
  readonly sentAt: string;
  readonly savedAt: string | null;
  readonly finished: boolean;
  readonly withdrawn: boolean;
}

/** One review as the server has it. */
export interface OpenReview {
  readonly id: string;
  readonly planId: string;
  /** The signed revision that it looks at. */
  readonly revision: number;
  readonly state: "open" | "done" | "abandoned";
  readonly content: Review;
  readonly version: number;
  readonly ledTo: number | null;
  readonly savedBy: string;
  readonly byLink: ReviewByLink | null;
  /** A draft of the next revision that is there already. */
  readonly draftRevision: number | null;
  readonly newestRevision: number;
}

export const reviewQuery = (clientId: string, reviewId: string) =>
  queryOptions({
    queryKey: ["review", clientId, reviewId],
    queryFn: ({ signal }) => request<OpenReview>("GET", `/api/clients/${clientId}/reviews/${reviewId}`, { signal }),
    // Every reading stands in the client's access log.
    staleTime: 30_000,
  });

/** Opens the review of a plan, or finds the one that is open. The id is made here, so that asking twice opens one. */
export function openReview(clientId: string, planId: string, id: string): Promise<{ readonly id: string; readonly found: boolean }> {
  return request("POST", `/api/clients/${clientId}/plans/${planId}/reviews`, { body: { id } });
}

export function saveReview(clientId: string, reviewId: string, version: number, content: Review): Promise<{ readonly version: number }> {
  return request("PUT", `/api/clients/${clientId}/reviews/${reviewId}`, { body: { version, content }, keepalive: true });
}

/** Makes the draft of the next revision out of the review and closes it. */
export function completeReview(
  clientId: string,
  reviewId: string,
  version: number,
  content: Review,
): Promise<{ readonly planId: string; readonly revision: number }> {
  return request("POST", `/api/clients/${clientId}/reviews/${reviewId}/completion`, { body: { version, content } });
}

export function abandonReview(clientId: string, reviewId: string, version: number, reason: string): Promise<void> {
  return request("POST", `/api/clients/${clientId}/reviews/${reviewId}/abandonment`, { body: { version, reason } });
}

/** Turns an open review to the revision that was signed meanwhile. */
export function renewReview(clientId: string, reviewId: string, version: number): Promise<{ readonly version: number }> {
  return request("POST", `/api/clients/${clientId}/reviews/${reviewId}/renewal`, { body: { version } });
}

/** A plan in force whose review is due, overdue or begun. */
export interface ReviewLine {
  readonly clientId: string;
  readonly name: string;
  readonly calledName: string;
  readonly isPracticeClient: boolean;
  readonly planId: string;
  readonly revision: number;
  readonly reviewDue: string;
  /** Days from today; negative for overdue. */
  readonly days: number;
  readonly state: "due" | "overdue" | "open" | "draft";
  readonly reviewId: string | null;
  readonly draftRevision: number | null;
  readonly clientsPart: "none" | "asked" | "answered";
}

export const reviewsDueQuery = (of: "mine" | "all") =>
  queryOptions({
    queryKey: ["reviews-due", of],
    queryFn: ({ signal }) =>
      request<{ readonly today: string; readonly lines: readonly ReviewLine[] }>("GET", `/api/reviews/due?of=${of}`, { signal }),
    staleTime: 0,
  });
