import { Checkbox, Stack } from "@mantine/core";
import type { IsoDate } from "@trellis/domain/calendar/date";
import { DateField } from "../form/date-field.tsx";
import type { Problems } from "../form/problems.ts";
import type { NamedObjective } from "./objectives-of-plan.ts";

export interface AssignedTo {
  readonly objectiveIds: readonly string[];
  /** "" for no day. */
  readonly dueOn: string;
}

/** Enough of an objective to know it by. */
const shortened = (words: string) => (words.length <= 100 ? words : `${words.slice(0, 97).trimEnd()}…`);

/** What homework is for, and by when. */
export function AssignTo({
  value,
  onChange,
  objectives,
  problems,
  from,
}: {
  readonly value: AssignedTo;
  readonly onChange: (value: AssignedTo) => void;
  readonly objectives: readonly NamedObjective[];
  readonly problems: Problems;
  readonly from: IsoDate;
}) {
  const shown = objectives.filter(({ id, active }) => active || value.objectiveIds.includes(id));
  return (
    <>
      {shown.length > 0 && (
        <Checkbox.Group
          label="What it is for"
          description="Then it can be seen whether homework gets done for this objective."
          value={[...value.objectiveIds]}
          onChange={(objectiveIds) => onChange({ ...value, objectiveIds })}
          error={problems.get("/objectiveIds")}
        >
          <Stack gap="xs" mt="xs">
            {shown.map(({ id, number, words }) => (
              <Checkbox key={id} value={id} label={`${number} ${shortened(words)}`} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      <DateField
        label="To look at on"
        value={value.dueOn}
        onChange={(dueOn) => onChange({ ...value, dueOn })}
        min={from}
        error={problems.get("/dueOn")}
      />
    </>
  );
}
