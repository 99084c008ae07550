import { Badge, Button, Group, Text, VisuallyHidden } from "@mantine/core";
import { dayOf, formatDate } from "@trellis/domain/calendar/date";
import type { SummaryKind } from "@trellis/domain/ending/summary";
import { useState } from "react";
import { draftSummary, endingQuery, keepSummary, type StoredSummary, summaryDocument } from "../api/ending.ts";
import { queryClient } from "../api/query-client.ts";
import { useSignedIn } from "../api/session.ts";
import { treatmentChanged } from "../api/treatment.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { Card } from "../shell/card.tsx";
import classes from "./ending.module.css";
import { SummaryEditor } from "./summary-editor.tsx";

const names: Record<SummaryKind, string> = { discharge: "Discharge summary", transfer: "Transfer summary" };

/** The summaries of a client: one click drafts one from the record, and it is finished where it stands. */
export function SummaryCard({
  clientId,
  summaries,
  ended,
}: {
  readonly clientId: string;
  readonly summaries: readonly StoredSummary[];
  readonly ended: boolean;
}) {
  const { timeZone } = useSignedIn().practice;
  const [opened, setOpened] = useState<string | null>(null);
  const [busy, setBusy] = useState<SummaryKind | null>(null);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const missing = (["discharge", "transfer"] as const).filter(
    (kind) => !summaries.some(({ content, signed }) => signed === null && content.kind === kind),
  );

  async function draft(kind: SummaryKind): Promise<void> {
    setBusy(kind);
    setError(undefined);
    try {
      const summary = await draftSummary(clientId, newId(), kind);
      keepSummary(clientId, summary);
      void treatmentChanged(clientId);
      setOpened(summary.id);
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
    } finally {
      setBusy(null);
    }
  }

  return (
    <Card title="Discharge and transfer summary">
      <ErrorSummary title="The summary was not drafted" error={error} attempt={attempt} />
      {summaries.length === 0 && (
        <Text c="dimmed" mb="sm">
          Drafted from the record: reason, diagnoses, course, scores with their pictures, every goal, risk and medication. What the record
          does not hold is asked for. {ended ? "" : "Best after treatment is ended here: then how it ended is in it as well."}
        </Text>
      )}
      <ul className={classes.list}>
        {summaries.map((summary) => (
          <li key={summary.id}>
            <div className={classes.line}>
              <div>
                <Group gap="xs">
                  <Text fw={600}>{names[summary.content.kind]}</Text>
                  <Badge color={summary.signed === null ? "straw" : "leaf"}>{summary.signed === null ? "Draft" : "Signed"}</Badge>
                </Group>
                <Text size="sm" c="dimmed">
                  {summary.signed === null
                    ? `Drafted ${formatDate(summary.content.date)}`
                    : `${formatDate(dayOf(summary.signed.at, timeZone))}, ${summary.signed.name}`}
                  {summary.content.episode > 1 ? ` · episode ${summary.content.episode}` : ""}
                </Text>
              </div>
              <Group gap="xs">
                {summary.signed === null ? (
                  <Button
                    size="compact-md"
                    variant={opened === summary.id ? "default" : "filled"}
                    aria-expanded={opened === summary.id}
                    onClick={() => setOpened(opened === summary.id ? null : summary.id)}
                  >
                    {opened === summary.id ? "Close" : "Go on with it"}
                    <VisuallyHidden>: {names[summary.content.kind]}</VisuallyHidden>
                  </Button>
                ) : (
                  <Button
                    size="compact-md"
                    variant="default"
                    component="a"
                    href={summaryDocument(clientId, summary.id)}
                    target="_blank"
                    rel="noreferrer"
                  >
                    PDF<VisuallyHidden>: {names[summary.content.kind]}</VisuallyHidden>
                  </Button>
                )}
              </Group>
            </div>
            {opened === summary.id && summary.signed === null && (
              <SummaryEditor
                clientId={clientId}
                summary={summary}
                onRemoved={() => void queryClient.invalidateQueries({ queryKey: endingQuery(clientId).queryKey })}
              />
            )}
          </li>
        ))}
      </ul>
      {missing.length > 0 && (
        <Group mt="sm">
          {missing.map((kind) => (
            <Button key={kind} variant="default" loading={busy === kind} onClick={() => void draft(kind)}>
              Draft {summaries.some(({ content }) => content.kind === kind) ? "another" : "a"} {names[kind].toLowerCase()}
            </Button>
          ))}
        </Group>
      )}
    </Card>
  );
}
