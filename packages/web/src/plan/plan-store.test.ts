import { applyEdits, type Edit } from "@trellis/domain/plan/edit-plan";
import { exampleGoal, examplePlan } from "@trellis/domain/plan/plan.test-data";
import { describe, expect, it } from "vitest";
import { ApiProblem, Unreachable } from "../api/client.ts";
import type { Change, PlanState } from "../api/plans.ts";
import { createSaver, type SaverClock } from "../save-state/saver.ts";
import { createPlanStore } from "./plan-store.ts";

const plan = examplePlan({ goals: [exampleGoal(), exampleGoal({ id: "g2", clientWords: "Sleep through" })] });
const set = (value: unknown, ...path: string[]): Edit => ({ type: "set", path, value });

/** What only the server refuses. */
const refused = "what no server takes";

/** The server's side: changes in order, a batch only once, an old base refused; answers can be lost on the way back. */
function draftServer() {
  let current = plan;
  let state: PlanState = "draft";
  let lost = 0;
  const log: Change[] = [];
  const add = (by: string, batch: string, edits: readonly Edit[]) => {
    const result = applyEdits(current, edits);
    if (!result.ok) throw new ApiProblem(422, { errors: [{ pointer: "", message: result.refusals[0]?.message }] });
    current = result.plan;
    log.push({ seq: log.length + 1, by, at: "2026-11-24T10:00:00Z", batch, edits });
  };
  return {
    log,
    plan: () => current,
    /** Somebody else does something. */
    theirs: (...edits: Edit[]) => add("Theo", `t${log.length}`, edits),
    freeze: () => {
      state = "signing";
    },
    loseAnswers: (count: number) => {
      lost = count;
    },
    server: {
      send: async (base: number, batch: string, edits: readonly Edit[]) => {
        if (state !== "draft") throw new ApiProblem(409, { title: "The plan is being signed" });
        if (JSON.stringify(edits).includes(refused))
          throw new ApiProblem(422, { errors: [{ pointer: "/edits/0/value", message: "Not this." }] });
        const known = log.find((change) => change.batch === batch);
        if (known === undefined && base !== log.length)
          return { saved: false as const, seq: log.length, missed: log.filter((change) => change.seq > base) };
        if (known === undefined) add("me", batch, edits);
        if (lost-- > 0) throw new Unreachable();
        return { saved: true as const, seq: known === undefined ? log.length : log.length };
      },
      changesSince: async (seq: number) => ({ state, changes: log.filter((change) => change.seq > seq) }),
      open: async () => ({ plan: current, seq: log.length, state }),
    },
  };
}

function workOn(draft: ReturnType<typeof draftServer>) {
  let id = 0;
  let time = 0;
  const timers: (() => void)[] = [];
  const clock: SaverClock = {
    now: () => time,
    after: (_, run) => {
      timers.push(run);
      return () => timers.splice(timers.indexOf(run), 1);
    },
  };
  const closed: PlanState[] = [];
  const store = createPlanStore({
    planId: plan.id,
    plan,
    seq: 0,
    server: draft.server,
    newId: () => `n${++id}`,
    now: () => time,
    saver: (options) => createSaver(() => options, clock),
    closed: (state) => closed.push(state),
    kept: () => {},
  });
  return {
    store,
    closed,
    wait: (milliseconds: number) => {
      time += milliseconds;
    },
    /** Lets every timer run out, and all that follows from it. */
    async rest() {
      for (let n = 0; n < 50; n++) {
        timers.shift()?.();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

describe("a plan that is being worked on", () => {
  it("sends what was typed as one change, and what came during sending after it", async () => {
    const draft = draftServer();
    const { store, rest } = workOn(draft);
    for (const text of ["a", "at", "at home"]) store.type(["goals", "g1", "detail"], text, "Write");
    await rest();
    expect(draft.log.map(({ edits }) => edits)).toEqual([[set("at home", "goals", "g1", "detail")]]);
    store.act("Set", [set("x", "goals", "g2", "detail")]);
    await rest();
    expect(draft.plan()).toStrictEqual(store.state().plan);
    expect(store.saver.state().kind).toBe("saved");
  });

  it("an answer that was lost, with others' work on top meanwhile: nothing doubled, nothing missed", async () => {
    const draft = draftServer();
    const { store, rest } = workOn(draft);
    draft.loseAnswers(1);
    store.type(["goals", "g1", "detail"], "mine", "Write");
    store.saver.flush();
    await new Promise((resolve) => setImmediate(resolve));
    expect(store.saver.state().kind).toBe("offline");
    draft.theirs(set("theirs", "goals", "g2", "detail"));
    store.type(["goals", "g1", "plain"], "typed while away", "Write");
    await rest();
    expect(store.saver.state().kind).toBe("saved");
    expect(store.state().plan).toStrictEqual(draft.plan());
    expect(draft.plan().goals).toMatchObject([{ detail: "mine", plain: "typed while away" }, { detail: "theirs" }]);
    expect(draft.log).toHaveLength(3);
  });

  it("a field that both changed stays unsaved and says so until somebody chooses; the rest is saved", async () => {
    const draft = draftServer();
    const { store, rest } = workOn(draft);
    draft.theirs(set("theirs", "goals", "g1", "detail"));
    store.type(["goals", "g1", "detail"], "mine", "Write");
    store.type(["goals", "g2", "detail"], "other", "Write");
    await rest();
    expect(store.saver.state().kind).toBe("refused");
    expect(store.saver.unsaved()).toBe(true);
    expect(draft.plan().goals).toMatchObject([{ detail: "theirs" }, { detail: "other" }]);
    const [dispute] = store.state().disputes;
    store.settle(dispute?.id ?? "", []);
    await rest();
    expect(store.saver.state().kind).toBe("saved");
    expect(store.state().plan).toStrictEqual(draft.plan());
  });

  it("what only the server refuses stays with its field, holds up nothing else, and goes when it is mended", async () => {
    const draft = draftServer();
    const { store, rest } = workOn(draft);
    store.type(["goals", "g1", "plain"], "before", "Write");
    store.type(["goals", "g1", "detail"], refused, "Write");
    store.type(["goals", "g2", "detail"], "after", "Write");
    await rest();
    expect(draft.plan().goals).toMatchObject([{ plain: "before" }, { detail: "after" }]);
    expect(store.state().unfit).toEqual([{ path: ["goals", "g1", "detail"], value: refused, message: "Not this." }]);
    expect(store.state().pending).toEqual([]);
    expect(store.saver.state().kind).toBe("refused");
    store.act("Set", [set("later", "goals", "g2", "plain")]);
    await rest();
    expect(draft.plan().goals[1]).toMatchObject({ plain: "later" });
    store.type(["goals", "g1", "detail"], "mended", "Write");
    await rest();
    expect(store.saver.state().kind).toBe("saved");
    expect(draft.plan().goals[0]).toMatchObject({ detail: "mended" });
    expect(store.state().plan).toStrictEqual(draft.plan());
  });

  it("a whole item that only the server refuses is kept to choose about, and what was done to it with it", async () => {
    const draft = draftServer();
    const { store, rest } = workOn(draft);
    store.act("Add", [{ type: "insert", list: ["goals"], item: exampleGoal({ id: "g3", text: refused }), before: null }]);
    store.type(["goals", "g3", "plain"], "words about it", "Write");
    store.type(["goals", "g1", "plain"], "elsewhere", "Write");
    await rest();
    expect(draft.plan().goals).toMatchObject([{ plain: "elsewhere" }, { id: "g2" }]);
    expect(store.state().disputes.map(({ kind }) => kind)).toContain("unfit");
    expect(JSON.stringify(store.state().disputes)).toContain("words about it");
    expect(store.saver.state().kind).toBe("refused");
  });

  it("says that the plan is being signed, and keeps what was typed", async () => {
    const draft = draftServer();
    const { store, closed, rest } = workOn(draft);
    draft.freeze();
    store.type(["goals", "g1", "detail"], "too late", "Write");
    await rest();
    expect(closed).toContain("signing");
    expect(store.state().pending).toHaveLength(1);
    expect(store.saver.state().kind).toBe("refused");
  });

  it("words that came too late go on top of the next revision, and nothing of the old one comes with them", async () => {
    const draft = draftServer();
    const { store, rest } = workOn(draft);
    store.act("Set", [set("signed like this", "goals", "g2", "detail")]);
    await rest();
    draft.freeze();
    store.type(["goals", "g1", "detail"], "too late", "Write");
    await rest();
    const next = { ...draft.plan(), revision: 2, participation: { client: "", representative: "", reasonIfNone: "" } };
    store.renew(next, 1);
    expect(store.state().plan.goals).toMatchObject([{ detail: "too late" }, { detail: "signed like this" }]);
    expect(store.state().confirmed).toStrictEqual(next);
    expect(store.undo()).toBe(null);
  });

  it("takes in others' work while nothing is typed", async () => {
    const draft = draftServer();
    const { store } = workOn(draft);
    draft.theirs(set("theirs", "goals", "g1", "detail"));
    await store.poll();
    expect(store.state().plan.goals[0]?.detail).toBe("theirs");
    expect(store.undo()).toBe(null);
  });

  it("a thought is one step to undo, the next thought another", () => {
    const { store, wait } = workOn(draftServer());
    store.type(["goals", "g1", "detail"], "first", "Write");
    store.type(["goals", "g1", "detail"], "first thought", "Write");
    wait(5000);
    store.type(["goals", "g1", "detail"], "first thought, second", "Write");
    store.undo();
    expect(store.state().plan.goals[0]?.detail).toBe("first thought");
    store.undo();
    expect(store.state().plan.goals[0]?.detail).toBe("");
  });
});
