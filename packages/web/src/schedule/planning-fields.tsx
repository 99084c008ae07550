import { Anchor, Chip, Group, Input, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { weekdayOf } from "@trellis/domain/calendar/date";
import { formatWords, modalityWords, weekdayWords } from "@trellis/domain/schedule/schedule-words";
import { type Rhythm, rhythmWords } from "@trellis/domain/schedule/series-from-plan";
import { useState } from "react";
import { membersQuery } from "../api/practice.ts";
import { hasRole, useSignedIn } from "../api/session.ts";
import { ChoiceField, SelectField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { LinesField } from "../form/lines-field.tsx";
import type { Problems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { clockWords, type Planning, previewWords, withDate, withRhythm } from "./planning.ts";
import { TimeField } from "./time-field.tsx";

interface Props {
  readonly planning: Planning;
  readonly onChange: (planning: Planning) => void;
  readonly problems: Problems;
}

const modalities = (["in-person", "video", "phone"] as const).map((value) => ({ value, label: modalityWords[value] }));

/** Day, time, length, where and with whom. */
export function AppointmentFields({
  planning,
  onChange,
  problems,
  formats = ["individual", "couple", "family"],
  dayLabel = "Day",
}: Props & { readonly formats?: readonly Planning["format"][]; readonly dayLabel?: string }) {
  const { practice } = useSignedIn();
  const clock = clockWords(planning.date, planning.startTime, practice.timeZone);
  const [placed, setPlaced] = useState(planning.place !== "");
  const together = planning.format === "couple" || planning.format === "family";
  return (
    <>
      <Group align="flex-start" gap="md">
        <DateField
          label={dayLabel}
          value={planning.date}
          onChange={(date) => onChange(withDate(planning, date))}
          error={problems.get("/date")}
          description={planning.date === "" ? undefined : weekdayWords[weekdayOf(planning.date)]}
          required
        />
        <TimeField
          label="Begins"
          description={practice.timeZone.replaceAll("_", " ")}
          value={planning.startTime}
          onChange={(startTime) => onChange({ ...planning, startTime })}
          error={problems.get("/startTime")}
          required
        />
        <div style={{ width: "6.5rem" }}>
          <TextField
            label="Minutes"
            description="Length"
            inputMode="numeric"
            value={planning.minutes}
            onChange={(minutes) => onChange({ ...planning, minutes })}
            error={problems.get("/detail/minutes")}
            required
          />
        </div>
      </Group>
      {clock !== "" && (
        <Text size="sm" role="status">
          {clock}
        </Text>
      )}
      <Group gap="2rem" align="flex-start" style={{ rowGap: "var(--mantine-spacing-md)" }}>
        {formats.length > 1 && (
          <ChoiceField
            label="Who sits together"
            value={planning.format}
            choices={formats.map((value) => ({ value, label: formatWords[value] }))}
            onChange={(format) => onChange({ ...planning, format })}
          />
        )}
        <ChoiceField
          label="Where"
          value={planning.modality}
          choices={modalities}
          onChange={(modality) => onChange({ ...planning, modality })}
        />
      </Group>
      {planning.modality === "in-person" &&
        (placed ? (
          <TextField
            label="Room or address"
            value={planning.place}
            onChange={(place) => onChange({ ...planning, place })}
            max={120}
            error={problems.get("/detail/place")}
          />
        ) : (
          <Anchor component="button" type="button" size="sm" style={{ alignSelf: "flex-start" }} onClick={() => setPlaced(true)}>
            In another room or place than usual
          </Anchor>
        ))}
      {together && (
        <LinesField
          label="Who else comes"
          description="First names or what they are to the client."
          noun="person"
          lines={planning.participants}
          onChange={(participants) => onChange({ ...planning, participants })}
          maxLength={120}
          maxLines={12}
        />
      )}
      {planning.format === "group" && (
        <TextField
          label="Name of the group"
          description="Stands in the chart of everybody in it."
          value={planning.groupName}
          onChange={(groupName) => onChange({ ...planning, groupName })}
          max={80}
          error={problems.get("/detail/groupName")}
        />
      )}
      <ClinicianField planning={planning} onChange={onChange} problems={problems} />
    </>
  );
}

/** Only where there is more than one who treats. */
function ClinicianField({ planning, onChange, problems }: Props) {
  const members = useQuery(membersQuery).data ?? [];
  const treating = members.filter((member) => member.active && hasRole(member, "owner", "clinician", "supervisor"));
  if (treating.length < 2) return null;
  return (
    <SelectField
      label="With"
      value={planning.clinicianId}
      choices={treating.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(clinicianId) => onChange({ ...planning, clinicianId })}
      error={problems.get("/clinicianId")}
    />
  );
}

const usual: readonly Rhythm[] = [
  { everyWeeks: 1, perWeek: 1 },
  { everyWeeks: 1, perWeek: 2 },
  { everyWeeks: 1, perWeek: 3 },
  { everyWeeks: 2, perWeek: 1 },
  { everyWeeks: 3, perWeek: 1 },
  { everyWeeks: 4, perWeek: 1 },
];
const keyOf = (rhythm: Rhythm | null) => (rhythm === null ? "once" : `${rhythm.everyWeeks}x${rhythm.perWeek}`);
const capital = (words: string) => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;

/** How often, on which days and how many times. */
export function RhythmFields({ planning, onChange, problems, once = true }: Props & { readonly once?: boolean }) {
  const { rhythm } = planning;
  const rhythms = rhythm === null || usual.some((known) => keyOf(known) === keyOf(rhythm)) ? usual : [...usual, rhythm];
  const preview = previewWords(planning);
  return (
    <Stack gap="sm">
      <Group align="flex-start" gap="md">
        <div style={{ flex: "1 1 11rem", maxWidth: "16rem" }}>
          <SelectField
            label="How often"
            value={keyOf(rhythm)}
            choices={[
              ...(once ? [{ value: "once", label: "Once" }] : []),
              ...rhythms.map((known) => ({ value: keyOf(known), label: capital(rhythmWords(known)) })),
            ]}
            onChange={(key) => onChange(withRhythm(planning, rhythms.find((known) => keyOf(known) === key) ?? null))}
          />
        </div>
        {rhythm !== null && (
          <div style={{ width: "11rem" }}>
            <TextField
              label="How many sessions"
              inputMode="numeric"
              value={planning.count}
              onChange={(count) => onChange({ ...planning, count })}
              error={problems.get("/count")}
              required
            />
          </div>
        )}
      </Group>
      {rhythm !== null && rhythm.perWeek > 1 && (
        <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
          <Input.Label component="legend" size="md" labelElement="div" p={0} mb={4}>
            On
          </Input.Label>
          <Chip.Group
            multiple
            value={planning.weekdays.map(String)}
            onChange={(days) => onChange({ ...planning, weekdays: days.map(Number) })}
          >
            <Group gap={6}>
              {[1, 2, 3, 4, 5, 6, 7].map((day) => (
                <Chip key={day} value={String(day)} size="sm">
                  {weekdayWords[day]}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          {problems.has("/weekdays") && <Input.Error mt={4}>{problems.get("/weekdays")}</Input.Error>}
        </fieldset>
      )}
      {preview !== "" && (
        <Text size="sm" c="dimmed">
          {preview}
        </Text>
      )}
    </Stack>
  );
}
