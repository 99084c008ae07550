import { Table, Text } from "@mantine/core";
import type { Measure } from "@trellis/domain/measures/measure";
import { attainmentFormula, attainmentLevels, attainmentSteps } from "@trellis/domain/measures/own/goal-scale";
import { WideTable } from "../shell/wide-table.tsx";

/** Each goal's level, and how the T-score was reached from them. Shows nothing for other measures. */
export function GoalSteps({ measure, answers }: { readonly measure: Measure; readonly answers: readonly (number | null)[] }) {
  if (measure.scoring.method !== "attainment") return null;
  const { goals, weighted, weights, squares, divisor, t } = attainmentSteps(measure, answers);
  return (
    <div>
      <WideTable label="Each goal's level" minWidth={520} head={["Goal", "Level", "Weight"]}>
        {goals.map(({ text, level, described, weight }, index) => (
          <Table.Tr key={index}>
            <Table.Td>{text}</Table.Td>
            <Table.Td>
              {level === null
                ? "Not rated"
                : `${signed(level)} · ${attainmentLevels.find((known) => known.level === level)?.name ?? ""}: ${described}`}
            </Table.Td>
            <Table.Td>{weight}</Table.Td>
          </Table.Tr>
        ))}
      </WideTable>
      <Text size="sm" mt="sm">
        {t === null
          ? "There is a T-score once every goal is rated."
          : `T = 50 + 10 × ${signed(weighted)} ÷ ${divisor} = ${t}. 50 means that the goals are reached as expected.`}
      </Text>
      <Text size="sm" c="dimmed">
        {attainmentFormula}, with Σ(w·x) = {signed(weighted)}, Σw = {weights}, Σw² = {squares}. {measure.sources.join(" ")}.
      </Text>
    </div>
  );
}

const signed = (number: number) => (number > 0 ? `+${number}` : number < 0 ? `−${-number}` : "0");
