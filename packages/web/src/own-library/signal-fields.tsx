import { Button, Group, Stack } from "@mantine/core";
import type { Signal } from "@trellis/domain/library/chapter";
import { type Measure, optionsOf } from "@trellis/domain/measures/measure";
import { SelectField } from "../form/choice-field.tsx";
import type { Problems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { stateChoices } from "./chapter-words.ts";
import { NumberField } from "./number-field.tsx";
import classes from "./own-library.module.css";

const kindChoices: readonly { readonly value: Signal["kind"]; readonly label: string }[] = [
  { value: "item", label: "an answer in a questionnaire" },
  { value: "score", label: "a whole score" },
  { value: "state", label: "a state of the client" },
  { value: "diagnosis", label: "a code" },
];

function fresh(kind: Signal["kind"], measures: readonly Measure[]): Signal {
  const measure = measures[0]?.id ?? "";
  if (kind === "item") return { kind, measure, item: 1, atLeast: 1 };
  if (kind === "score") return { kind, measure, atLeast: measures[0]?.cutoff?.atLeast ?? 1 };
  if (kind === "diagnosis") return { kind, code: "" };
  return { kind, state: stateChoices[0]?.value ?? "elevated-suicide-risk" };
}

/** What in a client's record points to an item: any one that holds is a reason to propose it. */
export function SignalFields({
  label,
  signals,
  onChange,
  measures: all,
  given,
  problems,
}: {
  readonly label: string;
  readonly signals: readonly Signal[];
  readonly onChange: (signals: Signal[]) => void;
  readonly measures: readonly Measure[];
  /** Ids of the measures that the chapter gives: they are offered first. */
  readonly given: readonly string[];
  readonly problems: Problems;
}) {
  const measures = all
    .filter(({ items }) => items.length > 0)
    .toSorted((a, b) => Number(given.includes(b.id)) - Number(given.includes(a.id)));
  const change = (at: number, signal: Signal) => onChange(signals.map((one, i) => (i === at ? signal : one)));
  return (
    <Stack gap="sm">
      {signals.map((signal, i) => {
        const at = (field: string) => problems.get(`/signals/${i}/${field}`);
        return (
          // Signals have no ids, and keep their places while one is changed.
          <fieldset key={i} className={classes.box}>
            <legend className={classes.legend}>{label}</legend>
            <Stack>
              <SelectField label="It is" value={signal.kind} choices={kindChoices} onChange={(kind) => change(i, fresh(kind, measures))} />
              {(signal.kind === "item" || signal.kind === "score") && (
                <ByAnswers signal={signal} measures={measures} onChange={(next) => change(i, next)} at={at} />
              )}
              {signal.kind === "state" && (
                <SelectField
                  label="State"
                  value={signal.state}
                  choices={stateChoices}
                  onChange={(state) => change(i, { kind: "state", state })}
                  error={at("state")}
                />
              )}
              {signal.kind === "diagnosis" && (
                <TextField
                  label="A code, or its beginning"
                  value={signal.code}
                  onChange={(code) => change(i, { kind: "diagnosis", code: code.toUpperCase() })}
                  error={at("code")}
                />
              )}
              <div>
                <Button
                  variant="subtle"
                  color="stone"
                  size="compact-sm"
                  onClick={() => onChange(signals.filter((_, other) => other !== i))}
                >
                  Take this out
                </Button>
              </div>
            </Stack>
          </fieldset>
        );
      })}
      <div>
        <Button variant="default" size="compact-md" onClick={() => onChange([...signals, fresh("item", measures)])}>
          {signals.length === 0 ? `Say ${label.charAt(0).toLowerCase()}${label.slice(1)}` : "Add another"}
        </Button>
      </div>
    </Stack>
  );
}

function ByAnswers({
  signal,
  measures,
  onChange,
  at,
}: {
  readonly signal: Extract<Signal, { kind: "item" | "score" }>;
  readonly measures: readonly Measure[];
  readonly onChange: (signal: Signal) => void;
  readonly at: (field: string) => string | undefined;
}) {
  const measure = measures.find(({ id }) => id === signal.measure);
  const item = signal.kind === "item" ? measure?.items.find(({ number }) => number === signal.item) : undefined;
  const options = measure === undefined || item === undefined ? [] : optionsOf(measure, item);
  return (
    <>
      <SelectField
        label="Questionnaire"
        value={signal.measure}
        choices={[
          ...(measure === undefined ? [{ value: signal.measure, label: signal.measure || "Choose one" }] : []),
          ...measures.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id) =>
          onChange(
            fresh(
              signal.kind,
              measures.filter((one) => one.id === id),
            ),
          )
        }
        error={at("measure")}
      />
      {signal.kind === "item" && measure !== undefined && (
        <SelectField
          label="Question"
          value={String(signal.item)}
          choices={measure.items.map(({ number, text }) => ({ value: String(number), label: `${number}. ${text.slice(0, 70)}` }))}
          onChange={(number) => onChange({ ...signal, item: Number(number) })}
          error={at("item")}
        />
      )}
      {options.length > 1 ? (
        <SelectField
          label="Answered at least"
          value={String(signal.atLeast)}
          choices={[
            ...(options.some(({ value }) => value === signal.atLeast)
              ? []
              : [{ value: String(signal.atLeast), label: String(signal.atLeast) }]),
            ...options
              .toSorted((a, b) => a.value - b.value)
              .slice(1)
              .map(({ value, label }) => ({ value: String(value), label: `${value}: ${label}` })),
          ]}
          onChange={(value) => onChange({ ...signal, atLeast: Number(value) })}
          error={at("atLeast")}
        />
      ) : (
        <Group>
          <NumberField
            label="At least"
            value={signal.atLeast}
            onChange={(atLeast) => onChange({ ...signal, atLeast })}
            error={at("atLeast")}
          />
        </Group>
      )}
    </>
  );
}
