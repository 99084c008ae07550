import { Checkbox, Input, Stack, Text } from "@mantine/core";
import { useId } from "react";
import classes from "./own-library.module.css";

/** Some of what the chapter has, e.g. the goals that an objective serves. */
export function PickSeveral({
  label,
  description,
  choices,
  chosen,
  onChange,
  empty,
  error,
}: {
  readonly label: string;
  readonly description?: string;
  readonly choices: readonly { readonly id: string; readonly text: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
  /** What to say where there is nothing to choose. */
  readonly empty: string;
  readonly error?: string | undefined;
}) {
  const id = useId();
  return (
    <fieldset className={classes.several} aria-describedby={error === undefined ? undefined : id}>
      <Input.Label component="legend" size="md" labelElement="div" p={0}>
        {label}
      </Input.Label>
      {description !== undefined && (
        <Text size="sm" c="dimmed">
          {description}
        </Text>
      )}
      {choices.length === 0 ? (
        <Text c="dimmed" mt={6}>
          {empty}
        </Text>
      ) : (
        <div className={classes.choices}>
          <Stack gap="xs">
            {choices.map((choice) => (
              <Checkbox
                key={choice.id}
                label={choice.text}
                checked={chosen.includes(choice.id)}
                onChange={(event) =>
                  onChange(event.currentTarget.checked ? [...chosen, choice.id] : chosen.filter((one) => one !== choice.id))
                }
              />
            ))}
          </Stack>
        </div>
      )}
      {error !== undefined && (
        <Input.Error id={id} mt={6}>
          {error}
        </Input.Error>
      )}
    </fieldset>
  );
}
