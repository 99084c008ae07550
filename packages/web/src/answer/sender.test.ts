import { describe, expect, test } from "vitest";
import { Refused, type Saved, Unreachable } from "./ask-server.ts";
import { createSender, type SendState, type Unsent } from "./sender.ts";

type Given = readonly (number | null)[];

/** A sender whose server answers what the test says, in turn; and what came of it. */
function trial(answers: readonly (Error | "ok")[], more: { unsent?: Unsent<Given>; seen?: Record<string, number>; gather?: number } = {}) {
  const sent: [string, number, Given][] = [];
  const states: string[] = [];
  const kept: Unsent<Given>[] = [];
  const pauses: number[] = [];
  const left = [...answers];
  const sender = createSender<Given, Saved>({
    gather: more.gather ?? 0,
    unsent: more.unsent ?? {},
    seen: more.seen ?? {},
    send: async (form, seq, given): Promise<Saved> => {
      sent.push([form, seq, given]);
      const next = left.shift() ?? "ok";
      if (next !== "ok") throw next;
      return { seq, finished: false, danger: false };
    },
    keep: (unsent) => void kept.push(unsent),
    onState: ({ kind }: SendState) => void states.push(kind),
    onSaved: () => undefined,
    pause: async (ms) => void pauses.push(ms),
  });
  return { sender, sent, states, kept, pauses };
}

describe("answers on their way", () => {
  test("are tried again until they have arrived, with longer pauses, and kept meanwhile", async () => {
    const { sender, sent, states, kept, pauses } = trial([new Unreachable(), new Unreachable(20_000), "ok"]);
    sender.change("mood", [1, null]);
    await sender.arrived();
    expect(sent).toHaveLength(3);
    expect(pauses).toEqual([1_000, 20_000]);
    expect(states.at(-1)).toBe("saved");
    expect(states).toContain("waiting");
    expect(kept[0]).toEqual({ mood: { seq: 1, answers: [1, null] } });
    expect(kept.at(-1)).toEqual({});
  });

  test("changed while they are on their way, the newest go out and the number grows", async () => {
    const { sender, sent } = trial([]);
    sender.change("mood", [1, null]);
    sender.change("mood", [1, 2]);
    sender.change("mood", [1, 3]);
    await sender.arrived();
    expect(sent.map(([, seq, answers]) => [seq, answers])).toEqual([
      [1, [1, null]],
      [3, [1, 3]],
    ]);
  });

  test("left behind by a closed page, they go out when it is opened again, above what the server has seen", async () => {
    const { sender, sent } = trial([], { unsent: { mood: { seq: 4, answers: [2] } }, seen: { mood: 3, sleep: 9 } });
    sender.change("sleep", [0]);
    await sender.arrived();
    expect(sent).toEqual([
      ["mood", 4, [2]],
      ["sleep", 10, [0]],
    ]);
  });

  test("refused, they are not sent over and over, and nothing is forgotten", async () => {
    const { sender, sent, states, kept } = trial([new Refused("This link has run out", "", "expired")]);
    sender.change("mood", [1]);
    await expect(sender.arrived()).rejects.toThrow("This link has run out");
    expect([sent.length, states.at(-1)]).toEqual([1, "refused"]);
    expect(kept.at(-1)).toEqual({ mood: { seq: 1, answers: [1] } });
  });

  test("what is typed within a moment goes out as one", async () => {
    const { sender, sent, pauses } = trial([], { gather: 1_500 });
    sender.change("sleep", [1]);
    sender.change("sleep", [12]);
    await sender.arrived();
    expect(sent).toEqual([["sleep", 2, [12]]]);
    expect(pauses).toEqual([1_500]);
  });
});
