import { Button, Checkbox, Group, SimpleGrid, Stack } from "@mantine/core";
import { addMonths } from "@trellis/domain/calendar/date";
import type { EpisodeEnd } from "@trellis/domain/episode/episode";
import type { Measure } from "@trellis/domain/measures/measure";
import { DateField } from "../form/date-field.tsx";
import type { Problems } from "../form/problems.ts";
import { Icon } from "../shell/icon.tsx";

interface Props {
  readonly followUps: EpisodeEnd["followUps"];
  /** The last day of treatment. */
  readonly endedOn: string;
  /** Those that the client can answer by link, those in use first. */
  readonly measures: readonly Measure[];
  readonly problems: Problems;
  /** Where the follow-ups stand in what is sent. */
  readonly under: string;
  readonly onChange: (followUps: EpisodeEnd["followUps"]) => void;
}

/** On which days the client is asked again, and what. The same measures each time, so that they can be compared. */
export function FollowUpsField({ followUps, endedOn, measures, problems, under, onChange }: Props) {
  const asked = [...new Set(followUps.flatMap(({ measures: ids }) => ids))];
  const last =
    followUps
      .map(({ date }) => date)
      .toSorted()
      .at(-1) ?? endedOn;
  return (
    <Stack gap="sm">
      {followUps.map(({ date, measures: ids }, index) => (
        // Days can be alike while they are typed.
        <Group key={index} align="flex-end" gap="sm">
          <DateField
            label={`Follow-up ${index + 1}`}
            value={date}
            onChange={(day) => onChange(followUps.map((other, at) => (at === index ? { date: day, measures: ids } : other)))}
            error={problems.get(`${under}/${index}/date`) ?? problems.get(`${under}/${index}/measures`)}
          />
          <Button
            variant="subtle"
            onClick={() => onChange(followUps.filter((_, at) => at !== index))}
            aria-label={`Take follow-up ${index + 1} out`}
          >
            Take out
          </Button>
        </Group>
      ))}
      {followUps.length < 6 && (
        <Group>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => onChange([...followUps, { date: addMonths(last, followUps.length === 0 ? 1 : 3), measures: asked }])}
          >
            Add a follow-up
          </Button>
        </Group>
      )}
      {followUps.length > 0 && (
        <Checkbox.Group
          label="What to ask"
          value={asked}
          onChange={(next) => onChange(followUps.map(({ date }) => ({ date, measures: next.slice(0, 10) })))}
        >
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" mt="xs">
            {measures.map(({ id, name, items }) => (
              <Checkbox key={id} value={id} label={name} description={`${items.length} questions`} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      )}
    </Stack>
  );
}
