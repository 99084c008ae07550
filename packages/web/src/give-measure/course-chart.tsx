import { daysBetween, formatDate } from "@trellis/domain/calendar/date";
import type { Measure } from "@trellis/domain/measures/measure";
import { isCase } from "@trellis/domain/measures/score";
import classes from "./give-measure.module.css";
import type { ScorePoint } from "./score-words.ts";

const width = 820;
const height = 320;
const left = 44;
const right = 132;
const top = 16;
const bottom = 40;

const bandFill = { none: "#eff6f3", mild: "#fcf6e5", moderate: "#f7ebc8", severe: "#fdf1ec" } as const;

/** The course of a measure: scores over time, the bands behind them, and the cutoff. A table on the same page says the same in words. */
export function CourseChart({ measure, series }: { readonly measure: Measure; readonly series: readonly ScorePoint[] }) {
  const first = series[0];
  const last = series.at(-1);
  if (first === undefined || last === undefined) return null;
  const [low, high] = measure.scoring.range;
  const days = Math.max(daysBetween(first.date, last.date), 1);
  const x = (date: string) =>
    series.length === 1
      ? left + (width - left - right) / 2
      : left + 12 + (daysBetween(first.date, date) / days) * (width - left - right - 24);
  const y = (value: number) => top + ((high - value) / (high - low)) * (height - top - bottom);
  const clampY = (value: number) => Math.min(height - bottom, Math.max(top, y(value)));
  const ticks = [...new Set([low, ...measure.bands.map(({ from }) => from), high])];
  const places = new Map(series.map((point) => [point.date, point]));
  const labels = [...places.keys()].filter(
    (_, index, all) => index === 0 || index === all.length - 1 || (all.length <= 6 && all.length > 2),
  );
  const summary = `${measure.name} from ${formatDate(first.date)} to ${formatDate(last.date)}: ${series.map(({ total }) => total).join(", ")}.`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone the chart is scrolled, which has to work from the keyboard
    <section className={classes.chartWrap} aria-label="Chart" tabIndex={0}>
      <svg viewBox={`0 0 ${width} ${height}`} className={classes.chart} role="img" aria-label={summary}>
        {measure.bands.map((band) => {
          const from = clampY(band.to + 0.5);
          const to = clampY(band.from - 0.5);
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
            <line x1={left - 4} x2={left} y1={y(tick)} y2={y(tick)} stroke="#8f8678" />
            <text x={left - 8} y={y(tick) + 4} fontSize="13" textAnchor="end" fill="#544d45">
              {tick}
            </text>
          </g>
        ))}
        {measure.cutoff !== undefined && (
          <g>
            <line
              x1={left}
              x2={width - right}
              y1={clampY(measure.cutoff.atLeast - 0.5)}
              y2={clampY(measure.cutoff.atLeast - 0.5)}
              stroke="#752d17"
              strokeWidth="1.5"
              strokeDasharray="6 4"
            />
            <text x={left + 6} y={clampY(measure.cutoff.atLeast - 0.5) - 6} fontSize="12.5" fill="#752d17">
              cutoff {measure.cutoff.atLeast}
            </text>
          </g>
        )}
        <polyline
          points={series.map((point) => `${x(point.date)},${y(point.total)}`).join(" ")}
          fill="none"
          stroke="#1f5f54"
          strokeWidth="2.5"
          strokeLinejoin="round"
        />
        {series.map((point) => (
          <g key={point.id}>
            <circle
              cx={x(point.date)}
              cy={y(point.total)}
              r="5.5"
              fill={isCase(measure, point.total) === true ? "#1f5f54" : "#fff"}
              stroke="#1f5f54"
              strokeWidth="2.5"
            />
            <text
              x={x(point.date)}
              y={y(point.total) - 11 < top ? y(point.total) + 20 : y(point.total) - 11}
              fontSize="13.5"
              fontWeight="650"
              textAnchor="middle"
              fill="#26231f"
            >
              {point.total}
            </text>
          </g>
        ))}
        {labels.map((date, index) => (
          <text
            key={date}
            x={x(date)}
            y={height - 14}
            fontSize="12.5"
            textAnchor={labels.length === 1 ? "middle" : index === 0 ? "start" : index === labels.length - 1 ? "end" : "middle"}
            fill="#544d45"
          >
            {date}
          </text>
        ))}
      </svg>
    </section>
  );
}
