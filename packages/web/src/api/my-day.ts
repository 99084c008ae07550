import { queryOptions } from "@tanstack/react-query";
import type { Attendance } from "@trellis/domain/course/session";
import type { AppointmentDetail } from "@trellis/domain/schedule/appointment";
import type { SignatureRole } from "@trellis/domain/signature/signature";
import { request } from "./client.ts";

interface Named {
  readonly clientId: string;
  readonly name: string;
  readonly isPracticeClient: boolean;
}

/** A session of the day with what its chart holds ready. */
export interface DaySession extends Named {
  readonly id: string;
  readonly startTime: string;
  readonly detail: AppointmentDetail;
  /** `null` while nobody has said whether it took place. */
  readonly attendance: Attendance | null;
  readonly noteId: string | null;
  readonly noteSigned: boolean;
  readonly homeworkOpen: number;
  readonly alerts: number;
  readonly reviewDue: string | null;
  /** Title of the next session of the course that the plan follows. */
  readonly outline: string | null;
  readonly measuresDue: readonly { readonly id: string; readonly name: string; readonly canBeAnswered: boolean }[];
}

export interface DayNote {
  readonly kind: "unwritten" | "draft";
  readonly clientId: string;
  readonly given: string;
  readonly family: string;
  readonly date: string;
  readonly sessionId: string | null;
  readonly noteId: string | null;
  /** When it is to be signed, as an instant. */
  readonly dueAt: string;
}

export interface DayReview extends Named {
  readonly reviewDue: string;
  /** Days from today; negative for overdue. */
  readonly days: number;
  readonly state: "due" | "overdue" | "open" | "draft";
  readonly planId: string;
  readonly reviewId: string | null;
  readonly clientsPart: "none" | "asked" | "answered";
}

export interface DayPlan extends Named {
  readonly planId: string;
  readonly revision: number;
  readonly state: "draft" | "signing" | "awaiting-co-signature";
  readonly updatedAt: string;
  readonly signed: readonly SignatureRole[];
}

export interface DayHomework extends Named {
  readonly homeworkId: string;
  readonly title: string;
  readonly savedAt: string;
  readonly finished: boolean;
}

export interface DayFollowUp extends Named {
  readonly endedOn: string;
  readonly date: string;
  readonly measures: readonly string[];
  readonly askedAt: string | null;
}

/** A plan of somebody supervised that waits for the supervisor. */
export interface DayCoSignature {
  readonly planId: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly revision: number;
  /** Who signed it as its clinician. */
  readonly author: string;
  readonly since: string;
  /** Why it differs from the last signed revision; "" for a first plan. */
  readonly reason: string;
}

/** The first of a list, and how many there are. */
export interface Shown<T> {
  readonly lines: readonly T[];
  readonly count: number;
}

export interface MyDay {
  readonly today: string;
  readonly sessions: readonly DaySession[];
  readonly notes: Shown<DayNote>;
  readonly reviews: Shown<DayReview>;
  readonly plans: Shown<DayPlan>;
  readonly homework: Shown<DayHomework>;
  readonly followUps: Shown<DayFollowUp>;
  /** `null` for somebody who supervises nobody. */
  readonly coSignature: Shown<DayCoSignature> | null;
  /** Measures due over all own clients within the week. */
  readonly measuresDue: number;
}

export const myDayQuery = queryOptions({
  queryKey: ["my-day"],
  queryFn: ({ signal }) => request<MyDay>("GET", "/api/my-day", { signal }),
  // Whoever comes back from doing something sees it gone.
  staleTime: 0,
});
