import { Button, Group, Stack, Text } from "@mantine/core";
import { attainmentLevels } from "@trellis/domain/measures/own/goal-scale";
import type { Problems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { type GoalDraft, newGoal } from "./own-draft.ts";
import classes from "./own-measure.module.css";

interface Props {
  readonly goals: readonly GoalDraft[];
  readonly onChange: (goals: readonly GoalDraft[]) => void;
  readonly problems: Problems;
}

const mostGoals = 5;

/** Goals, each with five levels in words, best written before treatment works on them. */
export function GoalFields({ goals, onChange, problems }: Props) {
  const change = (index: number, part: Partial<GoalDraft>) =>
    onChange(goals.map((goal, at) => (at === index ? { ...goal, ...part } : goal)));
  return (
    <Stack gap="lg">
      <Text c="dimmed">
        Describe each level so that two people would choose the same one. “As expected” is what you and your client can hope for at the end.
        Write the levels before you begin to work on the goal: once it has been rated they stay as they are.
      </Text>
      {goals.map((goal, index) => (
        <fieldset key={index} className={classes.goal} data-entry>
          <legend className={classes.legend}>Goal {index + 1}</legend>
          <Stack gap="sm">
            <TextField
              label="The goal"
              value={goal.text}
              onChange={(text) => change(index, { text })}
              max={300}
              error={problems.get(`/goals/${index}/text`)}
              description="In this client's words, such as: leaving the house alone."
              required
            />
            {attainmentLevels.toReversed().map(({ level, name }) => (
              <TextField
                key={level}
                label={`${level > 0 ? `+${level}` : level < 0 ? `−${-level}` : "0"} · ${name}`}
                value={goal.levels[level + 2] ?? ""}
                onChange={(text) => change(index, { levels: goal.levels.with(level + 2, text) })}
                max={200}
                error={problems.get(`/goals/${index}/levels/${level + 2}`)}
                required
              />
            ))}
            <Group align="flex-end" justify="space-between">
              <TextField
                label="Weight among the goals"
                description="2 counts twice as much as 1."
                value={goal.weight}
                onChange={(weight) => change(index, { weight })}
                inputMode="numeric"
                error={problems.get(`/goals/${index}/weight`)}
              />
              {goals.length > 1 && (
                <Button variant="subtle" color="stone" onClick={() => onChange(goals.toSpliced(index, 1))}>
                  Remove goal {index + 1}
                </Button>
              )}
            </Group>
          </Stack>
        </fieldset>
      ))}
      {goals.length < mostGoals && (
        <Group>
          <Button variant="default" onClick={() => onChange([...goals, newGoal])}>
            Add a goal
          </Button>
        </Group>
      )}
      {problems.has("/goals") && <Text c="clay.8">{problems.get("/goals")}</Text>}
    </Stack>
  );
}
