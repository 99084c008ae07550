/** The name under which the page's own files are put aside. */
const putAside = "trellis-link";

/**
 * Puts the page's own files aside, so that it opens without a connection. False where this browser cannot (a page without https, or storage switched off).
 */
export async function putPageAside(): Promise<boolean> {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return false;
  try {
    await navigator.serviceWorker.register("/link-worker.js", { scope: "/link" });
    await navigator.serviceWorker.ready;
    await document.fonts.ready;
    const cache = await caches.open(putAside);
    const page = await fetch("/link", { cache: "no-cache", credentials: "omit" });
    if (!page.ok) return (await cache.match("/link")) !== undefined;
    const html = await page.clone().text();
    // What the page names, and what came by way of it: the fonts in use.
    const named = html.match(/\/assets\/[\w.-]+/g) ?? [];
    const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
    const files = new Set([...named, ...loaded.filter((path) => path.startsWith("/assets/"))]);
    for (const path of files) if ((await cache.match(path, { ignoreVary: true })) === undefined) await cache.add(path);
    await cache.put("/link", page);
    for (const { url } of await cache.keys()) {
      const { pathname } = new URL(url);
      if (pathname !== "/link" && !files.has(pathname)) await cache.delete(url, { ignoreVary: true });
    }
    return true;
  } catch {
    return false;
  }
}

/** Whether the files are put aside already: asked where there is no connection to do it anew. */
export async function pageIsPutAside(): Promise<boolean> {
  try {
    return "caches" in window && navigator.serviceWorker?.controller !== null && (await caches.match("/link")) !== undefined;
  } catch {
    return false;
  }
}

export async function forgetPageFiles(): Promise<void> {
  try {
    await caches.delete(putAside);
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  } catch {
    // Nothing was put aside.
  }
}
