import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Saver, SaverOptions, SaveState } from "./saver.ts";
import { saverOf } from "./savers.ts";

export interface Autosave<T> {
  /** What the screen shows: the newest value typed, or what the server has when nothing waits. */
  readonly value: T;
  readonly state: SaveState;
  readonly change: (value: T) => void;
  readonly flush: () => void;
  readonly resume: Saver<T>["resume"];
}

/**
 * Saves a value as it is typed. `key` names the thing saved across the whole tab (two screens with the same key share one saver, and
 * what is unsaved survives leaving the screen and coming back); `stored` is what the server is known to have.
 */
export function useAutosave<T, R>(key: string, stored: T, options: SaverOptions<T, R>): Autosave<T> {
  const saver = saverOf(key, options);
  const { value, state } = useAutosaveState(saver, stored);
  return useMemo(() => ({ value, state, change: saver.push, flush: saver.flush, resume: saver.resume }), [value, state, saver]);
}

/** What a saver has to show, for a screen that made the saver itself. */
export function useAutosaveState<T>(saver: Saver<T>, stored: T): { readonly value: T; readonly state: SaveState } {
  const state = useSyncExternalStore(saver.subscribe, saver.state);
  const unsaved = saver.unsaved();
  // Who leaves the page does not wait for the pause in typing.
  useEffect(() => () => saver.flush(), [saver]);
  return { value: unsaved === undefined ? stored : unsaved, state };
}
