import { Group, Stack } from "@mantine/core";
import type { LibraryMetric } from "@trellis/domain/library/chapter";
import type { Measure } from "@trellis/domain/measures/measure";
import { ChoiceField, SelectField } from "../form/choice-field.tsx";
import type { Problems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { NumberField } from "./number-field.tsx";
import classes from "./own-library.module.css";

type MeasureMetric = Extract<LibraryMetric, { kind: "measure" }>;

/** The direction in which a score gets better. */
const better = (measure: Measure | undefined): "decrease" | "increase" =>
  measure?.scoring.higherIs === "better" ? "increase" : "decrease";

function fresh(kind: LibraryMetric["kind"], given: readonly Measure[]): LibraryMetric {
  if (kind === "count") return { kind, unit: "", direction: "increase", target: 4, max: 7 };
  if (kind === "rating") return { kind, zero: "", ten: "", direction: "decrease", target: 3 };
  if (kind === "milestone") return { kind, evidenceOfDone: "" };
  const [first] = given;
  return { kind, measure: first?.id ?? "", direction: better(first), target: first?.cutoff === undefined ? "response" : "cutoff" };
}

/** How an objective is measured. */
export function MetricFields({
  metric,
  onChange,
  given,
  problems,
}: {
  readonly metric: LibraryMetric;
  readonly onChange: (metric: LibraryMetric) => void;
  /** The measures that the chapter gives. */
  readonly given: readonly Measure[];
  readonly problems: Problems;
}) {
  const at = (field: string) => problems.get(`/metric/${field}`);
  return (
    <fieldset className={classes.box}>
      <legend className={classes.legend}>How it is measured</legend>
      <Stack>
        <ChoiceField
          label="By"
          value={metric.kind}
          choices={[
            { value: "count", label: "counting" },
            { value: "rating", label: "a rating from 0 to 10" },
            { value: "measure", label: "a questionnaire" },
            { value: "milestone", label: "being done or not" },
          ]}
          onChange={(kind) => onChange(fresh(kind, given))}
          error={at("kind")}
        />
        {metric.kind === "measure" && <ByMeasure metric={metric} onChange={onChange} given={given} problems={problems} />}
        {metric.kind === "count" && (
          <>
            <TextField
              label="What is counted"
              description="With its time, as in “evenings a week”."
              value={metric.unit}
              onChange={(unit) => onChange({ ...metric, unit })}
              max={80}
              error={at("unit")}
              required
            />
            <Direction value={metric.direction} onChange={(direction) => onChange({ ...metric, direction })} />
            <Group align="flex-start">
              <NumberField
                label="Target"
                value={metric.target}
                onChange={(target) => onChange({ ...metric, target })}
                error={at("target")}
              />
              <NumberField label="Most possible" value={metric.max} onChange={(max) => onChange({ ...metric, max })} error={at("max")} />
            </Group>
          </>
        )}
        {metric.kind === "rating" && (
          <>
            <TextField
              label="0 means"
              value={metric.zero}
              onChange={(zero) => onChange({ ...metric, zero })}
              max={80}
              error={at("zero")}
              required
            />
            <TextField
              label="10 means"
              value={metric.ten}
              onChange={(ten) => onChange({ ...metric, ten })}
              max={80}
              error={at("ten")}
              required
            />
            <Direction value={metric.direction} onChange={(direction) => onChange({ ...metric, direction })} />
            <NumberField label="Target" value={metric.target} onChange={(target) => onChange({ ...metric, target })} error={at("target")} />
          </>
        )}
        {metric.kind === "milestone" && (
          <TextField
            label="One knows that it is done when"
            value={metric.evidenceOfDone}
            onChange={(evidenceOfDone) => onChange({ ...metric, evidenceOfDone })}
            max={160}
            error={at("evidenceOfDone")}
            required
          />
        )}
      </Stack>
    </fieldset>
  );
}

function Direction({
  value,
  onChange,
}: {
  readonly value: "decrease" | "increase";
  readonly onChange: (value: "decrease" | "increase") => void;
}) {
  return (
    <ChoiceField
      label="Better is"
      value={value}
      choices={[
        { value: "increase", label: "more" },
        { value: "decrease", label: "less" },
      ]}
      onChange={onChange}
    />
  );
}

const targetWords = {
  cutoff: "Past the cutoff",
  "reliable-change": "A change that counts as reliable",
  response: "Half of what it was",
  remission: "Remission",
} as const;

function ByMeasure({
  metric,
  onChange,
  given,
  problems,
}: Omit<Parameters<typeof MetricFields>[0], "metric"> & { readonly metric: MeasureMetric }) {
  const at = (field: string) => problems.get(`/metric/${field}`);
  const measure = given.find(({ id }) => id === metric.measure);
  const thresholds = [
    ...(measure?.cutoff === undefined ? [] : (["cutoff"] as const)),
    ...(measure?.reliableChange === undefined ? [] : (["reliable-change"] as const)),
    "response" as const,
    ...(measure?.remission === undefined ? [] : (["remission"] as const)),
  ];
  const fixed = typeof metric.target === "number";
  const whole = metric.item === undefined;
  return (
    <>
      <SelectField
        label="Questionnaire"
        value={metric.measure}
        choices={[
          ...(measure === undefined ? [{ value: metric.measure, label: metric.measure === "" ? "Choose one" : metric.measure }] : []),
          ...given.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        description={given.length === 0 ? "The chapter gives none yet: add one under Measures first." : undefined}
        onChange={(id) => {
          const next = fresh(
            "measure",
            given.filter((one) => one.id === id),
          );
          onChange(next);
        }}
        error={at("measure")}
      />
      {measure !== undefined && (
        <>
          {measure.items.length > 1 && (
            <SelectField
              label="What of it"
              value={String(metric.item ?? "whole")}
              choices={[
                { value: "whole", label: "The whole score" },
                ...measure.items.map(({ number, text }) => ({ value: String(number), label: `Question ${number}: ${text.slice(0, 70)}` })),
              ]}
              onChange={(value) => {
                const { item: _, ...rest } = metric;
                onChange(
                  value === "whole" ? { ...rest, target: thresholds[0] ?? "response" } : { ...rest, item: Number(value), target: 0 },
                );
              }}
              error={at("item")}
            />
          )}
          {whole && (
            <SelectField
              label="Target"
              value={fixed ? "fixed" : String(metric.target)}
              choices={[
                ...thresholds.map((value) => ({ value, label: targetWords[value] })),
                { value: "fixed", label: "A score of my own" },
              ]}
              onChange={(value) => onChange({ ...metric, target: value === "fixed" ? 0 : (value as keyof typeof targetWords) })}
              error={fixed ? undefined : at("target")}
            />
          )}
          {typeof metric.target === "number" && (
            <NumberField
              label={whole ? "Score to reach" : "Answer to reach"}
              value={metric.target}
              onChange={(target) => onChange({ ...metric, target })}
              error={at("target")}
            />
          )}
          {at("direction") !== undefined && (
            <Direction value={metric.direction} onChange={(direction) => onChange({ ...metric, direction })} />
          )}
        </>
      )}
    </>
  );
}
