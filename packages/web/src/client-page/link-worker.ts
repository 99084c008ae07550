/**
 * Opens a client's page where there is no connection, from the files that the page itself has put aside (`page-files.ts`). It stands before this page alone,
 * never before the app, and keeps nothing by itself.
 */
export {};

/** A connection that does not answer within so many ms is none. */
const patience = 4_000;

interface LastingEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
const worker = self as unknown as { skipWaiting(): Promise<void>; readonly clients: { claim(): Promise<void> } };

addEventListener("install", () => void worker.skipWaiting());
addEventListener("activate", (event) => (event as LastingEvent).waitUntil(worker.clients.claim()));

addEventListener("fetch", (event) => {
  const { request, respondWith } = event as FetchEvent;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname === "/link") respondWith.call(event, page(request));
  else if (pathname.startsWith("/assets/")) respondWith.call(event, file(request));
});

const kept = (path: string) => caches.match(path, { ignoreSearch: true, ignoreVary: true });

/** The page as the server has it now; the one put aside where the server cannot be reached, is too slow or has a fault. */
async function page(request: Request): Promise<Response> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience));
  const fresh = fetch(request).catch(() => null);
  const first = await Promise.race([fresh, late]);
  if (first?.ok) return first;
  return (await kept("/link")) ?? first ?? (await fresh) ?? Response.error();
}

/** Names of files change with their content: what is put aside is right. */
async function file(request: Request): Promise<Response> {
  return (await kept(new URL(request.url).pathname)) ?? fetch(request);
}
