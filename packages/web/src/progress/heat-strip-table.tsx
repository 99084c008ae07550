import { Text } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import type { Measure } from "@trellis/domain/measures/measure";
import type { HeatStrip } from "@trellis/domain/progress/heat-strip";
import classes from "./progress.module.css";

/** The answers to each question over time: a table whose cells are darker the heavier the complaint. The number says the same. */
export function HeatStripTable({ measure, strip }: { readonly measure: Measure; readonly strip: HeatStrip }) {
  const reversed = strip.rows.some((row) => row.reversed);
  return (
    <div>
      <Text size="sm" c="dimmed">
        {measure.options?.map(({ value, label }) => `${value} ${label}`).join(" · ")}. Darker is heavier
        {reversed ? "; in the questions marked with a turned arrow a low answer is the heavier one" : ""}.
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable from the keyboard */}
      <section aria-label={`${measure.name}, answers over time, table`} tabIndex={0} className={classes.stripWrap}>
        <table className={classes.strip}>
          <thead>
            <tr>
              <th scope="col">Question</th>
              {strip.dates.map((date, index) => (
                <th key={index} scope="col">
                  <span className={classes.stripDate}>{shortDate(date)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {strip.rows.map((row) => (
              <tr key={row.number}>
                <th scope="row">
                  {row.number}. {row.text}
                  {row.reversed && (
                    <>
                      {" "}
                      <span aria-hidden="true">↺</span>
                      <span className={classes.unseen}> (a low answer is the heavier one)</span>
                    </>
                  )}
                </th>
                {row.cells.map((cell, index) => (
                  <td
                    key={index}
                    data-weight={cell.answer === null ? "none" : Math.round(cell.weight * 4)}
                    title={`${formatDate(strip.dates[index] ?? "")}: ${cell.label}`}
                  >
                    {cell.answer ?? (
                      <>
                        <span aria-hidden="true">–</span>
                        <span className={classes.unseen}>Not answered</span>
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** "Nov 25, 2026" */
const shortDate = (date: string) => formatDate(date).replace(/^(\p{L}{3})\p{L}*/u, "$1");
