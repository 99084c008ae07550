import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { dayOf, formatDate } from "@trellis/domain/calendar/date";
import { type Measure, optionsOf } from "@trellis/domain/measures/measure";
import { scoreAdministration } from "@trellis/domain/measures/score";
import { type ChartAdministration, correctionsQuery } from "../api/clients.ts";
import { useSignedIn } from "../api/session.ts";
import { answerWords } from "./answers.ts";
import { scoreWords } from "./score-words.ts";

/** What a corrected entry said before, each time with who changed it, when and why. */
export function EarlierVersions({
  clientId,
  measure,
  administration,
}: {
  readonly clientId: string;
  readonly measure: Measure;
  readonly administration: ChartAdministration;
}) {
  const { practice } = useSignedIn();
  const { data, error } = useQuery(correctionsQuery(clientId, administration.id, administration.version));
  if (error !== null) return <Text c="clay.8">What it said before could not be fetched. {error.message}</Text>;
  if (data === undefined) return <Text c="dimmed">Fetching what it said before …</Text>;
  return (
    <Stack gap="md" mt="lg">
      <Text fw={600}>Before it was corrected</Text>
      {data.map(({ version, content, reason, replacedAt, replacedBy }) => {
        const { total } = scoreAdministration(measure, content);
        return (
          <div key={version}>
            <Text>
              {formatDate(content.date)}
              {total === null ? "" : `: ${scoreWords(measure, total)}`}
            </Text>
            <Text size="sm" c="dimmed">
              Corrected on {formatDate(dayOf(replacedAt, practice.timeZone))} by {replacedBy}: {reason}
            </Text>
            {content.entered === undefined && (
              <Text size="sm">
                {measure.items
                  .map((item, i) => {
                    const value = content.answers[i] ?? null;
                    const label = item.quantity?.unit ?? optionsOf(measure, item).find((option) => option.value === value)?.label;
                    return `${item.number}: ${value === null ? "not answered" : answerWords(value, label)}`;
                  })
                  .join(" · ")}
              </Text>
            )}
          </div>
        );
      })}
    </Stack>
  );
}
