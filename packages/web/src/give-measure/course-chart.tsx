import { formatDate } from "@trellis/domain/calendar/date";
import type { Measure } from "@trellis/domain/measures/measure";
import { isCase } from "@trellis/domain/measures/score";
import { frame, heightOf, layOutCourse } from "./course-layout.ts";
import classes from "./give-measure.module.css";
import type { ScorePoint } from "./score-words.ts";

const { width, height, left, right } = frame;

const bandFill = { none: "#eff6f3", mild: "#fcf6e5", moderate: "#f7ebc8", severe: "#fdf1ec" } as const;

/** The course of a measure: scores over time, the bands behind them, and the cutoff. A table on the same page says the same in words. */
export function CourseChart({ measure, series }: { readonly measure: Measure; readonly series: readonly ScorePoint[] }) {
  const first = series[0];
  const last = series.at(-1);
  if (first === undefined || last === undefined) return null;
  const [low, high] = measure.scoring.range;
  const ticks = [...new Set([low, ...measure.bands.map(({ from }) => from), high])];
  const { points, dates, cutoff } = layOutCourse(measure, series);
  const summary = `${measure.name} from ${formatDate(first.date)} to ${formatDate(last.date)}: ${series.map(({ total }) => total).join(", ")}.`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone the chart is scrolled, which has to work from the keyboard
    <section className={classes.chartWrap} aria-label="Chart" tabIndex={0}>
      <svg viewBox={`0 0 ${width} ${height}`} className={classes.chart} role="img" aria-label={summary}>
        {measure.bands.map((band) => {
          const from = heightOf(measure, band.to + 0.5);
          const to = heightOf(measure, band.from - 0.5);
          return (
            <g key={band.from}>
              <rect x={left} y={from} width={width - left - right} height={to - from} fill={bandFill[band.severity]} />
              <text x={width - right + 10} y={(from + to) / 2 + 4} fontSize="13" fill="#544d45">
                {band.name}
              </text>
            </g>
          );
        })}
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={left - 4} x2={left} y1={heightOf(measure, tick)} y2={heightOf(measure, tick)} stroke="#8f8678" />
            <text x={left - 8} y={heightOf(measure, tick) + 4} fontSize="13" textAnchor="end" fill="#544d45">
              {tick}
            </text>
          </g>
        ))}
        {cutoff !== null && (
          <g>
            <line x1={left} x2={width - right} y1={cutoff.y} y2={cutoff.y} stroke="#752d17" strokeWidth="1.5" strokeDasharray="6 4" />
            <text x={cutoff.label.x} y={cutoff.label.y} fontSize="12.5" fill="#752d17">
              cutoff {measure.cutoff?.atLeast}
            </text>
          </g>
        )}
        <polyline
          points={points.map(({ x, y }) => `${x},${y}`).join(" ")}
          fill="none"
          stroke="#1f5f54"
          strokeWidth="2.5"
          strokeLinejoin="round"
        />
        {points.map(({ id, x, y, total, number }) => (
          <g key={id}>
            <circle cx={x} cy={y} r="5.5" fill={isCase(measure, total) === true ? "#1f5f54" : "#fff"} stroke="#1f5f54" strokeWidth="2.5" />
            {number !== null && (
              <text x={number.x} y={number.y} fontSize="13.5" fontWeight="650" textAnchor="middle" fill="#26231f">
                {total}
              </text>
            )}
          </g>
        ))}
        {dates.map(({ date, x, words, anchor }) => (
          <text key={date} x={x} y={height - 14} fontSize="12.5" textAnchor={anchor} fill="#544d45">
            {words}
          </text>
        ))}
      </svg>
    </section>
  );
}
