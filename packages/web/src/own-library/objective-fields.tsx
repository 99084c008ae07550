import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import type { TemplateParameter } from "@trellis/domain/library/chapter";
import { useRef } from "react";
import { SelectField } from "../form/choice-field.tsx";
import { LinesField } from "../form/lines-field.tsx";
import type { Problems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { blanksToOffer, parametersFor } from "./blanks-in-text.ts";
import type { ItemOf } from "./change-chapter.ts";
import type { ItemForm } from "./item-form.ts";
import { MetricFields } from "./metric-fields.tsx";
import { NumberField } from "./number-field.tsx";
import classes from "./own-library.module.css";
import { PickSeveral } from "./pick-several.tsx";
import { PlainWordsField } from "./plain-words-field.tsx";
import { SignalFields } from "./signal-fields.tsx";

const stages = [
  { value: "early", label: "Early in the course" },
  { value: "middle", label: "In the middle" },
  { value: "late", label: "Late in the course" },
] as const;

/** An objective: what is to be reached, how it is measured, and the blanks that each client fills. */
export function ObjectiveFields({ item, set, problems, chapter, measures }: ItemForm<ItemOf<"objectives">>) {
  const text = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  /** Puts a blank where the cursor is, or was. */
  function insert(blank: string): void {
    const at = text.current?.selectionStart ?? item.text.length;
    const [before, after] = [item.text.slice(0, at), item.text.slice(at)];
    const words = `${before === "" || before.endsWith(" ") ? "" : " "}{${blank}}`;
    set({ text: `${before}${words}${after}` });
    const cursor = at + words.length;
    requestAnimationFrame(() => {
      text.current?.focus();
      text.current?.setSelectionRange(cursor, cursor);
    });
  }
  const parameters = Object.entries(parametersFor(item.text, item.plain, item.parameters));
  const given = chapter.measures.flatMap(({ id }) => measures.find((measure) => measure.id === id) ?? []);
  return (
    <Stack>
      <TextField
        label="Objective"
        description="With blanks in braces. Those for the numbers and the day are filled by how it is measured; any other, such as {place}, is asked about when a plan is made."
        value={item.text}
        onChange={(next) => set({ text: next })}
        ref={text}
        rows={2}
        max={600}
        error={problems.get("/text")}
        required
      />
      <Group gap="xs" mt={-8}>
        {blanksToOffer(item.metric.kind).map((name) => (
          <Button key={name} size="compact-sm" variant="default" disabled={item.text.includes(`{${name}}`)} onClick={() => insert(name)}>
            {`{${name}}`}
          </Button>
        ))}
      </Group>
      <MetricFields metric={item.metric} onChange={(metric) => set({ metric })} given={given} problems={problems} />
      {parameters.map(([name, parameter]) => (
        <BlankFields
          key={name}
          name={name}
          parameter={parameter}
          problems={problems}
          onChange={(changed) => set({ parameters: { ...item.parameters, [name]: changed } })}
        />
      ))}
      <PlainWordsField item={item} set={set} error={problems.get("/plain")} />
      <PickSeveral
        label="Goals that it serves"
        choices={chapter.goals}
        chosen={item.goals}
        onChange={(goals) => set({ goals })}
        empty="There is no goal yet. Add one under Goals, and come back."
        error={problems.get("/goals")}
      />
      <Group align="flex-start">
        <SelectField label="Worked on" value={item.stage} choices={stages} onChange={(stage) => set({ stage })} />
        <NumberField label="Weeks to reach it" value={item.weeks} onChange={(weeks) => set({ weeks })} error={problems.get("/weeks")} />
      </Group>
      <TextField
        label="What to ask, so that it becomes this client's own"
        value={item.ask}
        onChange={(ask) => set({ ask })}
        max={200}
        error={problems.get("/ask")}
      />
      <Checkbox
        label="About safety: comes first, and only when the record calls for it"
        description="The goal that it serves is marked so too."
        checked={item.safety}
        onChange={(event) => set({ safety: event.currentTarget.checked, meansSafety: event.currentTarget.checked && item.meansSafety })}
      />
      {item.safety && (
        <Checkbox
          label="Puts guns, pills or other means out of reach"
          description="A plan takes this step where the risk of suicide is raised and means are named."
          checked={item.meansSafety}
          onChange={(event) => set({ meansSafety: event.currentTarget.checked })}
        />
      )}
      {item.safety && (
        <SignalFields
          label="What calls for it"
          signals={item.signals}
          onChange={(signals) => set({ signals })}
          measures={measures}
          given={chapter.measures.map(({ id }) => id)}
          problems={problems}
        />
      )}
    </Stack>
  );
}

function BlankFields({
  name,
  parameter,
  problems,
  onChange,
}: {
  readonly name: string;
  readonly parameter: TemplateParameter;
  readonly problems: Problems;
  readonly onChange: (parameter: TemplateParameter) => void;
}) {
  const at = (field: string) => problems.get(`/parameters/${name}/${field}`);
  const { label } = parameter;
  return (
    <fieldset className={classes.box}>
      <legend className={classes.legend}>{`The blank {${name}}`}</legend>
      <Stack>
        {problems.get(`/parameters/${name}`) !== undefined && (
          <Text size="sm" c="clay">
            {problems.get(`/parameters/${name}`)}
          </Text>
        )}
        <Group align="flex-start" grow preventGrowOverflow={false}>
          <TextField
            label="What is asked"
            value={label}
            onChange={(next) => onChange({ ...parameter, label: next })}
            max={80}
            error={at("label")}
          />
          <SelectField
            label="It takes"
            value={parameter.kind}
            choices={[
              { value: "text", label: "words" },
              { value: "number", label: "a number" },
              { value: "choice", label: "one of several" },
            ]}
            onChange={(kind) =>
              onChange(
                kind === "text"
                  ? { kind, label, example: "" }
                  : kind === "number"
                    ? { kind, label, default: 1, min: 1, max: 10 }
                    : { kind, label, options: [], default: "" },
              )
            }
          />
        </Group>
        {parameter.kind === "text" && (
          <TextField
            label="For example"
            value={parameter.example}
            onChange={(example) => onChange({ ...parameter, example })}
            max={120}
            error={at("example")}
          />
        )}
        {parameter.kind === "number" && (
          <Group align="flex-start">
            <NumberField
              label="Usually"
              value={parameter.default}
              onChange={(value) => onChange({ ...parameter, default: value })}
              error={at("default")}
            />
            <NumberField label="At least" value={parameter.min} onChange={(min) => onChange({ ...parameter, min })} error={at("min")} />
            <NumberField label="At most" value={parameter.max} onChange={(max) => onChange({ ...parameter, max })} error={at("max")} />
          </Group>
        )}
        {parameter.kind === "choice" && (
          <LinesField
            label="What one can choose"
            description="The first is the usual one."
            noun="choice"
            lines={parameter.options}
            onChange={(options) => onChange({ ...parameter, options: [...options], default: options[0] ?? "" })}
            maxLength={80}
            maxLines={20}
            errorAt={(index) => at(`options/${index}`)}
            error={at("options") ?? at("default")}
          />
        )}
      </Stack>
    </fieldset>
  );
}
