import { Table } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import type { MeasureProgress } from "@trellis/domain/progress/progress";
import { progressTable } from "@trellis/domain/progress/progress-table";
import { WideTable } from "../shell/wide-table.tsx";

/** Everything that a picture of a course shows, day by day. */
export function ProgressTable({ progress }: { readonly progress: MeasureProgress }) {
  return (
    <WideTable
      label={`${progress.measure.name} day by day`}
      minWidth={520}
      head={["Date", "Score", "Range", "Since the start", "What else"]}
    >
      {progressTable(progress).flatMap((row) =>
        (row.scores.length === 0 ? [null] : row.scores).map((score, index) => (
          <Table.Tr key={score?.id ?? row.date}>
            <Table.Td>{formatDate(row.date)}</Table.Td>
            <Table.Td>{score?.score}</Table.Td>
            <Table.Td>{score?.range}</Table.Td>
            <Table.Td>{score?.change}</Table.Td>
            <Table.Td>{index === 0 && row.notes.join(" · ")}</Table.Td>
          </Table.Tr>
        )),
      )}
    </WideTable>
  );
}
