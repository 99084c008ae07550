import { useSyncExternalStore } from "react";

let reachable = true;
const listeners = new Set<() => void>();

/** Every request says whether the server answered; the screen and waiting saves listen. */
export function reportReachable(now: boolean): void {
  if (now === reachable) return;
  reachable = now;
  for (const listener of listeners) listener();
}

export function onReachableChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function isReachable(): boolean {
  return reachable;
}

/** Whether the last request got an answer. */
export function useReachable(): boolean {
  return useSyncExternalStore(onReachableChange, isReachable);
}
