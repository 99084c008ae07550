import { TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";

interface Props {
  readonly label: ReactNode;
  /** `YYYY-MM-DD`, or "" while there is none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly required?: boolean;
  readonly min?: string;
  readonly max?: string;
  readonly id?: string;
}

/** A day, in the browser's own date field: typed or chosen, in the way the person's computer writes dates. */
export function DateField({ label, value, onChange, description, error, required, min, max, id }: Props) {
  const [unfinished, setUnfinished] = useState(false);
  return (
    <TextInput
      type="date"
      label={label}
      value={value}
      description={description}
      error={error ?? (unfinished ? "This date is not complete, or there is no such day." : undefined)}
      required={required ?? false}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      {...(id === undefined ? {} : { id })}
      autoComplete="off"
      maw={260}
      onChange={(event) => {
        setUnfinished(false);
        onChange(event.currentTarget.value);
      }}
      onBlur={(event) => setUnfinished(event.currentTarget.validity.badInput)}
    />
  );
}
