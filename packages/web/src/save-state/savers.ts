import { useSyncExternalStore } from "react";
import { isReachable, onReachableChange } from "../api/connection.ts";
import { createSaver, type Saver, type SaverOptions, type SaveState } from "./saver.ts";

/**
 * The savers of this tab, by what they save. They live on when the screen that made them is left, so that what was typed is still saved
 * while somebody is already on the next page.
 */
interface Entry {
  saver: Saver<unknown>;
  options: SaverOptions<unknown, unknown>;
}
const entries = new Map<string, Entry>();
const listeners = new Set<() => void>();

function announce(): void {
  for (const listener of listeners) listener();
}

/**
 * The saver of one thing, e.g. `intake/<client>/risk`; made when it is first asked for. The options of the latest call count, so that
 * callbacks never grow stale.
 */
export function saverOf<T, R>(key: string, options: SaverOptions<T, R>): Saver<T> {
  // One key always names one kind of value; the map cannot say so.
  const loose = options as unknown as SaverOptions<unknown, unknown>;
  const known = entries.get(key);
  if (known !== undefined) {
    known.options = loose;
    return known.saver as Saver<T>;
  }
  const entry: Entry = { options: loose, saver: createSaver(() => entry.options) };
  entry.saver.subscribe(announce);
  entries.set(key, entry);
  return entry.saver as Saver<T>;
}

/** Forgets savers that have nothing left to save, e.g. when somebody else signs in. */
export function forgetSavers(): void {
  entries.clear();
  announce();
}

export function anythingUnsaved(): boolean {
  return [...entries.values()].some(({ saver }) => saver.unsaved() !== undefined);
}

/** Whether words of one thing are not saved yet, whatever screen is open. */
export function isUnsaved(key: string): boolean {
  return entries.get(key)?.saver.unsaved() !== undefined;
}

/** Saves at once everything that waits for a pause or for the next try. */
export function flushSavers(): void {
  for (const { saver } of entries.values()) saver.flush();
}

/** Resolves when every saver has saved or cannot go on by itself, or after `milliseconds`. */
export async function saversSettled(milliseconds: number): Promise<void> {
  flushSavers();
  await Promise.race([
    Promise.all([...entries.values()].map(({ saver }) => saver.settled())),
    new Promise((resolve) => setTimeout(resolve, milliseconds)),
  ]);
}

/** The state that most needs to be known, over all savers of the tab. */
export function worstState(states: readonly SaveState[]): SaveState {
  const order = ["conflict", "refused", "failed", "offline", "saving", "unsaved", "saved"] as const;
  for (const kind of order) {
    const found = states.filter((state) => state.kind === kind);
    if (kind === "saved") {
      const times = found.flatMap((state) => (state.kind === "saved" && state.at !== null ? [state.at] : []));
      return { kind: "saved", at: times.length === 0 ? null : Math.max(...times) };
    }
    if (found[0] !== undefined) return found[0];
  }
  return { kind: "saved", at: null };
}

export interface OverallSaveState {
  readonly state: SaveState;
  /** Where to put it right. */
  readonly href: string | null;
}

let overall: OverallSaveState = { state: { kind: "saved", at: null }, href: null };
listeners.add(() => {
  const all = [...entries.values()];
  const state = worstState(all.map(({ saver }) => saver.state()));
  overall = { state, href: all.find(({ saver }) => saver.state() === state)?.options.href ?? null };
});

/** How all of this tab's saving stands: what most needs to be known, and where. */
export function useOverallSaveState(): OverallSaveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => overall,
  );
}

/** Saves before the page goes away, asks before unsaved words would be lost, and tries again as soon as the network is back. */
export function watchPage(): () => void {
  const leave = () => flushSavers();
  const hidden = () => {
    if (document.visibilityState === "hidden") flushSavers();
  };
  const warn = (event: BeforeUnloadEvent) => {
    flushSavers();
    if (anythingUnsaved()) event.preventDefault();
  };
  const reachable = onReachableChange(() => {
    if (isReachable()) flushSavers();
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("beforeunload", warn);
  window.addEventListener("online", flushSavers);
  document.addEventListener("visibilitychange", hidden);
  return () => {
    reachable();
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("beforeunload", warn);
    window.removeEventListener("online", flushSavers);
    document.removeEventListener("visibilitychange", hidden);
  };
}
