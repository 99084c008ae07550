import { Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { populationNames } from "@trellis/domain/library/contents";
import { catalogueQuery } from "../api/library.ts";
import { ChoiceField, SelectField } from "../form/choice-field.tsx";
import { TextField } from "../form/text-field.tsx";
import type { ItemOf } from "./change-chapter.ts";
import { sequenceChoices, whoChoices } from "./chapter-words.ts";
import type { ItemForm } from "./item-form.ts";
import { NumberField } from "./number-field.tsx";
import { SupportFields } from "./support-fields.tsx";

/** What is different where the client has another problem too. */
export function CooccurringFields({ item, set, problems, chapter }: ItemForm<ItemOf<"cooccurring">>) {
  const { data } = useQuery(catalogueQuery);
  const others = (data?.chapters ?? [])
    .filter(({ id }) => id !== chapter.id)
    .map(({ id, title, population }) => ({ value: id, label: `${title} (${populationNames[population].toLowerCase()})` }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  return (
    <Stack>
      <SelectField
        label="The other problem"
        value={item.chapter}
        choices={[
          ...(others.some(({ value }) => value === item.chapter) ? [] : [{ value: item.chapter, label: item.chapter || "Choose one" }]),
          ...others,
        ]}
        onChange={(next) => set({ chapter: next })}
        error={problems.get("/chapter")}
        required
      />
      <ChoiceField
        label="This one is treated"
        value={item.sequence}
        choices={sequenceChoices}
        onChange={(sequence) => set({ sequence })}
        error={problems.get("/sequence")}
      />
      <TextField
        label="How the two change each other's treatment"
        value={item.advice}
        onChange={(advice) => set({ advice })}
        rows={3}
        max={600}
        error={problems.get("/advice")}
        required
      />
      <SupportFields item={item} set={set} sources={chapter.sources} problems={problems} />
    </Stack>
  );
}

/** How somebody around the client takes part. */
export function InvolvementFields({ item, set, problems }: ItemForm<ItemOf<"involvement">>) {
  return (
    <Stack>
      <SelectField label="Who" value={item.who} choices={whoChoices} onChange={(who) => set({ who })} error={problems.get("/who")} />
      <TextField
        label="How they take part"
        value={item.how}
        onChange={(how) => set({ how })}
        rows={3}
        max={600}
        error={problems.get("/how")}
        required
      />
    </Stack>
  );
}

/** One part of a session that goes the same way every week. */
export function SessionPartFields({ item, set, problems }: ItemForm<ItemOf<"sessionStructure">>) {
  return (
    <Stack>
      <Group align="flex-start">
        <TextField
          label="Part of the session"
          value={item.part}
          onChange={(part) => set({ part })}
          max={80}
          error={problems.get("/part")}
          required
        />
        <NumberField label="Minutes" value={item.minutes} onChange={(minutes) => set({ minutes })} error={problems.get("/minutes")} />
      </Group>
      <TextField
        label="What is done"
        value={item.what}
        onChange={(what) => set({ what })}
        rows={3}
        max={600}
        error={problems.get("/what")}
        required
      />
    </Stack>
  );
}
