import { Refused, Unreachable } from "./ask-server.ts";

/** What has not arrived yet, by form; `A` is what is answered to one. */
export type Unsent<A> = Readonly<Record<string, { readonly seq: number; readonly answers: A }>>;

/** `waiting`: not sent yet, and tried again by itself. `refused`: the server does not take it. */
export type SendState = { readonly kind: "saved" | "sending" | "waiting" } | { readonly kind: "refused"; readonly refusal: Refused };

export interface SenderOptions<A, S> {
  /** What was left unsent when the page was closed. */
  readonly unsent: Unsent<A>;
  /** The highest number that the server has seen, by form. */
  readonly seen: Readonly<Record<string, number>>;
  readonly send: (form: string, seq: number, answers: A) => Promise<S>;
  /** Keeps what is unsent, so that a closed page loses nothing. */
  readonly keep: (unsent: Unsent<A>) => void;
  readonly onState: (state: SendState) => void;
  readonly onSaved: (saved: S) => void;
  /** Waits so many ms, or until the connection is back. */
  readonly pause: (ms: number) => Promise<void>;
  /** So many ms of changes go out together: what is typed, not each letter. 0 for each change at once. */
  readonly gather?: number;
}

export interface Sender<A> {
  /** All answers to one form as they stand now. */
  change(form: string, answers: A): void;
  /** Resolves when everything has arrived; rejects with the refusal. */
  arrived(): Promise<void>;
}

const shortest = 1_000;
const longest = 15_000;

/**
 * Sends answers as they are given, one request at a time, and tries until they have arrived. Of answers to the same form only the newest are sent.
 * Each sending carries a higher number than the one before, so that the server takes nothing old for new.
 */
export function createSender<A, S>(options: SenderOptions<A, S>): Sender<A> {
  const { unsent: left, seen, send, keep, onState, onSaved, pause, gather = 0 } = options;
  const unsent = new Map(Object.entries(left));
  const seqs = new Map(Object.entries(seen));
  for (const [form, { seq }] of unsent) seqs.set(form, Math.max(seq, seqs.get(form) ?? 0));
  let waiting: { resolve: () => void; reject: (refusal: Refused) => void }[] = [];
  let running = false;

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    let wait = shortest;
    for (;;) {
      if (gather > 0 && unsent.size > 0 && wait === shortest) {
        onState({ kind: "sending" });
        await pause(gather);
      }
      const [next] = unsent;
      if (next === undefined) break;
      const [form, { seq, answers }] = next;
      onState({ kind: wait === shortest ? "sending" : "waiting" });
      try {
        const saved = await send(form, seq, answers);
        wait = shortest;
        // Changed while it was on its way: the newer answers go out next.
        if (unsent.get(form)?.seq === seq) unsent.delete(form);
        keep(Object.fromEntries(unsent));
        onSaved(saved);
      } catch (error) {
        if (error instanceof Refused) {
          running = false;
          onState({ kind: "refused", refusal: error });
          for (const { reject } of waiting) reject(error);
          waiting = [];
          return;
        }
        onState({ kind: "waiting" });
        await pause(Math.max(wait, error instanceof Unreachable ? (error.wait ?? 0) : 0));
        wait = Math.min(wait * 2, longest);
      }
    }
    running = false;
    onState({ kind: "saved" });
    for (const { resolve } of waiting) resolve();
    waiting = [];
  }

  if (unsent.size > 0) void run();
  return {
    change(form, answers) {
      const seq = (seqs.get(form) ?? 0) + 1;
      seqs.set(form, seq);
      unsent.set(form, { seq, answers });
      keep(Object.fromEntries(unsent));
      void run();
    },
    arrived() {
      if (unsent.size === 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        void run();
      });
    },
  };
}
