import { ActionIcon, Group, Input, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Icon } from "../shell/icon.tsx";
import { boundMessage, tooManyLines } from "./bound.ts";
import { addBelow, type LinesEdit, moveLine, putText, removeLine, withoutEmpty } from "./lines.ts";

interface Props {
  readonly label: string;
  readonly lines: readonly string[];
  readonly onChange: (lines: readonly string[]) => void;
  readonly description?: ReactNode;
  /** What one line holds, e.g. "strength"; names the fields for screen readers. */
  readonly noun?: string;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly maxLines?: number;
  /** Messages by index. */
  readonly errorAt?: (index: number) => string | undefined;
  readonly error?: ReactNode;
}

/**
 * A list of short lines, made and reordered without leaving the keyboard: Enter starts the next line, Backspace in an empty line removes
 * it, Alt with the arrows moves it, and a pasted list becomes lines.
 */
export function LinesField({
  label,
  lines,
  onChange,
  description,
  noun = "line",
  placeholder,
  maxLength = 500,
  maxLines = 50,
  errorAt,
  error,
}: Props) {
  const id = useId();
  const fields = useRef(new Map<number, HTMLInputElement>());
  const [focus, setFocus] = useState<{ readonly index: number } | null>(null);
  useEffect(() => {
    if (focus !== null) fields.current.get(focus.index)?.focus();
  }, [focus]);

  function apply(edit: LinesEdit): void {
    if (edit.lines !== lines) onChange(edit.lines);
    setFocus({ index: edit.focus });
  }

  function key(event: React.KeyboardEvent<HTMLInputElement>, index: number): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      apply(addBelow(lines, index));
    } else if (event.key === "Backspace" && lines[index] === "") {
      event.preventDefault();
      apply(removeLine(lines, index));
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      apply(moveLine(lines, index, event.key === "ArrowUp" ? -1 : 1));
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const next = fields.current.get(index + (event.key === "ArrowUp" ? -1 : 1));
      if (next !== undefined) {
        event.preventDefault();
        next.focus();
      }
    }
  }

  const room = lines.length < maxLines;
  const rows = room ? [...lines, ""] : lines.slice(0, maxLines);
  // A long list that was pasted stays in one piece: a field for each of thousands of lines would hold the page up, and be emptied one by one.
  const beyond = lines.slice(maxLines);

  function dropEmpty(): void {
    const kept = withoutEmpty(lines);
    if (kept !== lines) onChange(kept);
  }

  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }} aria-describedby={`${id}-hint`}>
      <Input.Label component="legend" size="md" labelElement="div" p={0}>
        {label}
      </Input.Label>
      <Text size="sm" c="dimmed" mb={6} id={`${id}-hint`}>
        {description}
        {description !== undefined && " "}Press Enter for the next one.
      </Text>
      <ul
        style={{ listStyle: "none", margin: 0, padding: 0 }}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) dropEmpty();
        }}
      >
        {rows.map((line, index) => (
          <li key={index} style={{ marginBottom: 6 }}>
            <Group gap={6} wrap="nowrap" align="flex-start">
              <TextInput
                flex={1}
                dir="auto"
                autoComplete="off"
                value={line}
                aria-label={index === lines.length ? `${label}: add a ${noun}` : `${label}: ${noun} ${index + 1}`}
                placeholder={index === lines.length ? (placeholder ?? `Add a ${noun}`) : undefined}
                error={boundMessage(line, maxLength)?.error ?? errorAt?.(index)}
                ref={(element) => {
                  if (element === null) fields.current.delete(index);
                  else fields.current.set(index, element);
                }}
                onChange={(event) => onChange(putText(lines, index, event.currentTarget.value).lines)}
                onPaste={(event) => {
                  const text = event.clipboardData.getData("text");
                  if (!/\n/.test(text.trim())) return;
                  event.preventDefault();
                  apply(putText(lines, index, line + text.trim()));
                }}
                onKeyDown={(event) => key(event, index)}
              />
              {index < lines.length ? (
                <ActionIcon
                  variant="subtle"
                  color="stone"
                  size={42}
                  aria-label={`Remove ${noun} ${index + 1}${line === "" ? "" : `: ${line.slice(0, 60)}`}`}
                  onClick={() => apply(removeLine(lines, index))}
                >
                  <Icon name="close" />
                </ActionIcon>
              ) : (
                <span style={{ width: 42, flex: "none" }} />
              )}
            </Group>
          </li>
        ))}
      </ul>
      {beyond.length > 0 && (
        <Textarea
          aria-label={`${label}: what does not fit`}
          dir="auto"
          rows={6}
          value={beyond.join("\n")}
          error={tooManyLines(lines.length, maxLines)}
          onChange={({ currentTarget: { value } }) => onChange([...rows, ...(value === "" ? [] : value.split("\n"))])}
          onBlur={dropEmpty}
        />
      )}
      {error !== undefined && beyond.length === 0 && <Input.Error>{error}</Input.Error>}
      {!room && beyond.length === 0 && (
        <Text size="sm" c="dimmed">
          That is all that fits here ({maxLines}).
        </Text>
      )}
    </fieldset>
  );
}
