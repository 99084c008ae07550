import { Stack, Text, TextInput } from "@mantine/core";
import { hasTotal, type Measure } from "@trellis/domain/measures/measure";
import { subscaleRange } from "@trellis/domain/measures/score";
import type { Problems } from "../form/problems.ts";
import { Card } from "../shell/card.tsx";
import type { TypedScores } from "./typed-numbers.ts";

interface Props {
  readonly measure: Measure;
  readonly scores: TypedScores;
  readonly onChange: (scores: TypedScores) => void;
  readonly problems: Problems;
  readonly onDone: () => void;
}

/** The score alone, taken over from a form scored elsewhere. */
export function ScoresEntry({ measure, scores, onChange, problems, onDone }: Props) {
  const [low, high] = measure.scoring.range;
  const risk = measure.flags.some(({ kind }) => kind === "suicide-risk" || kind === "risk-behavior");
  const enter = (event: React.KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onDone();
  };
  return (
    <Card title="The score">
      <Stack>
        <Text c="dimmed">
          For a form that was scored elsewhere. It counts in every course like one that was answered here
          {risk ? "; how the question about risk was answered is then not known, and you are asked to look at the form" : ""}.
        </Text>
        {hasTotal(measure) && (
          <TextInput
            label={`Total of ${measure.name}`}
            description={`From ${rounded(low)} to ${rounded(high)}.`}
            inputMode="decimal"
            autoComplete="off"
            maw={260}
            value={scores.total}
            error={problems.get("/entered/total")}
            onChange={(event) => onChange({ ...scores, total: event.currentTarget.value })}
            onKeyDown={enter}
            autoFocus
          />
        )}
        {measure.scoring.subscales.map((subscale) => {
          const [from, to] = subscaleRange(measure, subscale);
          return (
            <TextInput
              key={subscale.id}
              label={subscale.name}
              description={`From ${rounded(from)} to ${rounded(to)}${hasTotal(measure) ? "; may be left open" : ""}.`}
              inputMode="decimal"
              autoComplete="off"
              maw={260}
              value={scores.subscales[subscale.id] ?? ""}
              error={problems.get(`/entered/subscales/${subscale.id}`)}
              onChange={(event) => onChange({ ...scores, subscales: { ...scores.subscales, [subscale.id]: event.currentTarget.value } })}
              onKeyDown={enter}
            />
          );
        })}
        {!hasTotal(measure) && problems.has("/entered/total") && <Text c="clay.8">{problems.get("/entered/total")}</Text>}
      </Stack>
    </Card>
  );
}

/** The ends of a mean need not be round numbers. */
const rounded = (number: number): number => Math.round(number * 100) / 100;
