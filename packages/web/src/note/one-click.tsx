import type { ReactNode } from "react";
import classes from "./note.module.css";

interface Props<V extends string> {
  readonly legend: ReactNode;
  /** Names the group of buttons; one of a kind on the page. */
  readonly name: string;
  readonly value: V | null;
  readonly choices: readonly { readonly value: V; readonly label: string; readonly tone?: "little" | "worse" }[];
  /** `null` takes the choice back. */
  readonly onChange: (value: V | null) => void;
  readonly children?: ReactNode;
}

/**
 * A choice in one click. With the focus inside, the keys 1, 2, 3 … choose as well, and 0, or clicking the chosen one again, takes it back: what was not
 * spoken about is not said.
 */
export function OneClick<V extends string>({ legend, name, value, choices, onChange, children }: Props<V>) {
  return (
    <fieldset
      className={classes.objective}
      onKeyDown={(event) => {
        if (!(event.target instanceof HTMLInputElement) || event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey)
          return;
        const chosen = event.key === "0" || event.key === "Backspace" ? null : choices[Number(event.key) - 1]?.value;
        if (chosen === undefined) return;
        event.preventDefault();
        onChange(chosen);
      }}
    >
      <legend>{legend}</legend>
      <div className={classes.choices}>
        {choices.map((choice) => (
          <label key={choice.value} className={classes.choice} data-tone={choice.tone}>
            <input
              type="radio"
              name={name}
              checked={value === choice.value}
              onChange={() => onChange(choice.value)}
              onClick={() => {
                if (value === choice.value) onChange(null);
              }}
            />
            {choice.label}
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}
