/** A short name for a link, from which nobody finds the link again (32-bit FNV-1a: the token itself is not kept). */
function nameOf(token: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < token.length; i += 1) hash = Math.imul(hash ^ token.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}

/** A key that a browser makes for itself: 32 random bytes in base64url. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** Where the browser keeps nothing (storage is switched off), the page works as long as it is open. */
const inMemory = new Map<string, string>();

/** What a browser keeps of its private links, each under a name made from its token. */
export function keptByLink<T>(page: string) {
  const name = (token: string) => `${page}/${nameOf(token)}`;
  return {
    read(token: string): T | null {
      try {
        const text = inMemory.get(name(token)) ?? localStorage.getItem(name(token));
        return text === null ? null : (JSON.parse(text) as T);
      } catch {
        return null;
      }
    },
    /** False where it is kept only as long as the page is open. */
    keep(token: string, kept: T): boolean {
      const text = JSON.stringify(kept);
      try {
        localStorage.setItem(name(token), text);
        inMemory.delete(name(token));
        return true;
      } catch {
        inMemory.set(name(token), text);
        return false;
      }
    },
    /** Everything that is kept of this page's links. */
    all(): readonly T[] {
      try {
        return Object.keys(localStorage).flatMap((key) => {
          const text = key.startsWith(`${page}/`) ? localStorage.getItem(key) : null;
          return text === null ? [] : [JSON.parse(text) as T];
        });
      } catch {
        return [];
      }
    },
  };
}
