import { describe, expect, it } from "vitest";
import { ApiProblem, Unreachable } from "../api/client.ts";
import { createSaver, retryDelay, type SaverClock, type SaverOptions } from "./saver.ts";
import { worstState } from "./savers.ts";

/** A clock that moves when told to, and a server whose answers the test gives one by one. */
function bench<T>(more: Partial<SaverOptions<T, number>> = {}) {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  const clock: SaverClock = {
    now: () => now,
    after: (milliseconds, run) => {
      const timer = { at: now + milliseconds, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const sent: T[] = [];
  const answers: { resolve: (version: number) => void; reject: (error: unknown) => void }[] = [];
  const saved: [number, T][] = [];
  const saver = createSaver<T, number>(
    () => ({
      send: (value) => {
        sent.push(value);
        return new Promise((resolve, reject) => answers.push({ resolve, reject }));
      },
      saved: (version, value) => saved.push([version, value]),
      ...more,
    }),
    clock,
  );
  const settle = async () => {
    for (let i = 0; i < 8; i++) await Promise.resolve();
  };
  return {
    saver,
    sent,
    saved,
    async wait(milliseconds: number) {
      now += milliseconds;
      for (;;) {
        const due = timers.find((timer) => timer.at <= now);
        if (due === undefined) break;
        timers = timers.filter((timer) => timer !== due);
        due.run();
      }
      await settle();
    },
    async answer(version: number) {
      answers.shift()?.resolve(version);
      await settle();
    },
    async fail(error: unknown) {
      answers.shift()?.reject(error);
      await settle();
    },
  };
}

describe("saver", () => {
  it("waits for a pause in typing and sends only the newest text", async () => {
    const { saver, sent, saved, wait, answer } = bench<string>();
    saver.push("a");
    await wait(399);
    saver.push("ab");
    await wait(399);
    expect(sent).toEqual([]);
    expect(saver.state().kind).toBe("unsaved");
    await wait(1);
    expect(sent).toEqual(["ab"]);
    expect(saver.state().kind).toBe("saving");
    await answer(2);
    expect(saver.state().kind).toBe("saved");
    expect(saver.unsaved()).toBeUndefined();
    expect(saved).toEqual([[2, "ab"]]);
  });

  it("tells the screen of every change, also of one that is typed while a save is on its way", async () => {
    const { saver, wait, answer } = bench<string>();
    const shown: (string | undefined)[] = [];
    const states = new Set<unknown>();
    saver.subscribe(() => {
      shown.push(saver.unsaved());
      states.add(saver.state());
    });
    saver.push("B");
    await wait(400);
    for (const text of ["Be", "Be ", "Be t"]) saver.push(text);
    expect(shown).toEqual(["B", "B", "Be", "Be ", "Be t"]);
    expect(saver.state().kind).toBe("saving");
    // A screen is drawn anew for another state only.
    expect(states.size).toBe(5);
    await answer(1);
    expect(saver.unsaved()).toBe("Be t");
  });

  it("sends one request at a time, and what was typed meanwhile afterwards", async () => {
    const { saver, sent, wait, answer } = bench<string>();
    saver.push("one");
    await wait(400);
    saver.push("one two");
    await wait(5000);
    expect(sent).toEqual(["one"]);
    await answer(1);
    expect(sent).toEqual(["one", "one two"]);
    await answer(2);
    expect(saver.state().kind).toBe("saved");
  });

  it("tries for ever without an answer, ever more patiently, and keeps the newest text", async () => {
    const { saver, sent, wait, fail, answer } = bench<string>();
    saver.push("typed");
    await wait(400);
    for (let attempt = 1; attempt <= 12; attempt++) {
      await fail(new Unreachable());
      expect(saver.state()).toEqual({ kind: "offline", attempt });
      await wait(retryDelay(attempt));
    }
    expect(sent).toHaveLength(13);
    await fail(new Unreachable());
    saver.push("typed more");
    expect(saver.unsaved()).toBe("typed more");
    saver.flush();
    await wait(0);
    expect(sent.at(-1)).toBe("typed more");
    await answer(5);
    expect(saver.state().kind).toBe("saved");
  });

  it("tries again after a fault of the server, and says what it said", async () => {
    const { saver, wait, fail } = bench<string>();
    saver.push("x");
    await wait(400);
    await fail(new ApiProblem(500, { title: "The server failed", detail: "The database is starting." }));
    expect(saver.state()).toEqual({ kind: "failed", attempt: 1, message: "The database is starting." });
  });

  it("does not repeat what the server refuses, and goes on when it is changed", async () => {
    const { saver, sent, wait, fail, answer } = bench<string>();
    saver.push("too long");
    await wait(400);
    await fail(new ApiProblem(422, { title: "Refused" }));
    expect(saver.state().kind).toBe("refused");
    expect(saver.unsaved()).toBe("too long");
    await wait(60_000);
    saver.flush();
    expect(sent).toEqual(["too long"]);
    saver.push("short");
    await wait(400);
    expect(sent).toEqual(["too long", "short"]);
    await answer(3);
    expect(saver.state().kind).toBe("saved");
  });

  it("stops at a conflict, keeps what is typed meanwhile, and goes on with what was agreed", async () => {
    const { saver, sent, wait, fail, answer } = bench<string>();
    saver.push("mine");
    await wait(400);
    await fail(new ApiProblem(409, { title: "Changed elsewhere", current: { content: "theirs", version: 7 } }));
    expect(saver.state().kind).toBe("conflict");
    saver.push("mine, more");
    await wait(60_000);
    expect(sent).toEqual(["mine"]);
    expect(saver.unsaved()).toBe("mine, more");
    saver.resume("theirs and mine");
    await wait(0);
    expect(sent).toEqual(["mine", "theirs and mine"]);
    await answer(8);
    expect(saver.state().kind).toBe("saved");
  });

  it("repeats a batch unchanged before newer ones, where it must", async () => {
    const { saver, sent, wait, fail, answer } = bench<readonly string[]>({ again: "same", join: (waiting, next) => [...waiting, ...next] });
    saver.push(["a"]);
    saver.push(["b"]);
    await wait(400);
    expect(sent).toEqual([["a", "b"]]);
    saver.push(["c"]);
    await fail(new Unreachable());
    await wait(1000);
    expect(sent[1]).toEqual(["a", "b"]);
    await answer(1);
    await wait(400);
    expect(sent[2]).toEqual(["c"]);
    await answer(2);
    expect(saver.unsaved()).toBeUndefined();
  });

  it("saves at once when told to, once", async () => {
    const { saver, sent, answer, wait } = bench<string>();
    saver.push("quick");
    saver.flush();
    saver.flush();
    expect(sent).toEqual(["quick"]);
    await answer(1);
    await wait(1000);
    expect(sent).toEqual(["quick"]);
  });
});

describe("worstState", () => {
  it("puts what somebody must act on first", () => {
    expect(worstState([{ kind: "saved", at: 5 }, { kind: "offline", attempt: 1 }, { kind: "saving" }]).kind).toBe("offline");
    expect(
      worstState([
        { kind: "saved", at: 5 },
        { kind: "saved", at: 9 },
      ]),
    ).toEqual({ kind: "saved", at: 9 });
    expect(worstState([])).toEqual({ kind: "saved", at: null });
  });
});
