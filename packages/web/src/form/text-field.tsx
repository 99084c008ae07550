import { Text, Textarea, TextInput } from "@mantine/core";
import type { HTMLInputAutoCompleteAttribute, HTMLInputTypeAttribute, ReactNode, Ref } from "react";
import { boundMessage } from "./bound.ts";

interface Props {
  readonly label: ReactNode;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly description?: ReactNode;
  /** The most characters that can be saved. More can be typed and pasted, and nothing of it is cut off: the field says what is too much. */
  readonly max?: number;
  readonly error?: ReactNode;
  readonly required?: boolean;
  readonly placeholder?: string;
  /** More than 1 makes it a field for running text that grows with what is in it. */
  readonly rows?: number;
  readonly type?: HTMLInputTypeAttribute;
  readonly inputMode?: "text" | "tel" | "email" | "numeric";
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly autoFocus?: boolean;
  /** In a dialog: takes the focus when it opens. */
  readonly "data-autofocus"?: boolean;
  readonly id?: string;
  readonly name?: string;
  readonly hiddenLabel?: boolean;
  readonly onBlur?: () => void;
  readonly onKeyDown?: (event: React.KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  readonly ref?: Ref<HTMLInputElement & HTMLTextAreaElement>;
}

/** A field for words. It takes anything that is typed or pasted, and says at the field what cannot be saved and why. */
export function TextField({
  label,
  value,
  onChange,
  description,
  max,
  error,
  required,
  rows = 1,
  hiddenLabel,
  autoComplete = "off",
  ...rest
}: Props) {
  const bound = max === undefined ? null : boundMessage(value, max);
  const shared = {
    ...(hiddenLabel === true ? { "aria-label": String(label) } : { label }),
    value,
    description,
    // How much is too much says more than that it is too much.
    error: bound?.error ?? error,
    required: required ?? false,
    autoComplete,
    dir: "auto",
    ...rest,
  };
  return (
    <div>
      {rows > 1 ? (
        <Textarea {...shared} autosize minRows={rows} maxRows={24} onChange={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <TextInput {...shared} onChange={(event) => onChange(event.currentTarget.value)} />
      )}
      {bound?.hint !== undefined && (
        <Text size="sm" c="dimmed" mt={4}>
          {bound.hint}
        </Text>
      )}
    </div>
  );
}
