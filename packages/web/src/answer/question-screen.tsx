/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { needsHelp, type Place, type Question, readQuantity } from "./questions.ts";
import { HelpBox, Screen } from "./screen.tsx";

interface Props {
  readonly place: Place;
  readonly count: { readonly now: number; readonly all: number };
  readonly answer: number | null;
  readonly crisis: string;
  readonly onAnswer: (value: number | null) => void;
  readonly onGo: (by: 1 | -1) => void;
}

/** One question. A tap answers and goes on; an answer that speaks of danger stays on the screen with the way to help. */
export function QuestionScreen({ place, count, answer, crisis, onAnswer, onGo }: Props) {
  const { form, question } = place;
  const [fault, setFault] = useState("");
  const help = needsHelp(question, answer);

  function choose(value: number): void {
    onAnswer(value);
    if (!needsHelp(question, value)) onGo(1);
  }

  return (
    <Screen title={question.words}>
      <div class="lead">
        <div class="progress" aria-hidden="true">
          <div style={{ width: `${((count.now - 1) / count.all) * 100}%` }} />
        </div>
        <p class="quiet">
          Question {count.now} of {count.all}
        </p>
        {form.instruction !== "" && <p>{form.instruction}</p>}
      </div>
      {question.quantity === null ? (
        <fieldset class="answers" aria-labelledby="title">
          {question.options.map(({ value, label }) => (
            <button key={value} type="button" class="answer" aria-pressed={answer === value} onClick={() => choose(value)}>
              {label}
            </button>
          ))}
        </fieldset>
      ) : (
        <QuantityField
          quantity={question.quantity}
          answer={answer}
          fault={fault}
          onFault={setFault}
          onAnswer={onAnswer}
          onDone={() => !help && onGo(1)}
        />
      )}
      {/* Always there, so that what comes into it is said aloud. */}
      <div role="status">{help && <HelpBox crisis={crisis} />}</div>
      <div class="ways">
        {count.now > 1 ? (
          <button type="button" class="way" onClick={() => onGo(-1)}>
            Back
          </button>
        ) : (
          <span />
        )}
        <button type="button" class={help || answer !== null ? "way main" : "way"} disabled={fault !== ""} onClick={() => onGo(1)}>
          {answer === null ? "Skip this question" : "Next"}
        </button>
      </div>
    </Screen>
  );
}

/** A number, typed or stepped to. */
function QuantityField({
  quantity,
  answer,
  fault,
  onFault,
  onAnswer,
  onDone,
}: {
  readonly quantity: NonNullable<Question["quantity"]>;
  readonly answer: number | null;
  readonly fault: string;
  readonly onFault: (fault: string) => void;
  readonly onAnswer: (value: number | null) => void;
  readonly onDone: () => void;
}) {
  const [text, setText] = useState(answer === null ? "" : String(answer));
  const { min, max, step, unit } = quantity;

  function type(next: string): void {
    setText(next);
    const read = readQuantity(next, quantity);
    onFault("fault" in read ? read.fault : "");
    if ("value" in read && read.value !== answer) onAnswer(read.value);
  }

  function stepBy(by: 1 | -1): void {
    const next = answer === null ? (by === 1 ? min : max) : Math.min(max, Math.max(min, answer + by * step));
    // 0.1 + 0.2 is not 0.3 in binary.
    type(String(Math.round(next * 1e6) / 1e6));
  }

  return (
    <form
      class="quantity"
      onSubmit={(event) => {
        event.preventDefault();
        if (fault === "" && answer !== null) onDone();
      }}
    >
      <div class="number">
        <button
          type="button"
          class="step"
          aria-label="One step less"
          disabled={answer !== null && answer <= min}
          onClick={() => stepBy(-1)}
        >
          −
        </button>
        <input
          inputMode={Number.isInteger(step) && min >= 0 ? "numeric" : "decimal"}
          autoComplete="off"
          aria-labelledby="title"
          aria-describedby="range"
          aria-invalid={fault !== ""}
          value={text}
          onInput={(event) => type(event.currentTarget.value)}
        />
        <button type="button" class="step" aria-label="One step more" disabled={answer !== null && answer >= max} onClick={() => stepBy(1)}>
          +
        </button>
      </div>
      <p id="range" class={fault === "" ? "quiet" : "fault"} role="status">
        {fault === "" ? `A number from ${min} to ${max}${unit === "" ? "" : ` (${unit})`}` : fault}
      </p>
    </form>
  );
}
