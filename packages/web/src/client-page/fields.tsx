/** @jsxImportSource preact */
import type { HomeworkField } from "@trellis/domain/homework/assigned-homework";
import { useId } from "preact/hooks";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One line of a form. What is typed is kept as it was typed. */
export function Field({ kind, ...props }: Props & Pick<HomeworkField, "kind">) {
  switch (kind) {
    case "long-text":
      return <LongText {...props} />;
    case "rating":
      return <Rating {...props} ends={null} />;
    case "yes-no":
      return <YesNo {...props} />;
    default:
      return <Line {...props} kind={kind} />;
  }
}

function Line({ kind, label, value, onChange }: Props & { readonly kind: "text" | "number" | "date" | "time" }) {
  const id = useId();
  const common = {
    id,
    class: kind === "text" ? "line" : "line short",
    value,
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => onChange(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {kind === "date" || kind === "time" ? (
        <input {...common} type={kind} />
      ) : (
        <input {...common} type="text" inputMode={kind === "number" ? "decimal" : "text"} maxLength={4000} autoComplete="off" />
      )}
    </div>
  );
}

export function LongText({ label, value, onChange, hint }: Props & { readonly hint?: string }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && <p class="quiet">{hint}</p>}
      <textarea id={id} class="line" rows={3} maxLength={4000} value={value} onInput={(event) => onChange(event.currentTarget.value)} />
    </div>
  );
}

const tenths = Array.from({ length: 11 }, (_, number) => String(number));

/** From 0 to 10, with a tap. Tapped again, it is open again. */
export function Rating({ label, value, onChange, ends }: Props & { readonly ends: readonly [string, string] | null }) {
  const id = useId();
  return (
    <fieldset class="field" aria-labelledby={id}>
      <p class="label" id={id}>
        {label}
      </p>
      <div class="tenths">
        {tenths.map((tenth) => (
          <button
            key={tenth}
            type="button"
            class="tenth"
            aria-pressed={value === tenth}
            onClick={() => onChange(value === tenth ? "" : tenth)}
          >
            {tenth}
          </button>
        ))}
      </div>
      <p class="quiet">{ends === null ? "0 is the least, 10 the most." : `0: ${ends[0]}. 10: ${ends[1]}.`}</p>
    </fieldset>
  );
}

function YesNo({ label, value, onChange }: Props) {
  const id = useId();
  return (
    <fieldset class="field" aria-labelledby={id}>
      <p class="label" id={id}>
        {label}
      </p>
      <div class="yes-no">
        {(["yes", "no"] as const).map((answer) => (
          <button
            key={answer}
            type="button"
            class="tenth"
            aria-pressed={value === answer}
            onClick={() => onChange(value === answer ? "" : answer)}
          >
            {answer === "yes" ? "Yes" : "No"}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
