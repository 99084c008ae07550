import type { OutcomeGroup } from "@trellis/domain/outcomes/outcome-report";
import { changeWords } from "./outcome-words.ts";
import classes from "./outcomes.module.css";

/** A mean change as a point on its 95 % interval; to the right of the dashed line is better. */
export function ChangePlot({ group, range: [low, high] }: { readonly group: OutcomeGroup; readonly range: readonly [number, number] }) {
  if (group.means === null) return null;
  const { change, interval } = group.means;
  const at = (value: number) => ((value - low) / (high - low)) * 176;
  return (
    <svg className={classes.plot} viewBox="0 0 176 24" role="img" aria-label={`${group.name}: ${changeWords(group)} points for the better`}>
      <line className={classes.zero} x1={at(0)} x2={at(0)} y1={1} y2={23} />
      {interval !== null && <line className={classes.interval} x1={at(interval.low)} x2={at(interval.high)} y1={12} y2={12} />}
      <circle className={classes.mean} cx={at(change)} cy={12} r={4.5} />
    </svg>
  );
}
