import { Table, Text } from "@mantine/core";
import type { Measure } from "@trellis/domain/measures/measure";
import type { ExpectedPoint } from "@trellis/domain/measures/measure-setting";
import { WideTable } from "../shell/wide-table.tsx";
import classes from "./expected-course-preview.module.css";

type Line = ExpectedPoint & { readonly courses?: number };

const width = 260;
const height = 150;
const frame = { left: 30, right: 10, top: 10, bottom: 26 } as const;

/** An expected course as small pictures, one for each range of first scores, with the table behind them. */
export function ExpectedCoursePreview({ measure, points }: { readonly measure: Measure; readonly points: readonly Line[] }) {
  const ranges = Map.groupBy(
    points.toSorted((a, b) => a.startFrom - b.startFrom || a.session - b.session),
    ({ startFrom, startTo }) => `${startFrom} to ${startTo}`,
  );
  const sessions = Math.max(2, ...points.map(({ session }) => session));
  const counted = points.some(({ courses }) => courses !== undefined);
  return (
    <div>
      <div className={classes.panels}>
        {[...ranges].map(([range, lines]) => (
          <Panel key={range} measure={measure} range={range} lines={lines} sessions={sessions} />
        ))}
      </div>
      <Text size="sm" c="dimmed" mt={4}>
        Solid: expected. Dashed: the bound; a score beyond it warns.
      </Text>
      <details className={classes.numbers}>
        <summary>The table in numbers</summary>
        <WideTable
          label="Expected course"
          minWidth={460}
          head={["First score", "Session", "Expected", "Bound", ...(counted ? ["Courses"] : [])]}
        >
          {[...ranges].flatMap(([range, lines]) =>
            lines.map(({ session, expected, bound, courses }) => (
              <Table.Tr key={`${range} ${session}`}>
                <Table.Td>{range}</Table.Td>
                <Table.Td>{session}</Table.Td>
                <Table.Td>{expected}</Table.Td>
                <Table.Td>{bound}</Table.Td>
                {counted && <Table.Td>{courses}</Table.Td>}
              </Table.Tr>
            )),
          )}
        </WideTable>
      </details>
    </div>
  );
}

function Panel({
  measure,
  range,
  lines,
  sessions,
}: {
  readonly measure: Measure;
  readonly range: string;
  readonly lines: readonly Line[];
  readonly sessions: number;
}) {
  const [low, high] = measure.scoring.range;
  const x = (session: number) => frame.left + ((session - 1) / (sessions - 1)) * (width - frame.left - frame.right);
  const y = (score: number) => frame.top + ((high - score) / (high - low || 1)) * (height - frame.top - frame.bottom);
  const place = (of: "expected" | "bound") => lines.map((line) => `${x(line.session)},${y(line[of])}`).join(" ");
  const first = lines[0];
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return null;
  const summary = `First score ${range}: expected ${first.expected} at session ${first.session}, ${last.expected} at session ${last.session}, where ${last.bound} is the bound.`;
  return (
    <figure className={classes.panel}>
      <figcaption>First score {range}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary}>
        {[low, high].map((score) => (
          <g key={score}>
            <line x1={frame.left} x2={width - frame.right} y1={y(score)} y2={y(score)} stroke="#d9d3c9" />
            <text x={frame.left - 6} y={y(score) + 4} fontSize="11" textAnchor="end" fill="#544d45">
              {score}
            </text>
          </g>
        ))}
        {measure.cutoff !== undefined && (
          <line
            x1={frame.left}
            x2={width - frame.right}
            y1={y(measure.cutoff.atLeast)}
            y2={y(measure.cutoff.atLeast)}
            stroke="#b9b0a3"
            strokeDasharray="1 3"
          />
        )}
        {lines.length === 1 ? (
          <>
            <circle cx={x(first.session)} cy={y(first.expected)} r="3.5" fill="#1f5f54" />
            <circle cx={x(first.session)} cy={y(first.bound)} r="3.5" fill="#fff" stroke="#752d17" strokeWidth="1.5" />
          </>
        ) : (
          <>
            <polyline points={place("bound")} fill="none" stroke="#752d17" strokeWidth="1.75" strokeDasharray="5 4" />
            <polyline points={place("expected")} fill="none" stroke="#1f5f54" strokeWidth="2.25" />
          </>
        )}
        <text x={frame.left} y={height - 8} fontSize="11" fill="#544d45">
          session 1
        </text>
        <text x={width - frame.right} y={height - 8} fontSize="11" textAnchor="end" fill="#544d45">
          {sessions}
        </text>
      </svg>
    </figure>
  );
}
