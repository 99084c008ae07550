import type { LinkShown } from "@trellis/domain/client-link/client-link";
import { askServer } from "../answer/ask-server.ts";

/** What the server hands out of a link (`server/src/client-link/link-page-routes.ts`). */
export interface Opened {
  readonly state: "open" | "finished";
  readonly shown: LinkShown;
  /** What was filled in so far, by the kind of the link; `null` before that. */
  readonly answers: unknown;
  /** The number of the last sending that arrived. */
  readonly seq: number;
  /** Where help is in a crisis. */
  readonly crisis: string;
}

export interface SavedLink {
  readonly seq: number;
  readonly finished: boolean;
  /** It was over before these answers had arrived: nobody reads them. */
  readonly late?: boolean;
}

/** What a link's page is given: the link, who may use it, and what is said when it can be used no longer. */
export interface LinkOf<K extends LinkShown["kind"]> {
  readonly token: string;
  readonly link: Opened;
  readonly shown: Extract<LinkShown, { kind: K }>;
}

export const openLink = (shown: { readonly token: string; readonly browserKey: string }) => askServer<Opened>("link/open", shown);
