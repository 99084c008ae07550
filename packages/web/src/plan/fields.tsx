import { Button } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import type { Path } from "@trellis/domain/plan/edit-plan";
import { type ReactNode, useEffect, useId, useState } from "react";
import { boundMessage } from "../form/bound.ts";
import type { Choice } from "../form/choice-field.tsx";
import { LinesField } from "../form/lines-field.tsx";
import { readNumber } from "../form/read-number.ts";
import { Icon } from "../shell/icon.tsx";
import classes from "./composer.module.css";
import { useComposer, useField } from "./composer-context.ts";
import { DisputeChoice } from "./disputes.tsx";
import { keyOf } from "./shared-plan.ts";

const words = (value: unknown): string => (typeof value === "string" ? value : value == null ? "" : String(value));

interface TextProps {
  readonly path: Path;
  /** What the field is, for screen readers and for undo: "Goal 1, wording". */
  readonly label: string;
  /** Shown above the field. */
  readonly caption?: ReactNode;
  /** What the caption is about, told to screen readers after it: "goal 1.1". */
  readonly of?: string;
  readonly placeholder?: string;
  readonly look?: "statement" | "title" | "quote" | "small" | "boxed";
  readonly max?: number;
  /** No line breaks. */
  readonly line?: boolean;
  readonly rows?: number;
}

/** Words of the plan, editable where they stand: they look like the plan's text and grow with what is in them. */
export function EditableText({ path, label, caption, of, placeholder, look = "statement", max = 1000, line = false, rows = 1 }: TextProps) {
  const { readOnly } = useComposer();
  const { value, change, unfit, dispute } = useField(path, label);
  const id = useId();
  const text = words(value);
  const bound = boundMessage(text, max);
  const error = bound?.error ?? unfit?.message;
  if (readOnly)
    return text === "" ? null : (
      <div className={classes.field} data-look={look}>
        {caption !== undefined && <div className={classes.caption}>{caption}</div>}
        <p className={classes.still} dir="auto">
          {text}
        </p>
      </div>
    );
  return (
    <div className={classes.field} data-look={look}>
      {caption !== undefined && (
        <label className={classes.caption} htmlFor={id}>
          {caption}
          {of !== undefined && <span className={classes.unseen}>, {of}</span>}
        </label>
      )}
      <div className={classes.grow} data-text={`${text || (placeholder ?? "")} `}>
        <textarea
          id={id}
          data-place={keyOf(path)}
          rows={rows}
          dir="auto"
          autoComplete="off"
          value={text}
          placeholder={placeholder}
          aria-label={caption === undefined || typeof caption !== "string" ? label : undefined}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          onChange={(event) => change(line ? event.currentTarget.value.replaceAll(/\s*\n\s*/g, " ") : event.currentTarget.value)}
          onKeyDown={(event) => {
            if (line && event.key === "Enter") event.preventDefault();
          }}
        />
      </div>
      {error !== undefined && (
        <p className={classes.error} id={`${id}-error`}>
          {error}
        </p>
      )}
      {error === undefined && bound?.hint !== undefined && <p className={classes.hint}>{bound.hint}</p>}
      {dispute !== undefined && <DisputeChoice dispute={dispute} />}
    </div>
  );
}

interface NumberProps {
  readonly path: Path;
  readonly label: string;
  readonly caption?: string;
  readonly suffix?: string;
  readonly whole?: boolean;
  readonly onLeave?: () => void;
}

/** A number in a sentence or a form. Nothing entered is `null`: asked for, never made up. */
export function NumberAt({ path, label, caption, suffix, whole = false, onLeave }: NumberProps) {
  const { readOnly } = useComposer();
  const { value, change, unfit, findings } = useField(path, label);
  const id = useId();
  const stands = words(value);
  const [typed, setTyped] = useState<string | null>(null);
  // Another value from elsewhere ends what was typed; one's own stays as it was typed, or "1.0" would be "1" before the 5 of "1.05" is there.
  useEffect(() => setTyped((before) => (before !== null && words(readNumber(before, whole)) === stands ? before : null)), [stands, whole]);
  const shown = typed ?? stands;
  const unread = typed !== null && readNumber(typed, whole) === undefined;
  const fault = unread ? `Enter ${whole ? "a whole number" : "a number"}.` : unfit?.message;
  if (readOnly) return <span>{caption === undefined ? `${stands || "____"}` : `${caption}: ${stands || "—"}${suffix ?? ""}`}</span>;
  return (
    <span className={caption === undefined ? classes.inlineField : classes.formField}>
      {caption !== undefined && (
        <label htmlFor={id} className={classes.caption}>
          {caption}
        </label>
      )}
      <span className={classes.withSuffix}>
        <input
          id={id}
          data-place={keyOf(path)}
          data-open={shown === "" || findings.length > 0 || undefined}
          className={classes.inline}
          inputMode={whole ? "numeric" : "decimal"}
          autoComplete="off"
          size={Math.max(2, shown.length)}
          value={shown}
          aria-label={caption === undefined ? label : undefined}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : `${id}-error`}
          onBlur={() => {
            if (!unread) setTyped(null);
            onLeave?.();
          }}
          onChange={(event) => {
            const number = readNumber(event.currentTarget.value, whole);
            setTyped(event.currentTarget.value);
            if (number !== undefined) change(number);
          }}
        />
        {suffix !== undefined && <span>{suffix}</span>}
      </span>
      {fault !== undefined && (
        <span className={classes.error} id={`${id}-error`}>
          {fault}
        </span>
      )}
    </span>
  );
}

/** A day in a sentence or a form; `null` while there is none. */
export function DateAt({ path, label, caption }: { readonly path: Path; readonly label: string; readonly caption?: string }) {
  const { readOnly } = useComposer();
  const { value, change, unfit, findings } = useField(path, label);
  const id = useId();
  const date = words(value);
  if (readOnly)
    return (
      <span>
        {caption === undefined ? "" : `${caption}: `}
        {date === "" ? "____" : formatDate(date)}
      </span>
    );
  return (
    <span className={caption === undefined ? classes.inlineField : classes.formField}>
      {caption !== undefined && (
        <label htmlFor={id} className={classes.caption}>
          {caption}
        </label>
      )}
      <input
        id={id}
        type="date"
        data-place={keyOf(path)}
        data-open={date === "" || findings.length > 0 || undefined}
        className={classes.inline}
        value={date}
        aria-label={caption === undefined ? label : undefined}
        aria-invalid={unfit !== undefined}
        aria-describedby={unfit === undefined ? undefined : `${id}-error`}
        onChange={(event) => change(event.currentTarget.value === "" ? null : event.currentTarget.value)}
      />
      {unfit !== undefined && (
        <span className={classes.error} id={`${id}-error`}>
          {unfit.message}
        </span>
      )}
    </span>
  );
}

/** A few words in the middle of a sentence. */
export function InlineText({
  path,
  label,
  caption,
  example,
}: {
  readonly path: Path;
  readonly label: string;
  readonly caption?: string;
  readonly example?: string;
}) {
  const { readOnly } = useComposer();
  const { value, change, unfit, dispute } = useField(path, label);
  const id = useId();
  const text = words(value);
  if (readOnly)
    return (
      <span>
        {caption === undefined ? "" : `${caption}: `}
        {text || (caption === undefined ? "____" : "—")}
      </span>
    );
  const length = Math.min(44, Math.max(6, text.length + 1, text === "" ? (example?.length ?? 0) : 0));
  return (
    <span className={caption === undefined ? classes.inlineField : classes.formField}>
      {caption !== undefined && (
        <label htmlFor={id} className={classes.caption}>
          {caption}
        </label>
      )}
      <input
        id={id}
        data-place={keyOf(path)}
        data-open={(caption === undefined && text === "") || undefined}
        className={classes.inline}
        dir="auto"
        autoComplete="off"
        style={caption === undefined ? { width: `${length}ch` } : undefined}
        value={text}
        placeholder={example}
        aria-label={caption === undefined ? label : undefined}
        aria-invalid={unfit !== undefined}
        aria-describedby={unfit === undefined ? undefined : `${id}-error`}
        onChange={(event) => change(event.currentTarget.value)}
      />
      {unfit !== undefined && (
        <span className={classes.error} id={`${id}-error`}>
          {unfit.message}
        </span>
      )}
      {dispute !== undefined && <DisputeChoice dispute={dispute} />}
    </span>
  );
}

/** One of several; `empty` offers none of them. */
export function ChoiceAt<V extends string>({
  path,
  label,
  caption,
  choices,
  empty,
}: {
  readonly path: Path;
  readonly label: string;
  readonly caption?: string;
  readonly choices: readonly Choice<V>[];
  readonly empty?: string;
}) {
  const { readOnly } = useComposer();
  const { value, change } = useField(path, label);
  const id = useId();
  const chosen = choices.find((choice) => choice.value === value);
  if (readOnly)
    return (
      <span>
        {caption === undefined ? "" : `${caption}: `}
        {chosen?.label ?? empty ?? "—"}
      </span>
    );
  return (
    <span className={caption === undefined ? classes.inlineField : classes.formField}>
      {caption !== undefined && (
        <label htmlFor={id} className={classes.caption}>
          {caption}
        </label>
      )}
      <select
        id={id}
        data-place={keyOf(path)}
        className={classes.inline}
        value={words(value)}
        aria-label={caption === undefined ? label : undefined}
        onChange={(event) => change(event.currentTarget.value === "" && empty !== undefined ? null : event.currentTarget.value)}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </span>
  );
}

/** A list of short lines. */
export function LinesAt({
  path,
  label,
  noun,
  description,
}: {
  readonly path: Path;
  readonly label: string;
  readonly noun: string;
  readonly description?: string;
}) {
  const { readOnly } = useComposer();
  const { value, change, unfit, dispute } = useField(path, label);
  const lines = Array.isArray(value) ? (value as readonly string[]) : [];
  if (readOnly)
    return lines.length === 0 ? null : (
      <div>
        <div className={classes.caption}>{label}</div>
        <ul className={classes.bullets}>
          {lines.map((line, index) => (
            <li key={index}>
              <bdi>{line}</bdi>
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <div data-place={keyOf(path)}>
      <LinesField
        label={label}
        noun={noun}
        lines={lines}
        onChange={change}
        {...(description === undefined ? {} : { description })}
        {...(unfit === undefined ? {} : { error: unfit.message })}
      />
      {dispute !== undefined && <DisputeChoice dispute={dispute} />}
    </div>
  );
}

/** Something more about an item, there on demand. What is inside is only drawn when it is open. */
export function Disclosure({
  label,
  hidden,
  holds,
  children,
}: {
  readonly label: ReactNode;
  /** Told to screen readers after the label, e.g. what it belongs to. */
  readonly hidden?: string;
  /** Places of the plan that are inside: whoever is led to one of them finds it open. */
  readonly holds?: readonly string[];
  readonly children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        className={classes.disclose}
        aria-expanded={open}
        aria-controls={id}
        data-holds={holds?.join(" ")}
        onClick={() => setOpen(!open)}
      >
        <span className={classes.chevron} data-open={open || undefined} aria-hidden="true">
          <Icon name="right" size={14} />
        </span>
        {label}
        {hidden !== undefined && <span className={classes.unseen}>, {hidden}</span>}
      </button>
      <div id={id} className={classes.disclosed} hidden={!open}>
        {open && children}
      </div>
    </>
  );
}

export function AddButton({ children, onClick }: { readonly children: ReactNode; readonly onClick: () => void }) {
  const { readOnly } = useComposer();
  if (readOnly) return null;
  return (
    <Button
      variant="subtle"
      size="compact-md"
      className={classes.addButton ?? ""}
      leftSection={<Icon name="plus" size={18} />}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
