import { Table, Text } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import type { HistoryEvent, HistoryKind, ItemHistory } from "@trellis/domain/plan/difference/item-history";
import { WideTable } from "../../shell/wide-table.tsx";
import classes from "./history.module.css";

const stateWords: Record<ItemHistory["state"], string> = {
  proposed: "Proposed",
  open: "Being worked on",
  "on-hold": "On hold",
  reached: "Reached",
  stopped: "Ended",
  removed: "Taken out",
};

/** A sign of its own for each kind: the picture is read without color. */
const signs: Record<HistoryKind, string> = {
  proposed: "○",
  agreed: "●",
  changed: "◆",
  "on-hold": "‖",
  resumed: "▶",
  reached: "✓",
  stopped: "■",
  removed: "×",
};

const signWords: readonly (readonly [kind: HistoryKind, words: string])[] = [
  ["proposed", "proposed"],
  ["agreed", "agreed, in force"],
  ["changed", "changed"],
  ["on-hold", "on hold"],
  ["resumed", "taken up again"],
  ["reached", "reached"],
  ["stopped", "ended"],
  ["removed", "taken out"],
];

/** Goals and objectives from proposal to end, on one line of time; the same in a table. */
export function Timelines({ items, today }: { readonly items: readonly ItemHistory[]; readonly today: string }) {
  const dates = items.flatMap(({ events }) => events.map(({ on }) => on)).toSorted();
  const from = dates[0] ?? today;
  const last = dates.at(-1) ?? today;
  const to = last > today ? last : today;
  const used = new Set(items.flatMap(({ events }) => events.map(({ kind }) => kind)));
  if (items.length === 0) return <Text>The plan has no goals yet. As soon as it has, their course is drawn here.</Text>;
  return (
    <>
      <p className={classes.legend} aria-hidden="true">
        {signWords
          .filter(([kind]) => used.has(kind))
          .map(([kind, words]) => (
            <span key={kind}>
              <span className={classes.sign} data-kind={kind}>
                {signs[kind]}
              </span>{" "}
              {words}
            </span>
          ))}
      </p>
      <ul className={classes.timelines}>
        {items.map((item) => (
          <li key={item.id} className={classes.timeline} data-part={item.part} data-state={item.state}>
            <details>
              <summary>
                <span className={classes.itemName} dir="auto">
                  <strong>{item.name}</strong> {item.text}
                </span>
                <span className={classes.itemState}>{stateWords[item.state]}</span>
                <Track item={item} from={from} to={to} />
              </summary>
              <ol className={classes.events}>
                {item.events.map((event, index) => (
                  <li key={index}>
                    <span className={classes.sign} data-kind={event.kind} aria-hidden="true">
                      {signs[event.kind]}
                    </span>
                    <span>
                      <strong>{formatDate(event.on)}</strong> · {event.title}
                      {!event.signed && " (draft, not signed yet)"}
                      {whatIn(event) !== "" && `: ${whatIn(event)}`}.{event.reason !== "" && <span dir="auto"> Why: {event.reason}</span>}
                      {event.score !== null && <span className={classes.soft}> (Score then: {event.score})</span>}
                    </span>
                  </li>
                ))}
              </ol>
            </details>
          </li>
        ))}
      </ul>
      <p className={classes.axis} aria-hidden="true">
        <span>{formatDate(from)}</span>
        <span>{to === today ? "today" : formatDate(to)}</span>
      </p>
      <details className={classes.since}>
        <summary>The same as a table</summary>
        <WideTable
          label="Goals and objectives over time"
          minWidth={760}
          head={["Goal or objective", "Date", "What happened", "Changed", "Why", "Score then"]}
        >
          {items.flatMap((item) =>
            item.events.map((event, index) => (
              <Table.Tr key={`${item.id}/${index}`}>
                <Table.Td>{item.name}</Table.Td>
                <Table.Td>{formatDate(event.on)}</Table.Td>
                <Table.Td>
                  {event.title}
                  {!event.signed && " (draft)"}
                </Table.Td>
                <Table.Td>{whatIn(event)}</Table.Td>
                <Table.Td dir="auto">{event.reason}</Table.Td>
                <Table.Td>{event.score ?? ""}</Table.Td>
              </Table.Tr>
            )),
          )}
        </WideTable>
      </details>
    </>
  );
}

/** The fields that changed, in a few words: numbers and dates with both values, texts by their name. */
function whatIn({ fields, kind }: HistoryEvent): string {
  const told = kind === "changed" ? fields : fields.filter(({ key }) => key !== "lifecycleStatus" && key !== "achievementStatus");
  return told
    .map(({ label, before, after, words, lines }) =>
      words !== null || lines !== null
        ? `${label.toLowerCase()} changed`
        : `${label.toLowerCase()} ${before === "" ? `set to ${after}` : after === "" ? "taken away" : `from ${before} to ${after}`}`,
    )
    .join("; ");
}

const time = (date: string) => Date.parse(date);

function Track({ item, from, to }: { readonly item: ItemHistory; readonly from: string; readonly to: string }) {
  const span = Math.max(1, time(to) - time(from));
  const at = (date: string) => ((time(date) - time(from)) / span) * 100;
  const [first] = item.events;
  const end = item.events.at(-1);
  if (first === undefined || end === undefined) return null;
  const over = item.state === "open" || item.state === "on-hold" || item.state === "proposed" ? to : end.on;
  return (
    <span className={classes.track} aria-hidden="true">
      <span className={classes.course} style={{ left: `${at(first.on)}%`, width: `${at(over) - at(first.on)}%` }} />
      {item.events.map((event, index) => (
        <span
          key={index}
          className={classes.sign}
          data-kind={event.kind}
          data-draft={event.signed ? undefined : ""}
          // What happens on one day stands side by side.
          style={{
            left: `calc(${at(event.on)}% + ${item.events.slice(0, index).filter(({ on }) => Math.abs(at(on) - at(event.on)) < 3).length * 1.15}rem)`,
          }}
        >
          {signs[event.kind]}
        </span>
      ))}
    </span>
  );
}
