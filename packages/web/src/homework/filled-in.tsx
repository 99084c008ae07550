import { Table, Text } from "@mantine/core";
import type { HomeworkEntry, HomeworkField } from "@trellis/domain/homework/assigned-homework";
import { when } from "../answer-link/answer-links.ts";
import type { TreatmentHomework } from "../api/treatment.ts";
import { WideTable } from "../shell/wide-table.tsx";
import { answerWords, isFilled } from "./homework.ts";

/** What the client filled in, by the link or on paper: a line for each time. */
export function FilledIn({ homework }: { readonly homework: TreatmentHomework }) {
  const { fields, entries, title } = homework.content;
  const byLink = homework.byLink?.entries.filter((entry) => isFilled(fields, entry)) ?? [];
  if (byLink.length + entries.length === 0) return null;
  return (
    <div>
      {homework.byLink !== null && byLink.length > 0 && (
        <>
          <Text size="sm" c="dimmed" mb={4}>
            Filled in on the phone, last {when(homework.byLink.savedAt)}
          </Text>
          <Entries label={`Filled in on the phone: ${title}`} fields={fields} entries={byLink} />
        </>
      )}
      {entries.length > 0 && (
        <>
          <Text size="sm" c="dimmed" mb={4} mt={byLink.length > 0 ? "sm" : 0}>
            Entered here, from paper
          </Text>
          <Entries label={`Entered from paper: ${title}`} fields={fields} entries={entries} />
        </>
      )}
    </div>
  );
}

function Entries({
  label,
  fields,
  entries,
}: {
  readonly label: string;
  readonly fields: readonly HomeworkField[];
  readonly entries: readonly HomeworkEntry[];
}) {
  // What was filled in before the form was changed is shown as well.
  const ids = new Set(entries.flatMap((entry) => Object.keys(entry)));
  const known = new Set(fields.map(({ id }) => id));
  const columns: readonly HomeworkField[] = [
    ...fields.filter(({ id }) => ids.has(id)),
    ...[...ids].filter((id) => !known.has(id)).map((id) => ({ id, label: `Earlier form: ${id}`, kind: "text" as const })),
  ];
  return (
    <WideTable label={label} minWidth={Math.max(320, columns.length * 110)} head={columns.map(({ label: words }) => words)}>
      {entries.map((entry, index) => (
        <Table.Tr key={String(index)}>
          {columns.map((field) => (
            <Table.Td key={field.id} style={{ verticalAlign: "top", whiteSpace: "pre-line" }}>
              <bdi>{answerWords(field, entry[field.id] ?? "")}</bdi>
            </Table.Td>
          ))}
        </Table.Tr>
      ))}
    </WideTable>
  );
}
