import { Anchor, Button, Checkbox, Group, List, Modal, SimpleGrid, Stack, Text } from "@mantine/core";
import { Acknowledgement, type Decision, decisions, decisionWords } from "@trellis/domain/alerts/acknowledgement";
import { sourcesOf, whatToConsider } from "@trellis/domain/measures/consider";
import { useState } from "react";
import { type AlertEntry, acknowledgeAlert, alertsChanged, isRisk } from "../api/alerts.ts";
import { ApiProblem } from "../api/client.ts";
import { type ChartAlert, chartQuery } from "../api/clients.ts";
import { queryClient } from "../api/query-client.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { hasProblem, noProblems, type Problems, problemsOf, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { alertTitles, alertWords, doneSoFar, entryWords } from "./alert-words.ts";

/** An alert that is being acknowledged, with what is known of it. */
export interface ToAcknowledge {
  readonly clientId: string;
  /** As the clinician calls the client. */
  readonly calledName: string;
  readonly alert: ChartAlert;
  readonly entry: AlertEntry;
  readonly riskAssessedOn: string | null;
}

const offered = decisions.filter((decision) => decision !== "entry-in-error");

/** What to look at, what was decided, and what was done about an alert: a sentence is enough. */
export function AcknowledgeDialog({ asked, onClose }: { readonly asked: ToAcknowledge; readonly onClose: () => void }) {
  const { clientId, calledName, alert, entry, riskAssessedOn } = asked;
  const assessed = isRisk(alert.kind) && riskAssessedOn !== null && entry !== "error";
  const prefilled = doneSoFar(alert, entry, riskAssessedOn);
  const [considered, setConsidered] = useState<string[]>([]);
  const [decided, setDecided] = useState<string[]>(assessed ? ["assessed-risk"] : []);
  const [done, setDone] = useState(prefilled);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const list = entry === "error" ? [] : whatToConsider(alert.kind);
  const sources = sourcesOf(list);
  const typed = done !== prefilled || considered.length > 0;
  const tooLate = error instanceof ApiProblem && error.status === 409;

  function close(): void {
    // Somebody else was first: the lists behind the dialog do not know it yet.
    if (tooLate) {
      void alertsChanged();
      void queryClient.invalidateQueries({ queryKey: chartQuery(clientId).queryKey });
    }
    onClose();
  }

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setAttempt(attempt + 1);
    setError(undefined);
    const given = { considered, decisions: entry === "error" ? ["entry-in-error"] : decided, done: done.trim() };
    const faults = problemsOf(Acknowledgement, given);
    setProblems(faults);
    if (faults.size > 0) return;
    setBusy(true);
    try {
      await acknowledgeAlert(clientId, alert, Acknowledgement.parse(given));
      onClose();
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught));
      setBusy(false);
    }
  }

  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={`${calledName}: ${alertTitles[alert.kind].toLowerCase()}`}
      closeOnClickOutside={false}
      closeOnEscape={!typed}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="lg">
          <div>
            <Text>{alertWords(alert)}</Text>
            {alert.detail.rule !== undefined && (
              <Text size="sm" c="dimmed">
                {alert.detail.rule} {alert.detail.source !== undefined && `${alert.detail.source}.`}
              </Text>
            )}
            {entryWords[entry] !== "" && (
              <Text fw={600} mt="xs">
                {entryWords[entry]}
              </Text>
            )}
          </div>
          {isRisk(alert.kind) && (
            // In a tab of its own: what was typed here stays.
            <Anchor href={`/clients/${clientId}/safety`} target="_blank">
              Open the safety plan
            </Anchor>
          )}
          <ErrorSummary
            title={tooLate ? "Somebody was first" : "It was not acknowledged"}
            error={error}
            problems={problems}
            attempt={attempt}
          />
          {list.length > 0 && (
            <div>
              <Checkbox.Group
                label="What you looked at"
                description="Worth considering, in this order."
                value={considered}
                onChange={setConsidered}
              >
                <Stack gap="sm" mt="sm">
                  {list.map(({ id, text, source }) => (
                    <Checkbox key={id} value={id} label={source === null ? text : `${text} [${sources.indexOf(source) + 1}]`} />
                  ))}
                </Stack>
              </Checkbox.Group>
              <details style={{ marginTop: "0.75rem" }}>
                <summary>Where this comes from</summary>
                <List size="sm" listStyleType="none" mt={4}>
                  {sources.map((source, index) => (
                    <List.Item key={source}>
                      [{index + 1}] {source}.
                    </List.Item>
                  ))}
                  <List.Item>What has no number is good practice without a study behind it.</List.Item>
                </List>
              </details>
            </div>
          )}
          {entry !== "error" && (
            <Checkbox.Group
              label="What was decided"
              description="In short, where it fits."
              value={decided}
              onChange={(next) => setDecided(next.filter((code): code is Decision => Object.hasOwn(decisionWords, code)))}
            >
              <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" mt="sm">
                {offered.map((decision) => (
                  <Checkbox key={decision} value={decision} label={decisionWords[decision]} />
                ))}
              </SimpleGrid>
            </Checkbox.Group>
          )}
          <TextField
            label="What was done"
            description="A sentence is enough. It stays in the chart as it is written here."
            value={done}
            onChange={(words) => {
              setDone(words);
              setProblems(noProblems);
            }}
            rows={3}
            max={2000}
            required
            error={hasProblem(problems, "/done") ? problems.get("/done") : undefined}
          />
          <Group>
            {tooLate ? (
              <Button onClick={close}>Close</Button>
            ) : (
              <>
                <Button type="submit" loading={busy}>
                  Acknowledge
                </Button>
                <Button variant="default" onClick={close}>
                  Cancel
                </Button>
              </>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
