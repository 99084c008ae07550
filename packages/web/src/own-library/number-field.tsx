import { type ReactNode, useState } from "react";
import { readNumber } from "../form/read-number.ts";
import { TextField } from "../form/text-field.tsx";

/** A number that is typed. What is no number becomes `NaN`, which no schema takes, so that the field says what belongs here. */
export function NumberField({
  label,
  value,
  onChange,
  description,
  error,
}: {
  readonly label: ReactNode;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown =
    typed !== null && Object.is(readNumber(typed) ?? Number.NaN, value) ? typed : Number.isNaN(value) ? (typed ?? "") : String(value);
  return (
    <div style={{ width: "9rem" }}>
      <TextField
        label={label}
        value={shown}
        inputMode="numeric"
        description={description}
        error={error}
        onChange={(text) => {
          setTyped(text);
          onChange(readNumber(text) ?? Number.NaN);
        }}
      />
    </div>
  );
}
