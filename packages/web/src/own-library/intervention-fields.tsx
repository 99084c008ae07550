import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ApproachId, approaches, approachIds } from "@trellis/domain/library/approach";
import { homeworkSheetsQuery } from "../api/library.ts";
import { ChoiceField, SelectField } from "../form/choice-field.tsx";
import { TextField } from "../form/text-field.tsx";
import type { ItemOf } from "./change-chapter.ts";
import { stateChoices } from "./chapter-words.ts";
import type { ItemForm } from "./item-form.ts";
import classes from "./own-library.module.css";
import { PickSeveral } from "./pick-several.tsx";
import { PlainWordsField } from "./plain-words-field.tsx";
import { SupportFields } from "./support-fields.tsx";

const approachChoices = approachIds.map((value: ApproachId) => ({ value, label: approaches[value].name }));

/** An intervention: what the therapist does, in which approach, what it rests on, and when not. */
export function InterventionFields({ item, set, problems, chapter }: ItemForm<ItemOf<"interventions">>) {
  return (
    <Stack>
      <TextField
        label="What the therapist does"
        description="Beginning with the verb: “Teaches …”, “Plans with the client …”."
        value={item.text}
        onChange={(text) => set({ text })}
        rows={2}
        max={600}
        error={problems.get("/text")}
        required
      />
      <PlainWordsField item={item} set={set} error={problems.get("/plain")} />
      <PickSeveral
        label="Objectives that it serves"
        choices={chapter.objectives}
        chosen={item.objectives}
        onChange={(objectives) => set({ objectives })}
        empty="There is no objective yet. Add one under Objectives, and come back."
        error={problems.get("/objectives")}
      />
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <SelectField label="Approach" value={item.approach} choices={approachChoices} onChange={(approach) => set({ approach })} />
        <TextField
          label="Technique"
          description="Its usual name, the same wherever it is used."
          value={item.technique}
          onChange={(technique) => set({ technique })}
          max={60}
          error={problems.get("/technique")}
        />
      </Group>
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <SelectField
          label="When"
          value={item.stage}
          choices={[
            { value: "throughout", label: "Throughout" },
            { value: "early", label: "Early in the course" },
            { value: "middle", label: "In the middle" },
            { value: "late", label: "Late in the course" },
          ]}
          onChange={(stage) => set({ stage })}
        />
        <SelectField
          label="With whom"
          value={item.format}
          choices={[
            { value: "individual", label: "The client alone" },
            { value: "couple", label: "The couple" },
            { value: "family", label: "The family" },
            { value: "group", label: "A group" },
            { value: "coordination", label: "Others who help" },
          ]}
          onChange={(format) => set({ format })}
        />
      </Group>
      <SupportFields item={item} set={set} sources={chapter.sources} problems={problems} />
      <Cautions item={item} set={set} problems={problems} />
      <Homework chosen={item.homework} onChange={(homework) => set({ homework })} error={problems.get("/homework/0")} />
      <TextField
        label="What to ask, so that it becomes this client's own"
        value={item.ask}
        onChange={(ask) => set({ ask })}
        max={200}
        error={problems.get("/ask")}
      />
    </Stack>
  );
}

function Cautions({ item, set, problems }: Pick<ItemForm<ItemOf<"interventions">>, "item" | "set" | "problems">) {
  const { cautions } = item;
  const change = (at: number, part: Partial<(typeof cautions)[number]>) =>
    set({ cautions: cautions.map((caution, i) => (i === at ? { ...caution, ...part } : caution)) });
  const free = stateChoices.find(({ value }) => !cautions.some(({ when }) => when === value));
  return (
    <Stack gap="sm">
      {cautions.map((caution, i) => (
        <fieldset key={caution.when} className={classes.box}>
          <legend className={classes.legend}>Caution</legend>
          <Stack>
            <SelectField
              label="While there is"
              value={caution.when}
              choices={stateChoices.filter(({ value }) => value === caution.when || !cautions.some(({ when }) => when === value))}
              onChange={(when) => change(i, { when })}
              error={problems.get(`/cautions/${i}/when`)}
            />
            <ChoiceField
              label="It is"
              value={caution.action}
              choices={[
                { value: "hold", label: "held back" },
                { value: "adapt", label: "done in another way" },
              ]}
              onChange={(action) => change(i, { action })}
            />
            <TextField
              label={caution.action === "hold" ? "Why" : "Why, and how"}
              value={caution.because}
              onChange={(because) => change(i, { because })}
              max={300}
              rows={2}
              error={problems.get(`/cautions/${i}/because`)}
            />
            <div>
              <Button
                variant="subtle"
                color="stone"
                size="compact-sm"
                onClick={() => set({ cautions: cautions.filter((_, at) => at !== i) })}
              >
                Take this caution out
              </Button>
            </div>
          </Stack>
        </fieldset>
      ))}
      {free !== undefined && (
        <div>
          <Button
            variant="default"
            size="compact-md"
            onClick={() => set({ cautions: [...cautions, { when: free.value, action: "hold", because: "", evidence: [] }] })}
          >
            Add a caution
          </Button>
        </div>
      )}
    </Stack>
  );
}

function Homework({
  chosen,
  onChange,
  error,
}: {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
  readonly error: string | undefined;
}) {
  const sheets = useQuery(homeworkSheetsQuery);
  const titles = new Map((sheets.data ?? []).map(({ id, title }) => [id, title]));
  const left = (sheets.data ?? []).filter(({ id }) => !chosen.includes(id)).toSorted((a, b) => (a.title < b.title ? -1 : 1));
  return (
    <Stack gap="xs">
      <SelectField
        label="Homework that goes with it"
        value=""
        choices={[
          { value: "", label: chosen.length === 0 ? "None" : "Add another" },
          ...left.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        onChange={(id) => {
          if (id !== "") onChange([...chosen, id]);
        }}
        error={error}
      />
      {chosen.map((id) => (
        <Group key={id} gap="xs">
          <Text>{titles.get(id) ?? id}</Text>
          <Button variant="subtle" color="stone" size="compact-sm" onClick={() => onChange(chosen.filter((one) => one !== id))}>
            Take out<span className={classes.unseen}>: {titles.get(id) ?? id}</span>
          </Button>
        </Group>
      ))}
    </Stack>
  );
}
