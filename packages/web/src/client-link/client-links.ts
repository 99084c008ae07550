import { queryOptions } from "@tanstack/react-query";
import type { LinkKind } from "@trellis/domain/client-link/client-link";
import type { ClientsPart } from "@trellis/domain/review/review";
import { type MadeLink, when } from "../answer-link/answer-links.ts";
import { request } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";

/** A private link to homework, the client's part of a review, or a plan that belongs to the client. */
export interface ClientLink {
  readonly id: string;
  readonly kind: LinkKind;
  /** The homework or review; `null` for a document. */
  readonly subjectId: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string;
  readonly openedAt: string | null;
  readonly savedAt: string | null;
  readonly finishedAt: string | null;
  /** In how many browsers it was opened. */
  readonly browsers: number;
  readonly state: "open" | "opened" | "filled" | "finished" | "expired" | "withdrawn";
  /** What the client answered before a review, as far as it has come; `null` for every other link. */
  readonly clientsPart: ClientsPart | null;
}

export const clientLinksQuery = (clientId: string) =>
  queryOptions({
    queryKey: ["client-links", clientId],
    queryFn: ({ signal }) =>
      request<{ readonly links: readonly ClientLink[]; readonly publicAddress: boolean }>("GET", `/api/clients/${clientId}/client-links`, {
        signal,
      }),
    // Every reading stands in the client's access log.
    staleTime: 60_000,
  });

export const clientLinksChanged = (clientId: string) => queryClient.invalidateQueries({ queryKey: clientLinksQuery(clientId).queryKey });

export interface NewLink {
  /** Made by the browser, so that sending it again makes one link. */
  readonly id: string;
  readonly kind: LinkKind;
  readonly subjectId: string | null;
  readonly days?: number;
}

export function makeClientLink(clientId: string, link: NewLink): Promise<MadeLink> {
  return request("POST", `/api/clients/${clientId}/client-links`, { body: link });
}

export function withdrawClientLink(clientId: string, id: string): Promise<void> {
  return request("DELETE", `/api/clients/${clientId}/client-links/${id}`);
}

/** Whether the link still opens something. */
export const isLive = ({ state }: ClientLink) => state === "open" || state === "opened" || state === "filled";

/** How a link stands, in a sentence. */
export function linkWords({ kind, state, expiresAt, openedAt, savedAt, finishedAt, browsers }: ClientLink): string {
  const until = `It works until ${when(expiresAt)}.`;
  switch (state) {
    case "open":
      return `Not opened yet. ${until}`;
    case "opened":
      return `Opened ${openedAt === null ? "" : when(openedAt)}${browsers > 1 ? `, in ${browsers} browsers so far` : ""}. ${until}`;
    case "filled":
      return `Filled in, last ${savedAt === null ? "" : when(savedAt)}; the client may go on. ${until}`;
    case "finished":
      return kind === "homework" && savedAt === null
        ? "Looked at together; nothing was filled in by it."
        : `The client has finished${finishedAt === null ? "" : `, ${when(finishedAt)}`}.`;
    case "expired":
      return `It ran out ${when(expiresAt)}.`;
    case "withdrawn":
      return "Withdrawn.";
  }
}
