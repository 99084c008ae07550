/**
 * Whether this browser is in a client's hands. Kept in the browser's storage, so that reloading, another address or another tab do not lead
 * out; it holds only the address of the questions, which names nobody, and whether they are answered.
 */
const key = "trellis.handed-over";
const answeredKey = "trellis.handed-over.answered";

export interface HandedOver {
  readonly path: string;
  /** The answers have arrived: the client is thanked, and not asked a second time. */
  readonly answered: boolean;
}

export function handedOver(): HandedOver | null {
  const path = localStorage.getItem(key);
  return path === null ? null : { path, answered: localStorage.getItem(answeredKey) === path };
}

export function handOver(path: string): void {
  localStorage.removeItem(answeredKey);
  localStorage.setItem(key, path);
}

/** What was asked at this address is answered. It says nothing once the screen is taken back. */
export function answersArrived(path: string): void {
  if (localStorage.getItem(key) === path) localStorage.setItem(answeredKey, path);
}

export function takeBack(): void {
  localStorage.removeItem(key);
  localStorage.removeItem(answeredKey);
}

/** When the screen is handed over in one tab, every other tab of the browser goes to the questions too. */
export function watchHandOver(): () => void {
  const watch = (event: StorageEvent) => {
    if (event.key === key && event.newValue !== null && window.location.pathname !== event.newValue) window.location.assign(event.newValue);
  };
  window.addEventListener("storage", watch);
  return () => window.removeEventListener("storage", watch);
}
