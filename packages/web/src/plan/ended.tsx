import { Button } from "@mantine/core";
import { endedInWords } from "@trellis/domain/review/ended-in-words";
import classes from "./composer.module.css";
import { useComposer, usePlan } from "./composer-context.ts";

/** That an objective has ended at a review, and why, with the way back; nothing while it goes on. */
export function Ended({ id, name }: { readonly id: string; readonly name: string }) {
  const { store, readOnly, announce } = useComposer();
  const words = usePlan((plan) => {
    const objective = plan.objectives.find((entry) => entry.id === id);
    return objective === undefined ? null : endedInWords(objective, plan);
  });
  if (words === null) return null;
  return (
    <p className={classes.quiet}>
      {words}{" "}
      {!readOnly && (
        <Button
          variant="subtle"
          color="stone"
          size="compact-sm"
          onClick={() => {
            const at = (field: string) => ["objectives", id, field];
            store.act(`Take up ${name} again`, [
              { type: "set", path: at("lifecycleStatus"), value: "active" },
              { type: "set", path: at("achievementStatus"), value: "in-progress" },
            ]);
            announce(`${name} is worked on again.`);
          }}
        >
          Take up again<span className={classes.unseen}>, {name}</span>
        </Button>
      )}
    </p>
  );
}
