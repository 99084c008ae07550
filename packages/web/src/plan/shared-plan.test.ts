import { applyEdits, type Edit } from "@trellis/domain/plan/edit-plan";
import type { Plan } from "@trellis/domain/plan/plan";
import { exampleGoal, exampleIntervention, exampleObjective, examplePlan } from "@trellis/domain/plan/plan.test-data";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../api/plans.ts";
import { act, editsOf, markSent, openSharedPlan, receive, redo, type SharedPlan, settle, type, undo } from "./shared-plan.ts";

const twoGoals = examplePlan({
  goals: [exampleGoal(), exampleGoal({ id: "g2", clientWords: "Sleep through" })],
  objectives: [exampleObjective(), exampleObjective({ id: "o2", goalId: "g2" })],
  interventions: [exampleIntervention({ objectiveIds: ["o1", "o2"] }), exampleIntervention({ id: "i2", objectiveIds: ["o2"] })],
});

function counted(name: string): () => string {
  let count = 0;
  return () => `${name}${++count}`;
}
const set = (value: unknown, ...path: string[]): Edit => ({ type: "set", path, value });

function did(state: SharedPlan, edits: readonly Edit[], id: string, group: string | null = null): SharedPlan {
  const changed = act(state, { edits, label: "Change", group }, id);
  if (!changed.ok) throw new Error(changed.message);
  return changed.state;
}
function after(changed: ReturnType<typeof undo>): SharedPlan {
  if (!changed.ok) throw new Error(changed.message);
  return changed.state;
}
const theirs = (seq: number, ...edits: Edit[]): Change => ({
  seq,
  by: "Theo Lindqvist",
  at: "2026-11-24T10:00:00Z",
  batch: `t${seq}`,
  edits,
});
const detail = (state: SharedPlan, goal: string) => state.plan.goals.find(({ id }) => id === goal)?.detail;

describe("one person", () => {
  it("undoes a sentence as one, and does it again", () => {
    let state = openSharedPlan(twoGoals, 4);
    for (const text of ["at", "at h", "at home"]) state = type(state, ["goals", "g1", "detail"], text, "Write", "g1/1", "b1");
    expect(state.pending).toMatchObject([{ id: "b1", actions: [{ edits: [{ value: "at home" }] }] }]);
    state = after(undo(state, "b2"));
    expect(state.plan).toStrictEqual(twoGoals);
    state = after(redo(state, "b2"));
    expect(detail(state, "g1")).toBe("at home");
  });

  it("leaves untouched items the very same objects, so that only what changed is drawn again", () => {
    const state = did(openSharedPlan(twoGoals, 0), [set("at home", "goals", "g1", "detail")], "b1");
    expect(state.plan.goals[1]).toBe(twoGoals.goals[1]);
    expect(state.plan.interventions).toBe(twoGoals.interventions);
    expect(state.plan.goals[0]).not.toBe(twoGoals.goals[0]);
  });

  it("keeps words that cannot be saved in their field, and says why", () => {
    const long = "x".repeat(1001);
    let state = type(openSharedPlan(twoGoals, 0), ["goals", "g1", "detail"], long, "Write", "g", "b1");
    expect(state.unfit).toMatchObject([{ value: long, message: expect.stringContaining("1,000 characters") }]);
    expect(state.pending).toEqual([]);
    state = type(state, ["goals", "g1", "detail"], "short", "Write", "g", "b1");
    expect(state.unfit).toEqual([]);
    expect(detail(state, "g1")).toBe("short");
  });
});

describe("two people", () => {
  it("both change different fields: both changes stand", () => {
    let state = did(openSharedPlan(twoGoals, 1), [set("mine", "goals", "g1", "detail")], "b1");
    state = receive(state, [theirs(2, set("theirs", "goals", "g2", "detail"))], counted("d"));
    expect([detail(state, "g1"), detail(state, "g2")]).toEqual(["mine", "theirs"]);
    expect(state.disputes).toEqual([]);
    expect(state.pending).toHaveLength(1);
  });

  it("both write in the same field: theirs stands, mine is offered back and can be chosen", () => {
    let state = did(openSharedPlan(twoGoals, 1), [set("mine", "goals", "g1", "detail")], "b1");
    state = receive(markSent(state), [theirs(2, set("theirs", "goals", "g1", "detail"))], counted("d"));
    expect(detail(state, "g1")).toBe("theirs");
    expect(state.pending).toEqual([]);
    expect(state.disputes).toMatchObject([{ kind: "same-field", mine: "mine", by: "Theo Lindqvist" }]);
    // Going on typing changes the words kept aside, never theirs.
    state = type(state, ["goals", "g1", "detail"], "mine, longer", "Write", "x", "b2");
    expect(detail(state, "g1")).toBe("theirs");
    const [dispute] = state.disputes;
    state = after(settle(state, dispute?.id ?? "", dispute?.restore ?? [], "b3"));
    expect(detail(state, "g1")).toBe("mine, longer");
    expect(state.disputes).toEqual([]);
  });

  it("they remove what I am writing in: my words are kept, and bring the item back", () => {
    let state = did(openSharedPlan(twoGoals, 1), [set("mine", "interventions", "i2", "detail")], "b1");
    state = did(state, [set("more", "interventions", "i2", "technique")], "b1");
    state = receive(state, [theirs(2, { type: "remove", list: ["interventions"], id: "i2" })], counted("d"));
    expect(state.plan.interventions.map(({ id }) => id)).toEqual(["i1"]);
    expect(state.disputes).toMatchObject([
      { kind: "gone", mine: "mine" },
      { kind: "gone", mine: "more" },
    ]);
    const [dispute] = state.disputes;
    state = after(settle(state, dispute?.id ?? "", dispute?.restore ?? [], "b2"));
    expect(state.plan.interventions.find(({ id }) => id === "i2")?.detail).toBe("mine");
  });

  it("I remove what they have just changed: it stays, and I am asked again", () => {
    let state = did(openSharedPlan(twoGoals, 1), [{ type: "remove", list: ["interventions"], id: "i2" }], "b1");
    state = receive(state, [theirs(2, set("for her only", "interventions", "i2", "detail"))], counted("d"));
    expect(state.plan.interventions.map(({ id }) => id)).toEqual(["i1", "i2"]);
    expect(state.disputes).toMatchObject([{ kind: "changed" }]);
  });

  it("undo takes back only what is mine, and never what they wrote over it", () => {
    let state = did(openSharedPlan(twoGoals, 0), [set("first", "goals", "g1", "detail")], "b1");
    state = did(state, [set("second", "goals", "g2", "detail")], "b1");
    const sent = state.pending[0];
    state = receive(markSent(state), [{ ...theirs(1), batch: "b1", edits: sent ? editsOf(sent) : [] }], counted("d"));
    state = receive(state, [theirs(2, set("theirs", "goals", "g2", "detail"))], counted("d"));
    state = after(undo(state, "b2"));
    expect([detail(state, "g1"), detail(state, "g2")]).toEqual(["", "theirs"]);
    expect(state.undo).toEqual([]);
  });

  it("an answer that came twice changes nothing the second time", () => {
    const state = did(openSharedPlan(twoGoals, 0), [set("first", "goals", "g1", "detail")], "b1");
    const change = { ...theirs(1), batch: "b1", edits: [set("first", "goals", "g1", "detail")] };
    const once = receive(markSent(state), [change], counted("d"));
    expect(once.pending).toEqual([]);
    expect(receive(once, [change], counted("d"))).toBe(once);
  });
});

/** The server's side of the agreement: changes in order, a batch only once, an old base refused. */
function sharedDraft(plan: Plan) {
  let current = plan;
  const log: Change[] = [];
  return {
    plan: () => current,
    log,
    since: (seq: number) => log.filter((change) => change.seq > seq),
    send(base: number, batch: string, edits: readonly Edit[]): "saved" | "old" {
      if (log.some((change) => change.batch === batch)) return "saved";
      if (base !== log.length) return "old";
      const result = applyEdits(current, edits);
      if (!result.ok) throw new Error(`The server refused what the browser accepted: ${result.refusals[0]?.message}`);
      current = result.plan;
      log.push({ seq: log.length + 1, by: "x", at: "", batch, edits });
      return "saved";
    },
  };
}

type Deed = "edit" | "undo" | "redo" | "send" | "send-lost" | "poll";
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .record({ id: fc.constantFrom("g1", "g2"), value: fc.constantFrom("a", "b", "c") })
    .map(({ id, value }) => set(value, "goals", id, "detail")),
  fc.constantFrom("i1", "i2").map((id): Edit => ({ type: "remove", list: ["interventions"], id })),
  fc.constantFrom("i1", "i2").map((id) => set("how", "interventions", id, "detail")),
  fc.constantFrom("i1", "i2").map((id): Edit => ({ type: "move", list: ["interventions"], id, before: "i1" })),
  fc.constantFrom("n1", "n2", "n3").map((id): Edit => ({ type: "insert", list: ["goals"], item: exampleGoal({ id }), before: "g2" })),
  fc.constantFrom("n1", "n2", "n3").map((id): Edit => ({ type: "remove", list: ["goals"], id })),
);
const anyDeed = fc.record({
  who: fc.constantFrom(0, 1),
  deed: fc.constantFrom<Deed>("edit", "edit", "edit", "undo", "redo", "send", "send-lost", "poll"),
  edit: anyEdit,
});

describe("laws of working together", () => {
  it("two people end with the same plan, whatever they do and whatever gets lost on the way", () => {
    fc.assert(
      fc.property(fc.array(anyDeed, { maxLength: 40 }), (deeds) => {
        const draft = sharedDraft(twoGoals);
        const ids = counted("b");
        const people = [openSharedPlan(twoGoals, 0), openSharedPlan(twoGoals, 0)];
        const send = (who: number, answerArrives: boolean) => {
          let state = markSent(people[who] as SharedPlan);
          const [batch] = state.pending;
          if (batch !== undefined) {
            const answer = draft.send(state.seq, batch.id, editsOf(batch));
            if (answer === "old" || answerArrives) state = receive(state, draft.since(state.seq), ids);
          }
          people[who] = state;
        };
        for (const { who, deed, edit } of deeds) {
          const state = people[who] as SharedPlan;
          if (deed === "edit") {
            const changed = act(state, { edits: [edit], label: "", group: null }, ids());
            if (changed.ok) people[who] = changed.state;
          } else if (deed === "undo" || deed === "redo") people[who] = after((deed === "undo" ? undo : redo)(state, ids()));
          else if (deed === "poll") people[who] = receive(state, draft.since(state.seq), ids);
          else send(who, deed === "send");
        }
        for (const who of [0, 1, 0, 1]) for (let n = 0; n < 90 && (people[who] as SharedPlan).pending.length > 0; n++) send(who, true);
        for (const who of [0, 1]) people[who] = receive(people[who] as SharedPlan, draft.since((people[who] as SharedPlan).seq), ids);
        for (const state of people) {
          expect(state.outOfStep).toBe(false);
          expect(state.pending).toEqual([]);
          expect(state.plan).toStrictEqual(draft.plan());
          expect(state.confirmed).toStrictEqual(draft.plan());
        }
      }),
      { numRuns: 150 },
    );
  });

  it("no words are lost: what did not reach the plan is under dispute", () => {
    fc.assert(
      fc.property(fc.constantFrom("g1", "g2"), fc.constantFrom("g1", "g2"), (mine, other) => {
        let state = did(openSharedPlan(twoGoals, 0), [set("mine", "goals", mine, "detail")], "b1");
        state = receive(state, [theirs(1, set("theirs", "goals", other, "detail"))], counted("d"));
        const kept = state.disputes.some((dispute) => dispute.mine === "mine") || detail(state, mine) === "mine";
        expect(kept).toBe(true);
        expect(detail(state, other)).toBe("theirs");
      }),
    );
  });
});
