import { ApiProblem, Unreachable } from "../api/client.ts";

/** What has become of the words that somebody typed. Every state but `saved` means: not on the server yet. */
export type SaveState =
  | { readonly kind: "saved" /** When, in this page; `null` before the first save. */; readonly at: number | null }
  /** Waits for a pause in typing. */
  | { readonly kind: "unsaved" }
  | { readonly kind: "saving" }
  /** No answer from the server; tries again by itself. */
  | { readonly kind: "offline"; readonly attempt: number }
  /** The server answered that it could not save now; tries again by itself. */
  | { readonly kind: "failed"; readonly attempt: number; readonly message: string }
  /** The server will not take it as it stands; goes on when it is changed. */
  | { readonly kind: "refused"; readonly problem: ApiProblem }
  /** Somebody else changed the same thing; goes on with `resume`. */
  | { readonly kind: "conflict"; readonly problem: ApiProblem };

export interface SaverOptions<T, R> {
  /** Sends one value; what it resolves with goes to `saved`. Rejects with `ApiProblem` or `Unreachable`. */
  readonly send: (value: T) => Promise<R>;
  readonly saved?: (result: R, value: T) => void;
  /**
   * How a value that has not been sent yet and a newer one become one. Without it the newer value replaces the older, as for a text. An
   * ordered log of edits joins them.
   */
  readonly join?: (waiting: T, next: T) => T;
  /**
   * After a failed attempt the server may have got the value all the same. `same` sends exactly that value again before anything newer (for
   * idempotent batches); `newest`, the default, goes on with the newest value.
   */
  readonly again?: "same" | "newest";
  /** Milliseconds without a change before a save. */
  readonly pause?: number;
  /** The address of the page where it is typed, to lead back to when something is not saved. */
  readonly href?: string;
}

/** The clock and timer that a saver runs on; the browser's own unless a test brings another. */
export interface SaverClock {
  readonly now: () => number;
  readonly after: (milliseconds: number, run: () => void) => () => void;
}

const browserClock: SaverClock = {
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

export interface Saver<T> {
  /** Takes a changed value and saves it after a pause in typing. */
  readonly push: (value: T) => void;
  /** Saves at once what waits, without the pause. */
  readonly flush: () => void;
  /** Goes on after a conflict, with the value that both sides agreed on; without a value when nothing is left to save. */
  readonly resume: (value?: T) => void;
  readonly state: () => SaveState;
  /** The newest value that is not known to be saved; `undefined` when there is none. */
  readonly unsaved: () => T | undefined;
  readonly subscribe: (listener: () => void) => () => void;
  /** Resolves when nothing waits any more, or when it cannot go on by itself (refused, conflict). */
  readonly settled: () => Promise<SaveState>;
}

/** Milliseconds until attempt `attempt` (1 is the first repetition): 1 s, 2 s, 4 s … at most 30 s, for ever. */
export function retryDelay(attempt: number): number {
  return Math.min(30_000, 1000 * 2 ** Math.min(attempt - 1, 10));
}

/**
 * Saves a value again and again as it changes, one request at a time, and never gives one up: without an answer it tries until there is
 * one, and what the server refuses stays here until it is changed. Knows no screen.
 */
export function createSaver<T, R>(options: () => SaverOptions<T, R>, clock: SaverClock = browserClock): Saver<T> {
  let state: SaveState = { kind: "saved", at: null };
  let waiting: { value: T } | undefined;
  /** Sent and not yet answered with success. */
  let sent: { value: T } | undefined;
  let inFlight = false;
  let attempt = 0;
  let cancelTimer: (() => void) | undefined;
  const listeners = new Set<() => void>();

  function change(next: SaveState): void {
    state = next;
    for (const listener of [...listeners]) listener();
  }

  function schedule(milliseconds: number): void {
    cancelTimer?.();
    cancelTimer = clock.after(milliseconds, () => {
      cancelTimer = undefined;
      void attemptSend();
    });
  }

  async function attemptSend(): Promise<void> {
    if (inFlight || state.kind === "conflict") return;
    if (sent === undefined || (options().again !== "same" && waiting !== undefined)) {
      sent = waiting ?? sent;
      waiting = undefined;
    }
    if (sent === undefined) return;
    const { value } = sent;
    inFlight = true;
    change({ kind: "saving" });
    try {
      const result = await options().send(value);
      inFlight = false;
      sent = undefined;
      attempt = 0;
      options().saved?.(result, value);
      if (waiting === undefined) change({ kind: "saved", at: clock.now() });
      else if (cancelTimer === undefined) void attemptSend();
      else change({ kind: "unsaved" });
    } catch (error) {
      inFlight = false;
      failed(error);
    }
  }

  function failed(error: unknown): void {
    if (error instanceof ApiProblem && error.status === 409) {
      change({ kind: "conflict", problem: error });
      return;
    }
    if (error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429) {
      change({ kind: "refused", problem: error });
      // What was typed since may be what the server was missing.
      if (options().again !== "same" && waiting !== undefined && cancelTimer === undefined) schedule(0);
      return;
    }
    attempt++;
    if (error instanceof Unreachable) change({ kind: "offline", attempt });
    else change({ kind: "failed", attempt, message: error instanceof Error ? error.message : String(error) });
    schedule(retryDelay(attempt));
  }

  return {
    push(value) {
      const { join, pause = 400, again } = options();
      waiting = { value: waiting !== undefined && join !== undefined ? join(waiting.value, value) : value };
      if (state.kind === "conflict" || (state.kind === "refused" && again === "same")) return change({ ...state });
      if (state.kind === "refused") sent = undefined;
      if (state.kind === "offline" || state.kind === "failed") return change({ ...state });
      // Told while a save is on its way too: a field that is not drawn anew falls back to what it held before, and the typed letter is gone.
      change(inFlight ? { ...state } : { kind: "unsaved" });
      schedule(pause);
    },
    flush() {
      if (state.kind === "refused" || state.kind === "conflict") return;
      if (inFlight || (waiting === undefined && sent === undefined)) return;
      cancelTimer?.();
      cancelTimer = undefined;
      void attemptSend();
    },
    resume(value) {
      sent = undefined;
      waiting = value === undefined ? undefined : { value };
      attempt = 0;
      if (waiting === undefined) return change({ kind: "saved", at: clock.now() });
      change({ kind: "unsaved" });
      schedule(0);
    },
    state: () => state,
    unsaved: () => (waiting ?? sent)?.value,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settled() {
      const done = () => state.kind === "saved" || state.kind === "refused" || state.kind === "conflict";
      if (done()) return Promise.resolve(state);
      return new Promise((resolve) => {
        const stop = this.subscribe(() => {
          if (!done()) return;
          stop();
          resolve(state);
        });
      });
    },
  };
}
