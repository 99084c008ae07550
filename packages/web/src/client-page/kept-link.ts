import { keptByLink, randomKey } from "../answer/kept-by-link.ts";
import type { Unsent } from "../answer/sender.ts";
import type { Opened } from "./link.ts";
import { forgetPageFiles } from "./page-files.ts";

/** What this browser keeps of a private link. */
export interface KeptLink {
  /** Made here, at random: by it the server knows the browser that began. */
  readonly browserKey: string;
  /** What was filled in and has not arrived yet. */
  readonly unsent: Unsent<unknown>;
  /** What the page showed last, to be there without a connection; only of what is worth having then. */
  readonly page?: Opened | undefined;
  /** The client wants nothing kept on this phone. */
  readonly notHere?: boolean | undefined;
}

const store = keptByLink<KeptLink>("trellis-link");

/** What is kept of this link; `null` when it has not been opened in this browser. */
export const keptOf = store.read;

/** Changes what is kept, and says whether it outlives the page. */
export function keepOf(token: string, change: Partial<KeptLink>): boolean {
  return store.keep(token, { ...(store.read(token) ?? { browserKey: randomKey(), unsent: {} }), ...change });
}

/** What has to be there without a connection: plans for bad days, and homework. What a client thinks of the therapy does not stay on a phone. */
export const isKept = ({ shown: { kind }, state }: Opened) => kind !== "review" && state === "open";

/** Where nothing is kept any more, the page's own files need not be there either. */
export async function tidyUp(): Promise<void> {
  if (store.all().every(({ page }) => page === undefined)) await forgetPageFiles();
}

/** Forgets what a page showed. The key stays: by it the link goes on opening here. */
export async function forget(token: string, change: Pick<KeptLink, "notHere">): Promise<void> {
  keepOf(token, { page: undefined, unsent: {}, ...change });
  await tidyUp();
}
