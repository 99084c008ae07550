import { useEffect, useMemo, useState } from "react";
import type { z } from "zod";
import { ApiProblem } from "../api/client.ts";
import { noProblems, type Problems, partWithout, problemsOf, savablePart, serverProblems } from "../form/problems.ts";
import { mergeFields, same } from "./merge.ts";
import type { SaveState } from "./saver.ts";
import { saverOf } from "./savers.ts";
import { useAutosaveState } from "./use-autosave.ts";

/** One saved thing with its version, and by whom and when where the server says so. */
export interface Saved<T> {
  readonly content: T;
  readonly version: number;
  readonly savedAt?: string;
  readonly savedBy?: string;
}

/** Two copies of one thing, and the fields that were changed in both. */
export interface Dispute<T> {
  readonly fields: readonly string[];
  readonly base: T;
  readonly mine: T;
  readonly theirs: Saved<T>;
}

export interface VersionedAutosave<T> {
  readonly content: T;
  readonly change: (content: T) => void;
  readonly state: SaveState;
  /** What cannot be saved as it stands, by pointer. Everything else is saved all the same. */
  readonly problems: Problems;
  readonly dispute: Dispute<T> | null;
  /** Goes on with what was chosen from both copies. */
  readonly settle: (content: T) => void;
  /** Changes made elsewhere were taken in because they touched other fields. */
  readonly takenIn: boolean;
}

export interface VersionedAutosaveOptions<T> {
  /** Names the thing across the tab. */
  readonly key: string;
  readonly href: string;
  readonly schema: z.ZodType;
  /** The part of the request that holds the thing, e.g. `/content`: what the server's pointers begin with. */
  readonly under: string;
  /** What the server is known to have. */
  readonly stored: Saved<T>;
  /** Saves one copy over the version it was made from. */
  readonly save: (version: number, content: T) => Promise<{ readonly version: number; readonly savedAt?: string }>;
  /** Puts what the server has confirmed where the screen reads it from. */
  readonly keep: (saved: Saved<T>) => void;
  /** The server's copy, out of its answer to a save that came too late. */
  readonly current: (problem: ApiProblem) => Saved<T> | null;
}

/**
 * What the server had when the words that are not saved yet were begun: what changes are told from. Lives as long as the unsaved words,
 * whatever screen is open, and is not moved by what others save meanwhile.
 */
const bases = new Map<string, Saved<unknown>>();

/**
 * Saves a thing that others may change too: as it is typed, with the fields that cannot be saved held back, and never over somebody
 * else's words. Changes to different fields are joined; where both changed the same field, `dispute` asks.
 */
export function useVersionedAutosave<T extends Readonly<Record<string, unknown>>>({
  key,
  href,
  schema,
  under,
  stored,
  save,
  keep,
  current,
}: VersionedAutosaveOptions<T>): VersionedAutosave<T> {
  const [takenIn, setTakenIn] = useState(false);
  const baseOf = (): Saved<T> => (bases.get(key) as Saved<T> | undefined) ?? stored;

  const saver = saverOf<T, undefined>(key, {
    href,
    send: async (value) => {
      const base = baseOf();
      const { part, problems: malformed } = savablePart(schema, value, base.content);
      const problems = new Map([...(await store(base, part)), ...malformed]);
      // Words that cannot be saved as they stand stay with the saver, so that leaving the page asks first and coming back finds them.
      if (problems.size > 0)
        throw new ApiProblem(422, {
          title: "Not everything is saved",
          errors: [
            ...[...problems].map(([pointer, message]) => ({ pointer, message })),
            { pointer: "", message: "Everything else here is saved." },
          ],
        });
      return undefined;
    },
    saved: () => {
      if (saver.unsaved() === undefined) bases.delete(key);
    },
  });

  /** Saves what the server takes of it, and gives what it has against the rest: only the server knows the day, or when the client was born. */
  async function store(base: Saved<T>, part: T): Promise<Problems> {
    if (same(part, base.content)) return noProblems;
    try {
      const saved = { content: part, ...(await send(base.version, part)) };
      bases.set(key, saved);
      keep(saved);
      return noProblems;
    } catch (error) {
      const refused = error instanceof ApiProblem && error.status === 422 ? serverProblems(error, under) : noProblems;
      const rest = partWithout(refused, part, base.content);
      // It names no field that could be held back.
      if (same(rest, part)) throw error;
      return new Map([...(await store(base, rest)), ...refused]);
    }
  }

  async function send(version: number, part: T): Promise<{ readonly version: number; readonly savedAt?: string }> {
    try {
      const { version: next, savedAt } = await save(version, part);
      return { version: next, ...(savedAt === undefined ? {} : { savedAt }) };
    } catch (error) {
      // The answer to an earlier attempt was lost on the way, and the server has these very words already.
      const theirs = error instanceof ApiProblem && error.status === 409 ? current(error) : null;
      if (theirs !== null && same(theirs.content, part)) return theirs;
      throw error;
    }
  }

  const { value: content, state } = useAutosaveState(saver, stored.content);
  const problems = useMemo((): Problems => {
    const found = problemsOf(schema, content);
    return state.kind === "refused" ? new Map([...serverProblems(state.problem, under), ...found]) : found;
  }, [schema, under, content, state]);

  function change(next: T): void {
    if (!bases.has(key)) bases.set(key, stored);
    setTakenIn(false);
    saver.push(next);
  }

  const problem = state.kind === "conflict" ? state.problem : null;
  // The answer of one conflict does not change, whichever function reads it.
  const theirs = useMemo(() => (problem === null ? null : current(problem)), [problem]);
  const base = baseOf().content;
  const dispute = useMemo(
    (): Dispute<T> | null =>
      theirs === null ? null : { fields: mergeFields(base, content, theirs.content).disputed, base, mine: content, theirs },
    [theirs, base, content],
  );

  function settle(chosen: T): void {
    if (theirs === null) return;
    keep(theirs);
    const agreed = same(chosen, theirs.content);
    if (agreed) bases.delete(key);
    else bases.set(key, theirs);
    saver.resume(agreed ? undefined : chosen);
  }

  // Where both sides touched different fields there is nothing to choose: both changes are kept, and the page says so.
  const collides = dispute !== null && dispute.fields.length > 0;
  useEffect(() => {
    if (dispute === null || collides) return;
    setTakenIn(true);
    settle(mergeFields(dispute.base, dispute.mine, dispute.theirs.content).merged);
  }, [dispute, collides]);

  return { content, change, state, problems, dispute: collides ? dispute : null, settle, takenIn };
}
