import { Text, Title } from "@mantine/core";
import type { FieldChange } from "@trellis/domain/plan/difference/compare-part";
import type { ChangeInWords, DifferenceInWords } from "@trellis/domain/plan/difference/difference-in-words";
import classes from "./history.module.css";
import { In, MarkedWords, Out } from "./marked-words.tsx";

interface Props {
  readonly difference: DifferenceInWords;
  /** The level of the headings of its groups. */
  readonly order?: 2 | 3 | 4;
}

/** What changed between two revisions: for the record field by field, for the client in sentences. */
export function DifferenceView({ difference, order = 3 }: Props) {
  const { lead, reasons, groups, audience } = difference;
  return (
    <div className={classes.difference} data-audience={audience}>
      <Text fw={600}>{lead}</Text>
      {reasons.length > 0 && (
        <Text mt={4} dir="auto">
          Why: {reasons.join(" · ")}
        </Text>
      )}
      {groups.map(({ title, changes }) => (
        <section key={title}>
          <Title order={order} size="h4" className={classes.group}>
            {title}
          </Title>
          <ul className={classes.changes}>
            {changes.map((change) => (
              <li key={`${change.kind}/${change.ids.join("/")}`} className={classes.change}>
                {audience === "client" ? <Sentence change={change} /> : <Entry change={change} />}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Sentence({ change }: { readonly change: ChangeInWords }) {
  return (
    <>
      <p dir="auto">{change.sentence}</p>
      {change.about.map(({ text, words }, index) => (
        <p key={index} className={classes.about} dir="auto">
          {words === null ? text : <MarkedWords words={words} />}
        </p>
      ))}
    </>
  );
}

function Entry({ change }: { readonly change: ChangeInWords }) {
  const { mark, kind, name, about, fields, reason } = change;
  return (
    <>
      <p className={classes.entryName}>
        <span className={classes.mark} data-kind={mark === "Reached" ? "reached" : kind}>
          {mark}
        </span>{" "}
        <strong dir="auto">{name}</strong>
      </p>
      {about.map(({ text }, index) => (
        <p key={index} className={classes.entryText} dir="auto">
          {text}
        </p>
      ))}
      {fields.length > 0 && (
        <dl className={classes.fields}>
          {fields.map((field) => (
            <div key={field.key} className={classes.field}>
              <dt>{field.label === name ? "Text" : field.label}</dt>
              <dd>
                <Field field={field} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {reason !== "" && (
        <p className={classes.reason} dir="auto">
          Why: {reason}
        </p>
      )}
    </>
  );
}

function Field({ field }: { readonly field: FieldChange }) {
  const { words, lines, before, after } = field;
  if (words !== null) return <MarkedWords words={words} />;
  if (lines !== null)
    return (
      <>
        {lines.out.map((line) => (
          <span key={`out ${line}`} className={classes.line}>
            <Out>{line}</Out>
          </span>
        ))}
        {lines.in.map((line) => (
          <span key={`in ${line}`} className={classes.line}>
            <In>{line}</In>
          </span>
        ))}
      </>
    );
  return (
    <>
      {before === "" ? <span className={classes.soft}>not filled in</span> : <Out>{before}</Out>}
      <span aria-hidden="true"> → </span>
      {after === "" ? <span className={classes.soft}>not filled in</span> : <In>{after}</In>}
    </>
  );
}
