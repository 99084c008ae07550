import { describe, expect, it } from "vitest";
import { clearMatch, meaningOf, namesIn } from "./client-words.ts";

const goals = {
  health: "Let the liver, the body and sleep heal, with a doctor who knows how much is drunk.",
  people: "Build back trust with close people, and be there for the family.",
  rest: "Sleep well and wake rested.",
  house: "Keep papers, bills and rooms in an order that lasts.",
};
const goalFor = (hope: string, names: readonly string[] = []) =>
  clearMatch(meaningOf(hope, namesIn(names)), Object.keys(goals) as (keyof typeof goals)[], (goal) => meaningOf(goals[goal]));

describe("the goal that takes up a client's hope", () => {
  it.each([
    ["Sleep through to four", [], "rest"],
    ["Get the bills and papers off the kitchen table", [], "house"],
    ["Be someone Claire is glad to hear from", ["daughter Claire"], "people"],
  ])("is clear for “%s”", (hope, names, goal) => {
    expect(goalFor(hope, names)).toBe(goal);
  });

  it.each([
    ["Eat lunch inside", "a meal among people is no wish for a healthier liver"],
    ["Not argue in my head at the med cart", "one word of other people says nothing of trust"],
    ["Win a race", "nothing of it is in any goal"],
  ])("is left for client and clinician to name for “%s”: %s", (hope) => {
    expect(goalFor(hope)).toBeNull();
  });
});

it("takes the names of the client's people out of the record, and no day or month for somebody", () => {
  expect([...namesIn(["sister Maja", "Saturday breakfast at Jude's", "Until rugby in April", "Keep the dog"])]).toEqual(["Maja", "Jude"]);
});
