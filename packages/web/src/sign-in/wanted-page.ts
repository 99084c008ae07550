/** The page that somebody wanted before the sign-in came between; addresses hold nothing but opaque ids. */
const key = "trellis.wanted";

export function rememberWanted(path: string): void {
  if (path !== "/") sessionStorage.setItem(key, path);
}

/** Where to go after signing in: once the page that was wanted, otherwise the first one. */
export function takeWanted(): string {
  const path = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  return path?.startsWith("/") === true && !path.startsWith("//") ? path : "/";
}
