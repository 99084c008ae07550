import { daysBetween, formatDate } from "@trellis/domain/calendar/date";
import type { ClientLine } from "../api/clients.ts";

/** Where a client's plan stands, in a few words for the list. */
export function planWords(
  line: Pick<ClientLine, "planStatus" | "reviewDue" | "endedOn">,
  today: string,
): { readonly text: string; readonly tone: "quiet" | "notice" | "attention" } {
  if (line.endedOn != null) return { text: `Treatment ended ${formatDate(line.endedOn)}`, tone: "quiet" };
  if (line.planStatus === null) return { text: "No plan yet", tone: "notice" };
  if (line.planStatus === "draft") return { text: "Plan in draft", tone: "notice" };
  if (line.planStatus !== "active")
    return {
      text: line.planStatus === "completed" ? "Plan completed" : line.planStatus === "on-hold" ? "Plan on hold" : "No plan in force",
      tone: "quiet",
    };
  if (line.reviewDue === null) return { text: "Plan in force", tone: "quiet" };
  const days = daysBetween(today, line.reviewDue);
  if (days < 0) return { text: `Review was due ${formatDate(line.reviewDue)}`, tone: "attention" };
  if (days <= 7)
    return { text: days === 0 ? "Review due today" : days === 1 ? "Review due tomorrow" : `Review due in ${days} days`, tone: "notice" };
  return { text: `Review due ${formatDate(line.reviewDue)}`, tone: "quiet" };
}

/** Which line of a list a key leads to from line `at` (-1 is the search above it); `null` when the key means nothing here. */
export function nextInList(key: string, at: number, length: number): number | null {
  if (length === 0) return null;
  if (key === "ArrowDown") return Math.min(at + 1, length - 1);
  if (key === "ArrowUp") return at === -1 ? null : at - 1;
  if (at !== -1 && key === "Home") return 0;
  if (at !== -1 && key === "End") return length - 1;
  return null;
}
