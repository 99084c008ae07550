/**
 * Whether this browser is in a client's hands. Kept in the browser's storage, so that reloading, another address or another tab do not lead
 * out; it holds only the address of the questions, which names nobody.
 */
const key = "trellis.handed-over";

export interface HandedOver {
  readonly path: string;
}

export function handedOver(): HandedOver | null {
  const path = localStorage.getItem(key);
  return path === null ? null : { path };
}

export function handOver(path: string): void {
  localStorage.setItem(key, path);
}

export function takeBack(): void {
  localStorage.removeItem(key);
}

/** When the screen is handed over in one tab, every other tab of the browser goes to the questions too. */
export function watchHandOver(): () => void {
  const watch = (event: StorageEvent) => {
    if (event.key === key && event.newValue !== null && window.location.pathname !== event.newValue) window.location.assign(event.newValue);
  };
  window.addEventListener("storage", watch);
  return () => window.removeEventListener("storage", watch);
}
