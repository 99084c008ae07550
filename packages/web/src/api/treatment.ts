import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import type { ClientDocumentKind } from "@trellis/domain/client-document/client-document";
import type { SessionDetail, SessionRecord } from "@trellis/domain/course/session";
import type { Episode } from "@trellis/domain/episode/episode";
import type { AssignedHomework, HomeworkEntry } from "@trellis/domain/homework/assigned-homework";
import type { NoteHead } from "@trellis/domain/note/note";
import type { CareDecision } from "@trellis/domain/off-track/care-decision";
import type { OutlineCourse } from "@trellis/domain/outline/outline-course";
import type { Review } from "@trellis/domain/review/review";
import type { Appointment } from "@trellis/domain/schedule/appointment";
import type { PayerAuthorization } from "@trellis/domain/schedule/payer-authorization";
import type { Series } from "@trellis/domain/schedule/series";
import { request } from "./client.ts";
import { queryClient } from "./query-client.ts";

export interface Kept<T> {
  readonly id: string;
  readonly version: number;
  readonly content: T;
}

export type TreatmentAppointment = Appointment & { readonly version: number; readonly clinicianName: string };

export interface TreatmentNote {
  readonly id: string;
  readonly version: number;
  readonly kind: "progress" | "discharge" | "transfer";
  readonly sessionId: string | null;
  readonly date: string;
  readonly authorId: string;
  readonly authorName: string;
  /** Of a progress note, without its narrative; `null` of a summary. */
  readonly head: NoteHead | null;
  readonly signedAt: string | null;
  readonly signedName: string | null;
  readonly addenda: number;
}

export interface TreatmentHomework extends Kept<AssignedHomework> {
  /** What the client filled in by link so far. */
  readonly byLink: { readonly entries: readonly HomeworkEntry[]; readonly savedAt: string; readonly finished: boolean } | null;
}

export interface TreatmentReview extends Kept<Review> {
  readonly state: "open" | "done" | "abandoned";
  readonly ledTo: number | null;
  readonly closedAt: string | null;
  readonly by: string;
}

/** A version of a document of the client's; its content is parsed by its kind (`clientDocuments`). */
export interface TreatmentDocument {
  readonly kind: ClientDocumentKind;
  readonly revision: number;
  readonly version: number;
  readonly content: unknown;
  readonly savedAt: string;
  readonly finishedAt: string | null;
  readonly by: string;
}

/** What happened in the course of a client's treatment besides scores. */
export interface Treatment {
  readonly appointments: readonly TreatmentAppointment[];
  readonly sessions: readonly (SessionRecord & { readonly version: number; readonly detail: SessionDetail })[];
  readonly series: readonly Kept<Series>[];
  readonly authorizations: readonly Kept<PayerAuthorization>[];
  readonly notes: readonly TreatmentNote[];
  readonly homework: readonly TreatmentHomework[];
  readonly outlines: readonly Kept<OutlineCourse>[];
  readonly reviews: readonly TreatmentReview[];
  readonly decisions: readonly { readonly id: string; readonly content: CareDecision; readonly at: string; readonly by: string }[];
  readonly documents: readonly TreatmentDocument[];
  readonly episodes: readonly Kept<Episode>[];
}

export const treatmentQuery = (clientId: string) =>
  queryOptions({
    queryKey: ["treatment", clientId],
    queryFn: ({ signal }) => request<Treatment>("GET", `/api/clients/${clientId}/treatment`, { signal }),
    // Every reading stands in the client's access log, as those of the chart.
    staleTime: 60_000,
  });

/** The course of the treatment; screens inside the client's frame share it. */
export function useTreatment(clientId: string): Treatment {
  return useSuspenseQuery(treatmentQuery(clientId)).data;
}

/** To be fetched again the next time it is looked at, after something in it was saved. */
export function treatmentChanged(clientId: string): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: treatmentQuery(clientId).queryKey });
}
