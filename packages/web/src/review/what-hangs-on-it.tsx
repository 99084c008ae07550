import { numberOf, planNumbers } from "@trellis/domain/plan/numbering";
import { objectiveText } from "@trellis/domain/plan/objective-text";
import type { Plan } from "@trellis/domain/plan/plan";
import type { InterventionAtItsEnd } from "@trellis/domain/review/apply-review";
import type { CarriedOver } from "@trellis/domain/review/carried-over";
import { objectivesToReview } from "@trellis/domain/review/review-evidence";
import { SelectField } from "../form/choice-field.tsx";
import { Card } from "../shell/card.tsx";
import { Choices } from "./choices.tsx";
import classes from "./review.module.css";
import type { ReviewForm } from "./review-form.ts";

interface Props {
  /** The plan with what ends here as ended. */
  readonly after: Plan;
  readonly atTheirEnd: readonly InterventionAtItsEnd[];
  readonly carried: readonly CarriedOver[];
  readonly form: ReviewForm;
  readonly change: (form: ReviewForm) => void;
}

/** Interventions and homework of objectives that end, and everything else that hangs on the plan: nothing is orphaned, and what stops says why. */
export function WhatHangsOnIt({ after, atTheirEnd, carried, form, change }: Props) {
  const { objectives } = planNumbers(after);
  const goingOn = objectivesToReview(after);
  const asked = carried.filter(({ becomes }) => becomes === "asks");
  const rest = carried.filter(({ becomes }) => becomes !== "asks");
  if (atTheirEnd.length === 0 && carried.length === 0) return null;
  return (
    <Card title="What hangs on the plan">
      <ul className={classes.list}>
        {atTheirEnd.map(({ intervention, why }) => {
          const chosen = form.interventions.find(({ id }) => id === intervention.id);
          return (
            <li key={intervention.id}>
              <p>{intervention.text}</p>
              <SelectField
                label={why}
                value={chosen?.decision === "keep" ? (chosen.forObjective ?? "") : ""}
                choices={[
                  { value: "", label: "It ends with it" },
                  ...goingOn.map((objective) => ({
                    value: objective.id,
                    label: `Keep it for objective ${numberOf(objectives, objective.id)}: ${shortened(objectiveText(objective))}`,
                  })),
                ]}
                onChange={(forObjective) =>
                  change({
                    ...form,
                    interventions: [
                      ...form.interventions.filter(({ id }) => id !== intervention.id),
                      ...(forObjective === "" ? [] : [{ id: intervention.id, decision: "keep" as const, forObjective, reason: "" }]),
                    ],
                  })
                }
              />
            </li>
          );
        })}
        {asked.map(({ id, what, why }) => (
          <li key={id} id={`homework-${id}`} tabIndex={-1}>
            <Choices
              legend={`${what}. ${why}`}
              value={form.homework.find((entry) => entry.id === id)?.decision ?? null}
              choices={[
                { value: "goes-on", label: "It goes on" },
                { value: "taken-back", label: "Take it back" },
              ]}
              onChange={(decision) =>
                change({ ...form, homework: [...form.homework.filter((entry) => entry.id !== id), { id, decision }] })
              }
            />
          </li>
        ))}
        {rest.length > 0 && (
          <li>
            <p className={classes.soft}>Carried over into the next revision:</p>
            <ul className={classes.facts}>
              {rest.map(({ id, what, becomes, why }) => (
                <li key={id}>
                  {what}
                  {becomes === "stops" ? " stops" : " goes on"}
                  {why === "" ? "." : `. ${why}`}
                </li>
              ))}
            </ul>
          </li>
        )}
      </ul>
    </Card>
  );
}

const shortened = (text: string) => (text.length > 70 ? `${text.slice(0, 69)}…` : text);
