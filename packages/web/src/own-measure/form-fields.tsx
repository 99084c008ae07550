import { Checkbox, Stack, Text } from "@mantine/core";
import { soundsLikeRisk } from "@trellis/domain/measures/own/own-measure";
import { ChoiceField } from "../form/choice-field.tsx";
import { LinesField } from "../form/lines-field.tsx";
import type { Problems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import type { OwnDraft } from "./own-draft.ts";

interface Props {
  readonly draft: OwnDraft;
  readonly set: (part: Partial<OwnDraft>) => void;
  readonly problems: Problems;
}

/** The parts of a short form: a few questions with one scale in common. */
export function FormFields({ draft, set, problems }: Props) {
  return (
    <Stack>
      <LinesField
        label="Questions"
        description="One on each line; a list can be pasted."
        noun="question"
        lines={draft.questions}
        onChange={(questions) => set({ questions })}
        maxLength={500}
        maxLines={20}
        errorAt={(index) => problems.get(`/questions/${index}`)}
        error={problems.get("/questions")}
      />
      <LinesField
        label="Answers"
        description="The same for every question, in their order: each counts one more than the one before."
        noun="possible answer"
        lines={draft.answers}
        onChange={(answers) => set({ answers })}
        maxLength={200}
        maxLines={11}
        errorAt={(index) => problems.get(`/answers/${index}`)}
        error={problems.get("/answers")}
      />
      <ChoiceField
        label="The first answer counts"
        value={String(draft.countsFrom)}
        choices={[
          { value: "0", label: "0" },
          { value: "1", label: "1" },
        ]}
        onChange={(value) => set({ countsFrom: value === "1" ? 1 : 0 })}
      />
      <ChoiceField
        label="The score is"
        value={draft.method}
        choices={[
          { value: "sum", label: "the sum of the answers" },
          { value: "mean", label: "their mean" },
        ]}
        onChange={(method) => set({ method })}
      />
      <TextField
        label="What time the questions are about"
        value={draft.recall}
        onChange={(recall) => set({ recall })}
        max={80}
        error={problems.get("/recall")}
      />
      <TextField
        label="Usually given every so many days"
        value={draft.everyDays}
        onChange={(everyDays) => set({ everyDays })}
        inputMode="numeric"
        error={problems.get("/everyDays")}
      />
      <TextField
        label="Shown above the questions"
        value={draft.instruction}
        onChange={(instruction) => set({ instruction })}
        max={800}
        rows={2}
        error={problems.get("/instruction")}
      />
      <RiskQuestions questions={draft.questions} risk={draft.risk} onChange={(risk) => set({ risk })} />
    </Stack>
  );
}

/** Which questions are about danger: with any answer above the lowest they speak up, and left open they are asked about. */
export function RiskQuestions({
  questions,
  risk,
  onChange,
}: {
  readonly questions: readonly string[];
  readonly risk: readonly number[];
  readonly onChange: (risk: readonly number[]) => void;
}) {
  if (questions.length === 0) return null;
  const unmarked = questions.flatMap((question, index) => (soundsLikeRisk(question) && !risk.includes(index + 1) ? [index + 1] : []));
  return (
    <Checkbox.Group
      label="Questions about danger"
      description="Suicide, self-harm or harm to others. Any answer above the lowest alerts you at once."
      size="md"
      value={risk.map(String)}
      onChange={(values) => onChange(values.map(Number).toSorted((a, b) => a - b))}
    >
      <Stack gap="xs" mt="xs">
        {questions.map((question, index) => (
          <Checkbox key={index} value={String(index + 1)} label={`${index + 1}. ${question}`} />
        ))}
      </Stack>
      {unmarked.length > 0 && (
        <Text mt="xs" c="clay.8">
          {unmarked.length === 1 ? `Question ${unmarked[0]} sounds` : `Questions ${unmarked.join(", ")} sound`} as if about danger. Mark it
          if so.
        </Text>
      )}
    </Checkbox.Group>
  );
}
