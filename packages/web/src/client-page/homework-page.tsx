/** @jsxImportSource preact */
import type { HomeworkEntry, HomeworkField } from "@trellis/domain/homework/assigned-homework";
import { useState } from "preact/hooks";
import type { Refused } from "../answer/ask-server.ts";
import { SavingWords, Screen } from "../answer/screen.tsx";
import { dayInWords, todayHere } from "./calendar-words.ts";
import { Calls } from "./calls.tsx";
import { Field } from "./fields.tsx";
import { type FillingIn, useFillingIn } from "./filling-in.ts";
import { KeptHere } from "./kept-here.tsx";
import type { LinkOf } from "./link.ts";
import { Over } from "./over.tsx";

type Props = LinkOf<"homework"> & { readonly onClosed: (refusal: Refused) => void };
type Fields = readonly HomeworkField[];
interface Filled {
  readonly entries: readonly HomeworkEntry[];
}
const mostEntries = 60;

/** A form with nothing in it; a day is today until somebody says otherwise. */
function blank(fields: Fields): HomeworkEntry {
  return Object.fromEntries(
    fields
      .filter(({ kind }) => kind === "date")
      .slice(0, 1)
      .map(({ id }) => [id, todayHere()]),
  );
}

const isBlank = (fields: Fields, entry: HomeworkEntry) =>
  fields.every(({ id, kind }) => kind === "date" || (entry[id] ?? "").trim() === "");

/** Homework: what to do and why, and a form for each day that it is done. */
export function HomeworkPage({ token, link, shown, onClosed }: Props) {
  const { title, why, steps, fields, ifStuck, dueOn } = shown;
  const filling = useFillingIn<Filled>(
    token,
    link,
    (answers) => {
      const { entries } = (answers ?? { entries: [] }) as Filled;
      return { entries: entries.length > 0 ? entries : [blank(fields)] };
    },
    onClosed,
  );
  if (link.state === "finished" && link.answers === null && !filling.late) return <Over />;
  if (filling.finished) return <Finished {...filling} fields={fields} />;
  return (
    <Screen title={title}>
      {dueOn !== null && <p class="quiet">Until {dayInWords(dueOn)}</p>}
      {why !== "" && <p>{why}</p>}
      <ol class="steps">
        {steps.map((step) => (
          <li key={step}>
            <Calls text={step} />
          </li>
        ))}
      </ol>
      {ifStuck !== "" && (
        <div class="aside">
          <h2>If it gets hard</h2>
          <p>
            <Calls text={ifStuck} />
          </p>
        </div>
      )}
      {fields.length > 0 && <Entries fields={fields} {...filling} />}
      <div class="stack">
        {filling.fault !== "" && (
          <p class="fault" role="alert">
            {filling.fault}
          </p>
        )}
        <SavingWords state={filling.state} begun={filling.answers.entries.some((entry) => !isBlank(fields, entry))} />
        <p class="quiet">Come back to this page as often as you like. When there is nothing more to add, tap the button.</p>
        <button
          type="button"
          class="way wide"
          aria-disabled={filling.finishing}
          onClick={() => !filling.finishing && void filling.finish()}
        >
          {filling.finishing ? "Sending…" : "That is all for this time"}
        </button>
      </div>
      <KeptHere token={token} link={link} what="This homework" unsent={filling.state.kind !== "saved"} />
    </Screen>
  );
}

function entryName(fields: Fields, entry: HomeworkEntry, index: number): string {
  const date = fields.find(({ kind }) => kind === "date");
  const day = date === undefined ? "" : (entry[date.id] ?? "");
  return day === "" ? `Number ${index + 1}` : dayInWords(day);
}

function Entries({ fields, answers: { entries }, change }: FillingIn<Filled> & { readonly fields: Fields }) {
  const [open, setOpen] = useState(entries.length - 1);
  const [removed, setRemoved] = useState<{ readonly entry: HomeworkEntry; readonly at: number } | null>(null);
  const byDay = fields.some(({ kind }) => kind === "date");
  const set = (index: number, entry: HomeworkEntry) => change({ entries: entries.map((one, at) => (at === index ? entry : one)) });

  function remove(at: number): void {
    const entry = entries[at];
    if (entry === undefined) return;
    setRemoved({ entry, at });
    change({ entries: entries.filter((_, index) => index !== at) });
    setOpen(-1);
  }

  function putBack(): void {
    if (removed === null) return;
    change({ entries: entries.toSpliced(removed.at, 0, removed.entry) });
    setOpen(removed.at);
    setRemoved(null);
  }

  return (
    <div class="stack">
      {entries.map((entry, index) => (
        // In their order: an entry has no name of its own.
        <section key={String(index)} class="entry">
          <h2>
            <button type="button" class="fold" aria-expanded={index === open} onClick={() => setOpen(index === open ? -1 : index)}>
              {entryName(fields, entry, index)}
              {index !== open && isBlank(fields, entry) && <span class="quiet"> (empty)</span>}
            </button>
          </h2>
          {index === open && (
            <div class="stack">
              {fields.map(({ id, label, kind }) => (
                <Field
                  key={id}
                  kind={kind}
                  label={label}
                  value={entry[id] ?? ""}
                  onChange={(value) => set(index, { ...entry, [id]: value })}
                />
              ))}
              {entries.length > 1 && (
                <button type="button" class="plain" onClick={() => remove(index)}>
                  Take this one out
                </button>
              )}
            </div>
          )}
        </section>
      ))}
      <p role="status" class="undo">
        {removed !== null && (
          <>
            Taken out.{" "}
            <button type="button" class="plain" onClick={putBack}>
              Put it back
            </button>
          </>
        )}
      </p>
      {entries.length < mostEntries && (
        <button
          type="button"
          class="way wide"
          onClick={() => {
            setRemoved(null);
            setOpen(entries.length);
            change({ entries: [...entries, blank(fields)] });
          }}
        >
          {byDay ? "Add another day" : "Add another one"}
        </button>
      )}
    </div>
  );
}

function answerInWords(kind: Fields[number]["kind"], value: string): string {
  if (kind === "date") return dayInWords(value);
  return kind === "yes-no" ? (value === "yes" ? "Yes" : "No") : value;
}

function Finished({ answers: { entries }, late, fields }: FillingIn<Filled> & { readonly fields: Fields }) {
  const filled = entries.filter((entry) => !isBlank(fields, entry));
  return (
    <Screen title="Thank you">
      {late ? (
        <p>You and your therapist have gone through this already. What you wrote last has not arrived there any more; it is still here.</p>
      ) : (
        <p>It is with your therapist, and you look at it together. You can close this page.</p>
      )}
      {filled.length > 0 && (
        <div class="aside">
          <h2>What you filled in</h2>
          {filled.map((entry, index) => (
            <dl key={String(index)}>
              {fields.map(({ id, label, kind }) =>
                (entry[id] ?? "") === "" ? null : (
                  <div key={id}>
                    <dt>{label}</dt>
                    <dd>{answerInWords(kind, entry[id] ?? "")}</dd>
                  </div>
                ),
              )}
            </dl>
          ))}
        </div>
      )}
    </Screen>
  );
}
