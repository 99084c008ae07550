import { TextInput } from "@mantine/core";
import type { Quantity } from "@trellis/domain/measures/measure";
import classes from "./give-measure.module.css";
import { rangeWords } from "./typed-numbers.ts";

interface Props {
  readonly quantity: Quantity;
  /** The question, for a screen reader. */
  readonly label: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly onEnter: () => void;
  readonly onLeave?: (() => void) | undefined;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
  readonly large?: boolean;
}

/** An answer that is a number: typed, with Enter to go on. Anything can be typed; what does not fit is said at the field. */
export function NumberAnswer({ quantity, label, typed, onType, onEnter, onLeave, error, autoFocus = false, large = false }: Props) {
  return (
    <div className={classes.number}>
      <TextInput
        aria-label={quantity.unit === "" ? label : `${label} (${quantity.unit})`}
        description={rangeWords(quantity)}
        inputWrapperOrder={["input", "description", "error"]}
        inputMode="decimal"
        autoComplete="off"
        size={large ? "xl" : "md"}
        value={typed}
        error={error}
        rightSection={<span aria-hidden="true">{quantity.unit}</span>}
        rightSectionWidth={quantity.unit === "" ? 0 : `${Math.min(16, quantity.unit.length * 0.62 + 1.4)}em`}
        onChange={(event) => onType(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onEnter();
        }}
        onBlur={onLeave}
        autoFocus={autoFocus}
      />
    </div>
  );
}
