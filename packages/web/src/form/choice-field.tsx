import { Group, NativeSelect, Radio, Stack } from "@mantine/core";
import type { ReactNode } from "react";

export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly description?: string;
}

interface Props<V extends string> {
  readonly label: ReactNode;
  readonly value: V | null;
  readonly choices: readonly Choice<V>[];
  readonly onChange: (value: V) => void;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly required?: boolean;
  /** Under each other, for choices with longer words. */
  readonly stacked?: boolean;
}

/** One of a few, all of them in sight. */
export function ChoiceField<V extends string>({ label, value, choices, onChange, description, error, required, stacked }: Props<V>) {
  const options = choices.map((choice) => (
    <Radio key={choice.value} value={choice.value} label={choice.label} description={choice.description} />
  ));
  return (
    <Radio.Group
      label={label}
      size="md"
      value={value}
      onChange={(next) => onChange(next as V)}
      description={description}
      error={error}
      required={required ?? false}
    >
      {stacked === true ? (
        <Stack gap="xs" mt="xs">
          {options}
        </Stack>
      ) : (
        <Group gap="lg" mt="xs" style={{ rowGap: "0.6rem" }}>
          {options}
        </Group>
      )}
    </Radio.Group>
  );
}

interface SelectProps<V extends string> extends Omit<Props<V>, "label" | "stacked"> {
  readonly label?: ReactNode;
  /** Said to screen readers only, where something beside the field shows it already. */
  readonly hiddenLabel?: string;
}

/** One of many, in the system's own list. */
export function SelectField<V extends string>({
  label,
  hiddenLabel,
  value,
  choices,
  onChange,
  description,
  error,
  required,
}: SelectProps<V>) {
  return (
    <NativeSelect
      label={label}
      {...(hiddenLabel === undefined ? {} : { "aria-label": hiddenLabel })}
      value={value ?? ""}
      data={[...choices]}
      description={description}
      error={error}
      required={required ?? false}
      onChange={(event) => onChange(event.currentTarget.value as V)}
    />
  );
}
