import { Button } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import type { DraftContext } from "@trellis/domain/plan/draft/draft-context";
import { type Edit, removeObjective } from "@trellis/domain/plan/edit-plan";
import { baselineReason, withBaselineReason } from "@trellis/domain/plan/objective-progress";
import { blankValue } from "@trellis/domain/plan/objective-text";
import type { Because, Metric, Objective } from "@trellis/domain/plan/plan";
import { Fragment, memo, useState } from "react";
import classes from "./composer.module.css";
import { useComposer, usePlan } from "./composer-context.ts";
import { Ended } from "./ended.tsx";
import { AddButton, ChoiceAt, DateAt, Disclosure, EditableText, InlineText, NumberAt } from "./fields.tsx";
import { ItemFindings } from "./finding-notes.tsx";
import { HeldBackHere, InterventionItem } from "./interventions.tsx";
import { DetailAt, MoreAt, Proposed, useItemTools } from "./item-parts.tsx";
import { ProgressOf } from "./objective-progress.tsx";
import { MeasureOptions, useOfferedMeasures } from "./offered-measures.tsx";
import { moveAmong } from "./reorder.ts";

/** A measurable step, with its blanks as fields in the sentence, and the interventions that serve it. */
export const ObjectiveItem = memo(function ObjectiveItem({ id, number }: { readonly id: string; readonly number: string }) {
  const { store, add, readOnly } = useComposer();
  const [rewording, setRewording] = useState(false);
  const objective = usePlan((plan) => plan.objectives.find((entry) => entry.id === id));
  const interventions = usePlan((plan) => plan.interventions.filter((entry) => entry.objectiveIds.includes(id)).map((entry) => entry.id));
  const name = `objective ${number}`;
  const tools = useItemTools({
    name,
    move: (by) => {
      const { objectives } = store.state().plan;
      const goalId = objectives.find((entry) => entry.id === id)?.goalId;
      const together = objectives.filter((entry) => entry.goalId === goalId).map((entry) => entry.id);
      return moveAmong(["objectives"], together, id, by);
    },
    remove: () => removeObjective(store.state().plan, id),
    removeLabel: `Remove ${name}`,
  });
  if (objective === undefined) return null;
  const key = `objectives/${id}`;
  const path = ["objectives", id];
  return (
    <section className={classes.objective} aria-labelledby={`${id}-name`} data-item={key} data-place={key} onKeyDown={tools.onKeyDown}>
      <div className={classes.itemHead}>
        <h4 className={classes.eyebrow} id={`${id}-name`}>
          Objective {number}
        </h4>
        {objective.lifecycleStatus === "proposed" && (
          <Proposed name={name} edits={() => [{ type: "set", path: [...path, "lifecycleStatus"], value: "accepted" }]} />
        )}
        {tools.buttons}
      </div>
      <Ended id={id} name={name} />
      {rewording || !objective.text.includes("{") ? (
        <EditableText
          path={[...path, "text"]}
          label={`Wording of ${name}`}
          {...(objective.text.includes("{") ? { look: "boxed" as const } : {})}
        />
      ) : (
        <Sentence objective={objective} name={name} />
      )}
      <MetricLine objective={objective} name={name} />
      <ProgressOf objective={objective} name={name} />
      <DetailAt path={path} statement={objective} name={name} />
      <ItemFindings item={key} />
      <div className={classes.disclosures}>
        <MoreAt path={path} statement={objective} kind="objective" name={name} />
        {objective.text.includes("{") && !readOnly && (
          <Button variant="subtle" color="stone" size="compact-sm" aria-pressed={rewording} onClick={() => setRewording(!rewording)}>
            {rewording ? "Done rewording" : "Reword"}
            <span className={classes.unseen}> {name}</span>
          </Button>
        )}
      </div>
      {interventions.length > 0 && (
        <ul className={classes.interventions} aria-label={`Interventions for ${name}`}>
          {interventions.map((interventionId) => (
            <InterventionItem key={interventionId} id={interventionId} objectiveId={id} />
          ))}
        </ul>
      )}
      <AddButton onClick={() => add({ kind: "intervention", objectiveIds: [id] })}>
        Add an intervention<span className={classes.unseen}> for {name}</span>
      </AddButton>
      <HeldBackHere objective={objective} />
    </section>
  );
});

const labelOf = (blank: string) => blank.replaceAll(/([A-Z])/g, " $1").toLowerCase();

/** The sentence of an objective, with a field wherever the template has a blank. */
function Sentence({ objective, name }: { readonly objective: Objective; readonly name: string }) {
  const { store, context } = useComposer();
  const entry = objective.origin.kind === "library" ? context?.library.objectiveById.get(objective.origin.id) : undefined;
  const parts = objective.text.split(/(\{[a-zA-Z0-9]+\})/);
  const path = ["objectives", objective.id];
  function dateBaseline(): void {
    const now = store.state().plan.objectives.find(({ id }) => id === objective.id)?.metric;
    if (now?.baseline != null && now.baselineDate === null && context !== null)
      store.act("Date the baseline", [{ type: "set", path: [...path, "metric", "baselineDate"], value: context.today }]);
  }
  function field(blank: string) {
    switch (blank) {
      case "date":
        return <DateAt path={[...path, "targetDate"]} label={`Target date of ${name}`} />;
      case "measure":
        return <strong>{blankValue(objective, "measure") ?? "____"}</strong>;
      case "baseline":
      case "target":
        return objective.metric === null ? (
          "____"
        ) : (
          <NumberAt
            path={[...path, "metric", blank]}
            label={`${blank === "baseline" ? "Baseline" : "Target"} of ${name}`}
            {...(blank === "baseline" ? { onLeave: dateBaseline } : {})}
          />
        );
      default: {
        const parameter = entry?.parameters[blank];
        const at = [...path, "parameters", blank];
        const label = `${parameter?.label ?? labelOf(blank)}, ${name}`;
        if (parameter?.kind === "choice")
          return <ChoiceAt path={at} label={label} choices={parameter.options.map((value) => ({ value, label: value }))} />;
        if (parameter?.kind === "number" || typeof objective.parameters[blank] === "number") return <NumberAt path={at} label={label} />;
        return <InlineText path={at} label={label} example={parameter?.kind === "text" ? parameter.example : labelOf(blank)} />;
      }
    }
  }
  return (
    <p className={classes.sentence}>
      {parts.map((part, index) => {
        const blank = /^\{([a-zA-Z0-9]+)\}$/.exec(part)?.[1];
        return <Fragment key={index}>{blank === undefined ? part : field(blank)}</Fragment>;
      })}
    </p>
  );
}

/** Where the baseline of an objective that is bound to a measure came from; `null` where it is the clinician's own. */
function baselineHint(metric: Metric | null, { lastScores, library }: DraftContext): string | null {
  if (metric?.kind !== "measure" || metric.measure === undefined || metric.item !== undefined) return null;
  const last = lastScores.get(metric.measure);
  if (last === undefined)
    return `${library.measureById.get(metric.measure)?.name ?? "It"} was not given yet. Give it, and the plan offers its score as the baseline.`;
  return metric.baseline !== null && metric.baseline === last.score.total && metric.baselineDate === last.administration.date
    ? `The baseline is the last score, of ${formatDate(metric.baselineDate)}.`
    : null;
}

const metricKinds = [
  { value: "measure", label: "a questionnaire or measure" },
  { value: "count", label: "something counted" },
  { value: "rating", label: "a 0 to 10 rating" },
  { value: "milestone", label: "done or not done" },
] as const;

function metricInWords(metric: Metric | null): string {
  if (metric === null) return "Not measured yet";
  if (metric.kind === "milestone") return `Counts as done: ${metric.unit || "not said yet"}`;
  const by =
    metric.kind === "measure"
      ? `${metric.measureName ?? metric.measure ?? "a questionnaire"}${metric.item === undefined ? "" : `, question ${metric.item}`}`
      : metric.unit || "not said yet";
  // Below none there is nothing.
  const bound = metric.direction === "increase" ? " or more" : metric.target === 0 ? "" : " or less";
  return `Measured by ${metric.kind === "rating" ? `a rating (${by})` : by}: ${metric.baseline ?? "____"} at the start, ${metric.target ?? "____"}${bound} is reached`;
}

/** By what one will see that an objective is reached. */
function MetricLine({ objective, name }: { readonly objective: Objective; readonly name: string }) {
  const { store, readOnly, context, announce } = useComposer();
  const offered = useOfferedMeasures(true);
  const { metric } = objective;
  const path = ["objectives", objective.id, "metric"];
  const set = (label: string, value: Metric | null): void => {
    store.act(label, [{ type: "set", path, value: value as Extract<Edit, { type: "set" }>["value"] }]);
  };
  if (readOnly) return <p className={classes.quiet}>{metricInWords(metric)}</p>;
  function become(kind: Metric["kind"]): void {
    const base = { direction: metric?.direction ?? ("decrease" as const), baselineDate: null, baseline: null, target: null };
    if (kind === "milestone")
      set("How it is measured", {
        kind,
        unit: "",
        direction: "increase",
        baseline: 0,
        baselineDate: context?.today ?? null,
        target: 1,
        max: 1,
      });
    else if (kind === "rating")
      set("How it is measured", { ...base, kind, unit: "0 = not at all, 10 = fully", direction: "increase", max: 10 });
    else if (kind === "count") set("How it is measured", { ...base, kind, unit: "days a week", direction: "increase", max: 7 });
    else measure(offered[0]?.measures[0]?.id ?? "");
  }
  function measure(measureId: string): void {
    const chosen = context?.library.measureById.get(measureId);
    const last = context?.lastScores.get(measureId);
    if (chosen === undefined || context === null) return;
    const baseline = last?.score.total ?? null;
    const date = last === undefined || baseline === null ? null : last.administration.date;
    const reason: Because | null =
      baseline === null || date === null ? null : { kind: "score", ref: chosen.id, text: baselineReason(chosen, baseline, date) };
    const bound: Metric = {
      kind: "measure",
      measure: chosen.id,
      measureName: chosen.name,
      unit: "",
      direction: chosen.scoring.higherIs === "worse" ? "decrease" : "increase",
      baseline,
      baselineDate: date,
      target: null,
      max: chosen.scoring.range[1],
    };
    store.act("How it is measured", [
      { type: "set", path, value: bound },
      { type: "set", path: ["objectives", objective.id, "because"], value: withBaselineReason(objective.because, reason) },
    ]);
    announce(baselineHint(bound, context) ?? "");
  }
  const hint = context === null ? null : baselineHint(metric, context);
  return (
    <div data-place={path.join("/")}>
      <Disclosure label={metricInWords(metric)} hidden={`change how ${name} is measured`}>
        <div className={classes.form}>
          <span className={classes.formField}>
            <label className={classes.caption} htmlFor={`${objective.id}-kind`}>
              Measured by
            </label>
            <select
              id={`${objective.id}-kind`}
              className={classes.inline}
              value={metric?.kind ?? ""}
              onChange={(event) => become(event.currentTarget.value as Metric["kind"])}
            >
              {metric === null && <option value="">nothing yet</option>}
              {metricKinds.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </span>
          {metric?.kind === "measure" && (
            <span className={classes.formField}>
              <label className={classes.caption} htmlFor={`${objective.id}-measure`}>
                Measure
              </label>
              <select
                id={`${objective.id}-measure`}
                className={classes.inline}
                value={metric.measure ?? ""}
                onChange={(event) => measure(event.currentTarget.value)}
              >
                <MeasureOptions groups={offered} />
                {metric.measure !== undefined && !offered.some(({ measures }) => measures.some(({ id }) => id === metric.measure)) && (
                  <option value={metric.measure}>{metric.measureName ?? metric.measure}</option>
                )}
              </select>
            </span>
          )}
          {metric !== null && metric.kind !== "measure" && (
            <InlineText
              path={[...path, "unit"]}
              label={`Unit of ${name}`}
              caption={
                metric.kind === "milestone" ? "Counts as done when" : metric.kind === "rating" ? "What 0 and 10 mean" : "What is counted"
              }
            />
          )}
          {metric !== null && metric.kind !== "milestone" && (
            <>
              <NumberAt path={[...path, "baseline"]} label={`Baseline of ${name}`} caption="Baseline" />
              <DateAt path={[...path, "baselineDate"]} label={`Day of the baseline of ${name}`} caption="Taken on" />
              <NumberAt path={[...path, "target"]} label={`Target of ${name}`} caption="Target" />
              <ChoiceAt
                path={[...path, "direction"]}
                label={`Direction of ${name}`}
                caption="Better is"
                choices={[
                  { value: "decrease", label: "less" },
                  { value: "increase", label: "more" },
                ]}
              />
            </>
          )}
          <DateAt path={["objectives", objective.id, "targetDate"]} label={`Target date of ${name}`} caption="To be reached by" />
        </div>
        {hint !== null && <p className={classes.quiet}>{hint}</p>}
      </Disclosure>
    </div>
  );
}
