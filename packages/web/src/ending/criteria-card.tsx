import { Badge, Button, Group, Text, VisuallyHidden } from "@mantine/core";
import type { CriterionStanding, CriterionState } from "@trellis/domain/ending/discharge-criteria";
import type { CriterionJudgement } from "@trellis/domain/episode/episode";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import classes from "./ending.module.css";

export const standingWords: Record<CriterionStanding, string> = { met: "Met", "not-yet": "Not yet", "cannot-tell": "For you to say" };
const colors: Record<CriterionStanding, string> = { met: "leaf", "not-yet": "stone", "cannot-tell": "straw" };

interface Props {
  readonly criteria: readonly CriterionState[];
  readonly today: string;
  readonly busy: boolean;
  /** Says how one criterion stands; `null` takes back what was said of it. */
  readonly onJudge: (id: string, judgement: CriterionJudgement | null) => void;
}

/** Each discharge criterion with what the record says of it; what no score can say is one click. */
export function CriteriaCard({ criteria, today, busy, onJudge }: Props) {
  const met = criteria.filter(({ state, doubt }) => state === "met" && !doubt).length;
  return (
    <Card
      title="When therapy can end"
      actions={
        <Text span c="dimmed" role="status">
          {met} of {criteria.length} met
        </Text>
      }
    >
      <ul className={classes.list}>
        {criteria.map(({ id, text, state, because, judgement, doubt }) => (
          <li key={id} className={classes.criterion}>
            <div>
              <p className={classes.words}>
                <bdi>{text}</bdi>
              </p>
              <ul className={classes.because}>
                {because.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
                {doubt && (
                  <li>
                    <strong>What the record says since then does not fit. Look at it again.</strong>
                  </li>
                )}
              </ul>
            </div>
            <Group gap="xs" align="flex-start">
              <Badge
                color={doubt ? "clay" : colors[state]}
                mt={6}
                leftSection={state === "met" ? <Icon name="check" size={13} /> : undefined}
              >
                {standingWords[state]}
              </Badge>
              {(["met", "not-yet"] as const).map((said) =>
                judgement?.state === said ? null : (
                  <Button
                    key={said}
                    size="compact-md"
                    variant="default"
                    disabled={busy}
                    onClick={() => onJudge(id, { criterionId: id, state: said, on: today, by: "", why: "" })}
                  >
                    {standingWords[said]}
                    <VisuallyHidden>: {text}</VisuallyHidden>
                  </Button>
                ),
              )}
              {judgement !== null && (
                <Button size="compact-md" variant="subtle" disabled={busy} onClick={() => onJudge(id, null)}>
                  Take back
                  <VisuallyHidden> what was said of: {text}</VisuallyHidden>
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
    </Card>
  );
}
