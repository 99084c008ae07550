import { useSyncExternalStore } from "react";

/**
 * Whether the session has ended while somebody was at work. The page stays as it is beneath the sign-in overlay; requests that met a
 * 401 wait here and go out again when the same person has signed in.
 */
export type SignedOff = "no" | "idle" | "ended";

let state: SignedOff = "no";
let waiting: (() => void)[] = [];
const listeners = new Set<() => void>();

function change(next: SignedOff): void {
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
}

/** Brings up the sign-in overlay. */
export function signOff(why: Exclude<SignedOff, "no">): void {
  if (state === "no") change(why);
}

/** Brings up the sign-in overlay and resolves when the person has signed in again. */
export function signInAgain(signal?: AbortSignal): Promise<void> {
  signOff("ended");
  return new Promise((resolve, reject) => {
    waiting.push(resolve);
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** Called when the overlay's password was right: everything that waited goes on. */
export function signedInAgain(): void {
  const released = waiting;
  waiting = [];
  change("no");
  for (const release of released) release();
}

export function signedOffState(): SignedOff {
  return state;
}

export function useSignedOff(): SignedOff {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, signedOffState);
}
