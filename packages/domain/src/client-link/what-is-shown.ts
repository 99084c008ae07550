import { withoutNames } from "../client/name-in-text.ts";
import type { AssignedHomework } from "../homework/assigned-homework.ts";
import { isWorkedOn } from "../plan/lifecycle.ts";
import { objectiveText } from "../plan/objective-text.ts";
import type { Plan } from "../plan/plan.ts";
import type { LinkShown } from "./client-link.ts";

type Shown<K extends LinkShown["kind"]> = Extract<LinkShown, { kind: K }>;

/** How long a link of each kind works where nobody says otherwise, in days: a plan for bad days is to be there when it is needed. */
export const linkDays = { homework: 28, review: 28, "safety-plan": 365, "relapse-plan": 365 } as const satisfies Record<
  LinkShown["kind"],
  number
>;

/** Homework as the client's page shows it. The client's names are cut down to letters: whoever looks over a shoulder is told nobody's name. */
export function shownHomework(
  { title, why, steps, fields, ifStuck, dueOn }: AssignedHomework,
  names: readonly string[],
): Shown<"homework"> {
  const plain = (text: string) => withoutNames(text, names);
  return {
    kind: "homework",
    title: plain(title),
    why: plain(why),
    steps: steps.map(plain),
    fields: fields.map((field) => ({ ...field, label: plain(field.label) })),
    ifStuck: plain(ifStuck),
    dueOn,
  };
}

/** What the client is asked before a review: the objectives that are worked on, in everyday words. */
export function shownForReview({ objectives }: Pick<Plan, "objectives">, names: readonly string[]): Shown<"review"> {
  return {
    kind: "review",
    objectives: objectives
      .filter(isWorkedOn)
      .slice(0, 60)
      .map((objective) => ({ id: objective.id, plain: withoutNames(objectiveText(objective, "plain"), names).slice(0, 1000) })),
  };
}
