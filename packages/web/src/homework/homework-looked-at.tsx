import { Button, Chip, Group, Stack, Text } from "@mantine/core";
import { commonReasons, whyText } from "@trellis/domain/homework/why-not-done";
import type { HomeworkOutcome } from "@trellis/domain/note/note";
import { useState } from "react";
import type { TreatmentHomework } from "../api/treatment.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { TextField } from "../form/text-field.tsx";
import { useToday } from "../session/today.ts";
import { outcomeWords, saveHomework } from "./homework.ts";

const outcomes = ["done", "partly", "not-done"] as const satisfies readonly HomeworkOutcome[];

/**
 * Records how homework went: one click where it is done, otherwise with what got in the way. Compact, for the homework screen and for beside the note.
 */
export function HomeworkLookedAt({
  clientId,
  homework,
  onSaved,
}: {
  readonly clientId: string;
  readonly homework: TreatmentHomework;
  readonly onSaved?: (outcome: HomeworkOutcome, why: string) => void;
}) {
  const today = useToday();
  const [outcome, setOutcome] = useState<HomeworkOutcome | null>(homework.content.outcome);
  const [reasons, setReasons] = useState<string[]>([]);
  const [own, setOwn] = useState(homework.content.outcomeWhy);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const chosen = outcome !== null && outcome !== "done" ? outcome : null;

  async function save(how: HomeworkOutcome): Promise<void> {
    const why = how === "done" ? "" : whyText(reasons, own);
    setBusy(true);
    setError(undefined);
    try {
      const { lookedAtOn } = homework.content;
      await saveHomework(clientId, homework.id, homework.version, {
        ...homework.content,
        outcome: how,
        outcomeWhy: why,
        lookedAtOn: lookedAtOn ?? today,
      });
      onSaved?.(how, why);
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Stack gap="sm">
      <ErrorSummary title="That was not saved" error={error} attempt={attempt} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame, and these are no fields */}
      <div role="group" aria-label={`How did it go: ${homework.content.title}`}>
        <Group gap="xs">
          <Text fw={600} aria-hidden="true" mr={4}>
            How did it go?
          </Text>
          {outcomes.map((one) => (
            <Button
              key={one}
              size="sm"
              variant={outcome === one ? "filled" : "default"}
              aria-pressed={outcome === one}
              loading={busy && outcome === one}
              onClick={() => {
                setOutcome(one);
                if (one === "done") void save("done");
              }}
            >
              {outcomeWords[one]}
            </Button>
          ))}
        </Group>
      </div>
      {chosen !== null && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save(chosen);
          }}
        >
          <Stack gap="sm">
            <Chip.Group multiple value={reasons} onChange={setReasons}>
              {/* biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame */}
              <div role="group" aria-label="What got in the way?">
                <Text fw={600} mb={6} aria-hidden="true">
                  What got in the way?
                </Text>
                <Group gap="xs">
                  {commonReasons.map((reason) => (
                    <Chip key={reason} value={reason} variant="outline">
                      {reason}
                    </Chip>
                  ))}
                </Group>
              </div>
            </Chip.Group>
            <TextField label="In own words (not needed)" value={own} onChange={setOwn} max={700} rows={2} />
            <Group>
              <Button type="submit" loading={busy}>
                Save: {outcomeWords[chosen].toLowerCase()}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Stack>
  );
}
