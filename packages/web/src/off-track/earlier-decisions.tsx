import { List, Text } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import type { Treatment } from "../api/treatment.ts";
import { Card } from "../shell/card.tsx";
import classes from "./off-track.module.css";
import { stateWords } from "./state-words.ts";

/** What was decided before, newest first. */
export function EarlierDecisions({ decisions }: Pick<Treatment, "decisions">) {
  return (
    <Card title="What was decided">
      <ul className={classes.decisions}>
        {decisions.toReversed().map(({ id, content, by }) => (
          <li key={id}>
            <Text fw={600}>
              {formatDate(content.on)}
              {by === "" ? "" : `, ${by}`}
            </Text>
            {content.about !== "" && <Text size="sm">{content.about}</Text>}
            <List size="sm" mt={4}>
              {content.options.map((option) => (
                <List.Item key={option.id}>
                  <strong>{stateWords[option.state]}:</strong> {option.title}
                  {option.note !== "" && `. ${option.note}`}
                </List.Item>
              ))}
            </List>
            {content.note !== "" && <Text mt={4}>{content.note}</Text>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
