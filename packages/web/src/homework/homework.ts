import { formatDate, type IsoDate } from "@trellis/domain/calendar/date";
import type { AssignedHomework, HomeworkEntry, HomeworkField } from "@trellis/domain/homework/assigned-homework";
import type { HomeworkState } from "@trellis/domain/homework/open-homework";
import type { HomeworkOutcome } from "@trellis/domain/note/note";
import { request } from "../api/client.ts";
import type { Treatment, TreatmentHomework } from "../api/treatment.ts";
import { treatmentChanged } from "../api/treatment.ts";
import { clientLinksChanged } from "../client-link/client-links.ts";

/** Saves homework, or the change of it; `version` is 0 for what is new. The treatment is fetched anew afterwards, also where somebody else was faster. */
export async function saveHomework(clientId: string, id: string, version: number, content: AssignedHomework): Promise<void> {
  try {
    await request("PUT", `/api/clients/${clientId}/homework/${id}`, { body: { version, content } });
  } finally {
    // A link to it may have ended with it.
    void clientLinksChanged(clientId);
    await treatmentChanged(clientId);
  }
}

export const sheetAddress = (clientId: string, id: string) => `/api/clients/${clientId}/homework/${id}/sheet.pdf`;

export const outcomeWords: Record<HomeworkOutcome, string> = { done: "Done", partly: "Done in part", "not-done": "Not done" };

/** How homework stands, in a few words. */
export function stateWords({
  state,
  content: { dueOn, assignedOn },
  byLink,
}: TreatmentHomework & { readonly state: HomeworkState }): string {
  if (byLink?.finished === true) return "Sent by the client";
  if (state === "overdue" && dueOn !== null) return `Was for ${formatDate(dueOn)}, not looked at yet`;
  if (state === "to-look-at" && dueOn !== null) return `For ${formatDate(dueOn)}: time to look at it`;
  return dueOn === null ? `Given ${formatDate(assignedOn)}` : `Until ${formatDate(dueOn)}`;
}

/** When homework is usually for: the next appointment, else a week from now. */
export function usualDueDate({ appointments }: Pick<Treatment, "appointments">, today: IsoDate, weekFromNow: IsoDate): IsoDate {
  return (
    appointments
      .map(({ date }) => date)
      .filter((date) => date > today)
      .toSorted()[0] ?? weekFromNow
  );
}

/** One answer as people read it. */
export function answerWords({ kind }: Pick<HomeworkField, "kind">, value: string): string {
  if (kind === "yes-no") return value === "yes" ? "Yes" : value === "no" ? "No" : value;
  if (kind === "date" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(value);
  return kind === "rating" && value !== "" ? `${value} of 10` : value;
}

/** A form in which something stands besides its day. */
export const isFilled = (fields: readonly HomeworkField[], entry: HomeworkEntry) =>
  Object.entries(entry).some(([id, value]) => value.trim() !== "" && fields.find((field) => field.id === id)?.kind !== "date");
