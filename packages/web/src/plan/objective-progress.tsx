import { Button } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import { type AchievementStatus, type ObjectiveProgress, objectiveProgress } from "@trellis/domain/plan/objective-progress";
import type { Objective } from "@trellis/domain/plan/plan";
import { useMemo } from "react";
import { useChart } from "../client/use-chart.ts";
import { Icon, type IconName } from "../shell/icon.tsx";
import { useComposer } from "./composer-context.ts";
import classes from "./objective-progress.module.css";

const stateWords: Record<AchievementStatus, string> = {
  "in-progress": "In progress",
  improving: "Improving",
  worsening: "Worsening",
  "no-change": "No change yet",
  achieved: "Target met twice in a row",
  sustaining: "Achieved, being kept up",
  "not-achieved": "Not achieved",
  "no-progress": "No progress",
  "not-attainable": "Not attainable",
};
const stateIcons: Partial<Record<AchievementStatus, IconName>> = { achieved: "check", worsening: "alert" };

/** How far an objective is that is bound to a measure, in words and as a bar, and what the plan says of it. */
export function ProgressOf({ objective, name }: { readonly objective: Objective; readonly name: string }) {
  const { store, context, clientId, readOnly, announce } = useComposer();
  const { administrations } = useChart(clientId);
  const { metric, achievementStatus } = objective;
  const progress = useMemo(
    () =>
      context === null || metric?.measure === undefined
        ? null
        : objectiveProgress({ metric, achievementStatus }, context.library.measureById.get(metric.measure), administrations, context.today),
    [context, metric, achievementStatus, administrations],
  );
  const say = (label: string, value: AchievementStatus | null) => {
    store.act(label, [{ type: "set", path: ["objectives", objective.id, "achievementStatus"], value }]);
    announce(value === null ? `${name} counts as achieved no longer.` : `${name} counts as achieved. Control Z takes it back.`);
  };
  return (
    <>
      {progress?.current != null && <Bar progress={progress} current={progress.current} name={name} />}
      {progress?.proposeAchieved === true && (
        <div className={classes.proposal}>
          <p>The target was met twice in a row: at the next review, propose “achieved”.</p>
          {!readOnly && (
            <Button variant="default" size="compact-md" onClick={() => say(`Mark ${name} as achieved`, "achieved")}>
              Mark as achieved<span className={classes.unseen}>, {name}</span>
            </Button>
          )}
        </div>
      )}
      {achievementStatus !== null && (
        <p className={classes.recorded}>
          In the plan: <strong>{achievementStatus === "achieved" ? "Achieved" : stateWords[achievementStatus]}</strong>
          {achievementStatus === "achieved" && objective.lifecycleStatus !== "completed" && !readOnly && (
            <Button variant="subtle" color="stone" size="compact-sm" onClick={() => say(`Take back that ${name} is achieved`, null)}>
              Take back<span className={classes.unseen}> that {name} is achieved</span>
            </Button>
          )}
        </p>
      )}
    </>
  );
}

interface BarProps {
  readonly progress: ObjectiveProgress;
  readonly current: NonNullable<ObjectiveProgress["current"]>;
  readonly name: string;
}

function Bar({ progress: { baseline, target, fraction, state, rule }, current, name }: BarProps) {
  const icon = stateIcons[state];
  return (
    <fieldset className={classes.progress} aria-label={`Progress of ${name}`} data-state={state}>
      <p className={classes.numbers}>
        {baseline !== null && (
          <>
            <span>
              <span className={classes.word}>Baseline</span> {baseline}
            </span>
            <span aria-hidden="true">→</span>
          </>
        )}
        <span className={classes.now}>
          <span className={classes.word}>Now</span> {current.value}
        </span>
        {target !== null && (
          <>
            <span aria-hidden="true">→</span>
            <span>
              <span className={classes.word}>Target</span> {target}
            </span>
          </>
        )}
      </p>
      {fraction !== null && (
        <div className={classes.track} aria-hidden="true">
          <span className={classes.way} style={{ width: `${fraction * 100}%` }} />
        </div>
      )}
      <p className={classes.state}>
        <strong>
          {icon !== undefined && <Icon name={icon} size={15} />} {stateWords[state]}
        </strong>
        {fraction !== null && state !== "achieved" && ` · ${Math.round(fraction * 100)}% of the way`}
        {` · last score ${formatDate(current.date)}`}
        {state !== "achieved" && <span className={classes.rule}>{rule}</span>}
      </p>
    </fieldset>
  );
}
