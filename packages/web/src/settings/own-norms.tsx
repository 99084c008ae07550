import { Button, Group, Stack, Text } from "@mantine/core";
import { reliableChangeIndex } from "@trellis/domain/measures/jacobson-truax";
import type { Measure } from "@trellis/domain/measures/measure";
import { type MeasureSetting, PracticeNorms, withSetting } from "@trellis/domain/measures/measure-setting";
import { useState } from "react";
import { saveMeasureSetting } from "../api/own-measures.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { noProblems, type Problems, problemsOf, serverProblems } from "../form/problems.ts";
import { readNumber } from "../form/read-number.ts";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";

interface Props {
  readonly measure: Measure;
  readonly setting: MeasureSetting & { readonly version: number };
  readonly mayChange: boolean;
}

interface Typed {
  readonly sd: string;
  readonly reliability: string;
  readonly source: string;
}

const typedOf = (norms: PracticeNorms | null): Typed => ({
  sd: String(norms?.sd ?? ""),
  reliability: String(norms?.reliability ?? ""),
  source: norms?.source ?? "",
});

/** From how many points on a change counts, worked out of the practice's own numbers. */
export function OwnNorms({ measure, setting, mayChange }: Props) {
  const [typed, setTyped] = useState<Typed>(() => typedOf(setting.norms));
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const dirty = JSON.stringify(typed) !== JSON.stringify(typedOf(setting.norms));
  useLeaveWarning(dirty);
  const set = (part: Partial<Typed>) => {
    setSaved(false);
    setTyped((before) => ({ ...before, ...part }));
  };
  const norms = {
    sd: readNumber(typed.sd) ?? undefined,
    reliability: readNumber(typed.reliability) ?? undefined,
    source: typed.source,
  };

  async function save(next: PracticeNorms | null): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await saveMeasureSetting(measure.id, setting.version, { wording: setting.wording, norms: next });
      setTyped(typedOf(next));
      setSaved(true);
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught, "/content/norms"));
      setAttempt((n) => n + 1);
    } finally {
      setBusy(false);
    }
  }

  function submit(event: React.FormEvent): void {
    event.preventDefault();
    const found = problemsOf(PracticeNorms, norms);
    setProblems(found);
    setAttempt((n) => n + 1);
    const read = PracticeNorms.safeParse(norms);
    if (read.success) void save(read.data);
  }

  const published = measure.reliableChange;
  return (
    <Card title="What counts as a change">
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>
            {published === undefined
              ? "No established threshold: for this measure nobody has shown how large a change has to be before it counts. With a standard deviation and a reliability it is worked out here."
              : `Published: a change of ${published.points} points or more (${published.source}). Numbers of your own go before it.`}
          </Text>
          <ErrorSummary title="The numbers are not saved" error={error} problems={problems} attempt={attempt} />
          {mayChange ? (
            <>
              <Group grow align="flex-start" preventGrowOverflow={false}>
                <TextField
                  label="Standard deviation, in points"
                  description="Of the scores before treatment."
                  value={typed.sd}
                  onChange={(sd) => set({ sd })}
                  error={problems.get("/sd")}
                />
                <TextField
                  label="Reliability"
                  description="From 0 to below 1, such as 0.89."
                  value={typed.reliability}
                  onChange={(reliability) => set({ reliability })}
                  error={problems.get("/reliability")}
                />
              </Group>
              <TextField
                label="Where the two numbers come from"
                value={typed.source}
                onChange={(source) => set({ source })}
                max={300}
                error={problems.get("/source")}
              />
            </>
          ) : (
            setting.norms === null && <Text c="dimmed">The owner of the practice can enter the two numbers.</Text>
          )}
          <div aria-live="polite">
            <Steps measure={measure} sd={norms.sd} reliability={norms.reliability} />
            {!mayChange && setting.norms !== null && <Text size="sm">Numbers from: {setting.norms.source}</Text>}
            {saved && !dirty && <Text mt="xs">Saved. It holds in every chart from now on.</Text>}
          </div>
          {mayChange && (
            <Group>
              <Button type="submit" loading={busy} disabled={!dirty}>
                Save the numbers
              </Button>
              {setting.norms !== null && (
                <Button variant="subtle" color="stone" onClick={() => void save(null)}>
                  Take them out
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </form>
    </Card>
  );
}

const three = (number: number) => Number(number.toFixed(3));

/** The threshold with both numbers and each step to it; nothing while a number is missing or cannot be. */
function Steps({
  measure,
  sd,
  reliability,
}: {
  readonly measure: Measure;
  readonly sd: number | undefined;
  readonly reliability: number | undefined;
}) {
  if (sd === undefined || reliability === undefined || sd <= 0 || reliability < 0 || reliability >= 1) return null;
  const { standardError, standardErrorOfDifference, points } = reliableChangeIndex({ sd, reliability });
  const norms = { sd, reliability, source: "typed" };
  const threshold = withSetting(measure, { wording: null, norms, expectedCourse: null }).reliableChange?.points ?? points;
  return (
    <>
      <Text fw={600}>A change of {three(threshold)} points or more counts.</Text>
      <Text size="sm">
        Standard error: {sd} × √(1 − {reliability}) = {three(standardError)}. Of a difference: √2 × {three(standardError)} ={" "}
        {three(standardErrorOfDifference)}. Reliable change index: 1.96 × {three(standardErrorOfDifference)} = {three(points)}, and the next{" "}
        {Number.isInteger(threshold) ? "whole number" : "hundredth"} above it is the first change that counts.
      </Text>
      <Text size="sm" c="dimmed">
        Jacobson NS, Truax P. J Consult Clin Psychol 1991;59:12-19.
      </Text>
    </>
  );
}
