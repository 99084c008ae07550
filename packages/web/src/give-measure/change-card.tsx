import { Text } from "@mantine/core";
import { type ChangeFigure, changeFigures, talkingTherapiesFigures } from "@trellis/domain/measures/change";
import type { Measure } from "@trellis/domain/measures/measure";
import { useId, useState } from "react";
import type { Chart } from "../api/clients.ts";
import { Card } from "../shell/card.tsx";
import classes from "./change-card.module.css";
import { type ScorePoint, seriesOf } from "./score-words.ts";

/** What has changed from the first score to the last, by every rule that the measure has numbers for; nothing before there are two. */
export function ChangeCard({ measure, series }: { readonly measure: Measure; readonly series: readonly ScorePoint[] }) {
  const first = series[0];
  const last = series.at(-1);
  if (first === undefined || last === undefined || series.length < 2) return null;
  return (
    <Card title="Change since the start">
      <Figures figures={changeFigures(measure, first, last)} />
    </Card>
  );
}

/** Depression and anxiety looked at together, where both were given at least twice; nothing otherwise. */
export function TogetherCard({ chart, measures }: { readonly chart: Chart; readonly measures: readonly Measure[] }) {
  const [depression, anxiety] = ["phq9", "gad7"].map((id) => {
    const measure = measures.find((one) => one.id === id);
    const series = measure === undefined ? [] : seriesOf(measure, chart.administrations);
    const first = series[0];
    const last = series.at(-1);
    return measure === undefined || first === undefined || last === undefined || series.length < 2
      ? null
      : { measure, first: first.total, last: last.total };
  });
  if (depression == null || anxiety == null) return null;
  const figures = talkingTherapiesFigures(depression, anxiety);
  if (figures.length === 0) return null;
  return (
    <Card title="Depression and anxiety together">
      <Text c="dimmed" mb="sm">
        From the first to the last {depression.measure.name} and {anxiety.measure.name}, as NHS Talking Therapies counts outcomes.
      </Text>
      <Figures figures={figures} />
    </Card>
  );
}

/** Figures one below the other, each able to show how it was reached. */
function Figures({ figures }: { readonly figures: readonly ChangeFigure[] }) {
  return (
    <ul className={classes.figures}>
      {figures.map((figure) => (
        <Figure key={figure.id} figure={figure} />
      ))}
    </ul>
  );
}

function Figure({ figure: { name, words, steps, source } }: { readonly figure: ChangeFigure }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <li className={classes.figure}>
      <span className={classes.name}>{name}</span>
      <span className={classes.words}>{words}</span>
      <button type="button" className={classes.how} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        How<span className={classes.hidden}> was this reached: {name}</span>
      </button>
      <div id={id} hidden={!open} className={classes.steps}>
        <ol>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        {source !== null && (
          <Text size="sm" c="dimmed">
            {source.replace(/\.$/, "")}.
          </Text>
        )}
      </div>
    </li>
  );
}
