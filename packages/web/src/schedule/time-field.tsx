import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";

/** A time of the day, in the browser's own field: typed or chosen in the way the person's computer writes times. */
export function TimeField({
  label,
  value,
  onChange,
  error,
  required,
  description,
}: {
  readonly label: string;
  /** `hh:mm`, or "" while there is none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: ReactNode;
  readonly required?: boolean;
  readonly description?: ReactNode;
}) {
  return (
    <TextInput
      type="time"
      label={label}
      value={value}
      error={error}
      description={description}
      required={required ?? false}
      autoComplete="off"
      miw={130}
      maw={160}
      onChange={(event) => onChange(event.currentTarget.value.slice(0, 5))}
    />
  );
}
