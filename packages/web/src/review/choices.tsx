import { type ReactNode, useId } from "react";
import { Icon } from "../shell/icon.tsx";
import classes from "./review.module.css";

interface Props<V extends string> {
  readonly legend: ReactNode;
  readonly value: V | null;
  readonly choices: readonly { readonly value: V; readonly label: string }[];
  /** The one that is proposed; one click on it accepts. */
  readonly proposed?: V;
  readonly onChange: (value: V) => void;
}

/** One of a few, as buttons beside each other: a click decides. */
export function Choices<V extends string>({ legend, value, choices, proposed, onChange }: Props<V>) {
  const name = useId();
  return (
    <fieldset className={classes.choices}>
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={classes.choice} data-proposed={choice.value === proposed || undefined}>
          <input type="radio" name={name} value={choice.value} checked={value === choice.value} onChange={() => onChange(choice.value)} />
          <span>
            {value === choice.value && <Icon name="check" size={16} />}
            {choice.label}
            {choice.value === proposed && " (proposed)"}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
