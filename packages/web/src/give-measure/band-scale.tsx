import type { Measure } from "@trellis/domain/measures/measure";
import classes from "./give-measure.module.css";

/** Where a score lies among the bands; the words beside it say the same. */
export function BandScale({ measure, total }: { readonly measure: Measure; readonly total: number }) {
  const [low, high] = measure.scoring.range;
  const span = high - low + 1;
  return (
    <div className={classes.scale} aria-hidden="true">
      {measure.bands.map((band) => (
        <span
          key={band.from}
          className={classes.band}
          data-severity={band.severity}
          data-here={total >= band.from && total <= band.to}
          style={{ flexGrow: band.to - band.from + 1 }}
        >
          {band.name}
        </span>
      ))}
      <span className={classes.needle} style={{ left: `${((total - low + 0.5) / span) * 100}%` }} />
    </div>
  );
}
