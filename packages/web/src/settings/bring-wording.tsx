import { Button, Group, Stack, Text } from "@mantine/core";
import type { Measure } from "@trellis/domain/measures/measure";
import { BroughtWording, type MeasureSetting, whyWordingDoesNotFit } from "@trellis/domain/measures/measure-setting";
import { useState } from "react";
import { saveMeasureSetting } from "../api/own-measures.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { putText } from "../form/lines.ts";
import { noProblems, type Problems, problemsOf, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";

interface Props {
  readonly measure: Measure;
  readonly setting: MeasureSetting & { readonly version: number };
  readonly mayChange: boolean;
}

interface Typed {
  readonly instruction: string;
  readonly items: string;
  readonly options: string;
  readonly license: string;
}

const typedOf = (wording: BroughtWording | null): Typed => ({
  instruction: wording?.instruction ?? "",
  items: wording?.items.join("\n") ?? "",
  options: wording?.options.join("\n") ?? "",
  license: wording?.license ?? "",
});

/** The lines of a text without empty ones and without the numbers and bullets that came along. */
const linesOf = (text: string): readonly string[] => putText([], 0, `${text}\n`).lines;

/** The words of a measure that the practice is licensed for, pasted as they stand in its own form. */
export function BringWording({ measure, setting, mayChange }: Props) {
  const [typed, setTyped] = useState<Typed>(() => typedOf(setting.wording));
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const dirty = JSON.stringify(typed) !== JSON.stringify(typedOf(setting.wording));
  useLeaveWarning(dirty);
  const set = (part: Partial<Typed>) => {
    setSaved(false);
    setTyped((before) => ({ ...before, ...part }));
  };
  const wording = {
    instruction: typed.instruction.trim(),
    items: linesOf(typed.items),
    options: linesOf(typed.options),
    license: typed.license,
  };

  async function save(next: BroughtWording | null): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await saveMeasureSetting(measure.id, setting.version, { wording: next, norms: setting.norms });
      setTyped(typedOf(next));
      setSaved(true);
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught, "/content/wording"));
      setAttempt((n) => n + 1);
    } finally {
      setBusy(false);
    }
  }

  function submit(event: React.FormEvent): void {
    event.preventDefault();
    const found = new Map(problemsOf(BroughtWording, wording));
    const read = BroughtWording.safeParse(wording);
    const why = read.success ? whyWordingDoesNotFit(measure, read.data) : null;
    if (why !== null) found.set(read.data?.items.length === measure.items.length ? "/options" : "/items", why);
    setProblems(found);
    setAttempt((n) => n + 1);
    if (read.success && found.size === 0) void save(read.data);
  }

  if (!mayChange)
    return (
      <Card title="Wording">
        <Text>
          {setting.wording === null
            ? "The owner of the practice can bring the wording that the practice is licensed for."
            : `Brought by the practice: ${setting.wording.license}`}
        </Text>
      </Card>
    );
  const firstAt = (place: string) => problems.get(place) ?? [...problems].find(([pointer]) => pointer.startsWith(`${place}/`))?.[1];
  return (
    <Card title="Wording">
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>
            The questions' words belong to their owner and do not come with Trellis. If your practice is licensed for them, paste them here:
            they stay in your own database.
          </Text>
          <ErrorSummary title="The wording is not saved" error={error} problems={problems} attempt={attempt} />
          <TextField
            label="Shown above the questions"
            value={typed.instruction}
            onChange={(instruction) => set({ instruction })}
            max={800}
            rows={2}
            error={problems.get("/instruction")}
          />
          <TextField
            label="Questions, one on each line"
            description={`${wording.items.length} of ${measure.items.length} are here. Numbers before them are dropped.`}
            value={typed.items}
            onChange={(items) => set({ items })}
            rows={6}
            error={firstAt("/items")}
            required
          />
          {measure.options !== undefined && (
            <TextField
              label="The answers' words, one on each line"
              description={`In the order of their numbers: ${measure.options.map(({ value }) => value).join(", ")}. May be left empty.`}
              value={typed.options}
              onChange={(options) => set({ options })}
              rows={4}
              error={firstAt("/options")}
            />
          )}
          <TextField
            label="What allows you to use the wording"
            description="The licence, with its number or date. It stands beside the questions; your practice answers for it."
            value={typed.license}
            onChange={(license) => set({ license })}
            max={500}
            rows={2}
            error={problems.get("/license")}
            required
          />
          {saved && !dirty && (
            <Text role="status">
              {setting.wording === null
                ? "Taken out. Answers given stay; they are entered by number again."
                : "Saved. It can be answered on the screen from now on."}
            </Text>
          )}
          <Group>
            <Button type="submit" loading={busy} disabled={!dirty}>
              Save the wording
            </Button>
            {setting.wording !== null && (
              <Button variant="subtle" color="stone" onClick={() => void save(null)}>
                Take it out
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
