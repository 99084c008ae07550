/** A course of scores at a glance, with the cutoff; the words beside it say the same. */
export function Sparkline({
  series,
  range,
  cutoff,
  width = 132,
  height = 40,
}: {
  readonly series: readonly number[];
  readonly range: readonly [number, number];
  readonly cutoff?: number;
  readonly width?: number;
  readonly height?: number;
}) {
  // One score is no course; the words say it.
  if (series.length < 2) return null;
  const [low, high] = range;
  const y = (value: number) => height - 4 - ((value - low) / (high - low || 1)) * (height - 8);
  const x = (index: number) => 6 + (index / (series.length - 1)) * (width - 14);
  const last = series.at(-1) ?? low;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false" style={{ flex: "none" }}>
      {cutoff !== undefined && (
        <line x1="2" x2={width - 2} y1={y(cutoff - 0.5)} y2={y(cutoff - 0.5)} stroke="#b3a999" strokeDasharray="3 3" />
      )}
      <polyline
        points={series.map((value, index) => `${x(index)},${y(value)}`).join(" ")}
        fill="none"
        stroke="#2f7665"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      <circle cx={x(series.length - 1)} cy={y(last)} r="3.5" fill="#1f5f54" />
    </svg>
  );
}
