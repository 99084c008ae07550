import { endedInWords } from "@trellis/domain/review/ended-in-words";
import classes from "./composer.module.css";
import { usePlan } from "./composer-context.ts";

/** That an objective has ended at a review, and why; nothing while it goes on. */
export function Ended({ id }: { readonly id: string }) {
  const words = usePlan((plan) => {
    const objective = plan.objectives.find((entry) => entry.id === id);
    return objective === undefined ? null : endedInWords(objective, plan);
  });
  return words === null ? null : <p className={classes.quiet}>{words}</p>;
}
