import { Text } from "@mantine/core";
import type { AssignedHomework } from "@trellis/domain/homework/assigned-homework";
import { type DoneRate, doneRate, doneRateWords, homeworkByObjective } from "@trellis/domain/homework/homework-by-objective";
import classes from "./homework.module.css";
import type { NamedObjective } from "./objectives-of-plan.ts";

/** Whether homework gets done, over all and objective by objective. The words say what the bars show. */
export function DoneRates({
  homework,
  objectives,
}: {
  readonly homework: readonly AssignedHomework[];
  readonly objectives: readonly NamedObjective[];
}) {
  const all = doneRate(homework);
  const known = new Set(objectives.map(({ id }) => id));
  const byObjective = homeworkByObjective(homework);
  if (all.lookedAt === 0)
    return <Text c="dimmed">As soon as you have looked at homework together, this shows how much of it gets done.</Text>;
  return (
    <ul className={classes.rates}>
      <Rate name="All homework" rate={all} />
      {objectives.map(({ id, number, words }) => {
        const rate = byObjective.get(id);
        return rate === undefined ? null : <Rate key={id} name={`${number} ${words}`} rate={rate} />;
      })}
      {[...byObjective].map(([id, rate]) =>
        known.has(id) ? null : <Rate key={id} name="An objective that is no longer in the plan" rate={rate} />,
      )}
    </ul>
  );
}

function Rate({ name, rate }: { readonly name: string; readonly rate: DoneRate }) {
  const part = (count: number) => ({ width: `${(count / rate.lookedAt) * 100}%` });
  return (
    <li>
      <Text lineClamp={2}>{name}</Text>
      <div className={classes.bar} aria-hidden="true">
        <span data-part="done" style={part(rate.done)} />
        <span data-part="partly" style={part(rate.partly)} />
      </div>
      <Text size="sm" c="dimmed">
        {doneRateWords(rate)}
      </Text>
    </li>
  );
}
