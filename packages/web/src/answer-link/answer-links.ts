import { queryOptions } from "@tanstack/react-query";
import { ageInYears, daysBetween, formatDate, type IsoDate } from "@trellis/domain/calendar/date";
import { canBeAnswered, type Measure } from "@trellis/domain/measures/measure";
import { request } from "../api/client.ts";
import type { Chart } from "../api/clients.ts";
import { completed } from "../client/alerts.ts";

export interface AnswerLink {
  readonly id: string;
  readonly measures: readonly string[];
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string;
  readonly openedAt: string | null;
  readonly finishedAt: string | null;
  readonly state: "open" | "opened" | "finished" | "expired" | "withdrawn";
}

export interface MadeLink {
  readonly id: string;
  /** Told this once. */
  readonly link: string;
  readonly expiresAt: string;
  /** The server has an address under which others reach it. */
  readonly publicAddress: boolean;
}

export const answerLinksQuery = (clientId: string) =>
  queryOptions({
    queryKey: ["answer-links", clientId],
    queryFn: () =>
      request<{ readonly links: readonly AnswerLink[]; readonly publicAddress: boolean }>("GET", `/api/clients/${clientId}/answer-links`),
  });

export function makeAnswerLink(clientId: string, measures: readonly string[], hours: number): Promise<MadeLink> {
  return request("POST", `/api/clients/${clientId}/answer-links`, { body: { measures, hours } });
}

export function withdrawAnswerLink(clientId: string, id: string): Promise<void> {
  return request("DELETE", `/api/clients/${clientId}/answer-links/${id}`);
}

export const when = (instant: string) => new Date(instant).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });

/** How a link stands, in a sentence. */
export function stateWords({ state, expiresAt, openedAt, finishedAt }: AnswerLink): string {
  switch (state) {
    case "open":
      return `Not opened yet. It works until ${when(expiresAt)}.`;
    case "opened":
      return `Opened ${openedAt === null ? "" : when(openedAt)}, not finished. It works until ${when(expiresAt)}.`;
    case "finished":
      return `Answered ${finishedAt === null ? "" : when(finishedAt)}.`;
    case "expired":
      return openedAt === null
        ? `Never opened. It ran out ${when(expiresAt)}.`
        : `Opened, but not finished. It ran out ${when(expiresAt)}.`;
    case "withdrawn":
      return "Withdrawn.";
  }
}

/** Measures that this client can answer alone: their words are here, and the practice still uses them. */
export function answerableMeasures(measures: readonly Measure[], { measures: { own } }: Pick<Chart, "measures">): readonly Measure[] {
  const retired = new Set(own.flatMap(({ measure, retired: is }) => (is ? [measure.id] : [])));
  return measures.filter((measure) => canBeAnswered(measure) && !retired.has(measure.id));
}

/** The measures to choose from: those in use with this client first, those made for people of another age last. */
export function choices(
  measures: readonly Measure[],
  { administrations, client }: Pick<Chart, "administrations" | "client">,
  today: IsoDate,
): { readonly title: string; readonly measures: readonly Measure[] }[] {
  const age = ageInYears(client.birthDate, today);
  const given = new Set(completed(administrations).map(({ measure }) => measure));
  const group = ({ id, ages }: Measure) =>
    given.has(id) ? "In use" : age >= ages.from && (ages.to === undefined || age <= ages.to) ? "Not given yet" : "Made for another age";
  return ["In use", "Not given yet", "Made for another age"].flatMap((title) => {
    const some = measures.filter((measure) => group(measure) === title).toSorted((a, b) => a.name.localeCompare(b.name));
    return some.length === 0 ? [] : [{ title, measures: some }];
  });
}

/** When each measure was answered last, in words, and which of those in use are due again. */
export function lastAnswered(
  measures: readonly Measure[],
  { administrations }: Pick<Chart, "administrations">,
  today: IsoDate,
): { readonly words: ReadonlyMap<string, string>; readonly due: readonly string[] } {
  const last = new Map<string, string>();
  for (const { measure, date } of completed(administrations)) if (date > (last.get(measure) ?? "")) last.set(measure, date);
  return {
    words: new Map([...last].map(([id, date]) => [id, `last on ${formatDate(date)}`])),
    due: measures.flatMap(({ id, interval }) => {
      const date = last.get(id);
      return date !== undefined && interval !== null && daysBetween(date, today) >= interval.usualDays ? [id] : [];
    }),
  };
}
