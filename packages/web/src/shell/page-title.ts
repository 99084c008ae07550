import { useEffect } from "react";

/** The title of the browser tab. It may be seen by anybody who walks past: initials at most, never a client's name. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Trellis`;
  }, [title]);
}

/** "J. D." for Jordan Doe: as much of a name as the title of a tab may carry. */
export function initials(name: { readonly given: string; readonly family: string; readonly chosen?: string }): string {
  return [name.chosen || name.given, name.family]
    .map((part) => [...part.trim()][0])
    .filter((letter) => letter !== undefined)
    .map((letter) => `${letter.toLocaleUpperCase()}.`)
    .join(" ");
}
