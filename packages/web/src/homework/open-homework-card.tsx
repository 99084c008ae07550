import { Badge, Button, Group, Menu, Stack, Text } from "@mantine/core";
import type { HomeworkState } from "@trellis/domain/homework/open-homework";
import { useState } from "react";
import type { TreatmentHomework } from "../api/treatment.ts";
import { MakeLink } from "../client-link/make-link.tsx";
import { Card } from "../shell/card.tsx";
import { ChangeHomework, EnterFromPaper, TakeBack } from "./change-homework.tsx";
import { FilledIn } from "./filled-in.tsx";
import classes from "./homework.module.css";
import { sheetAddress, stateWords } from "./homework.ts";
import { HomeworkLookedAt } from "./homework-looked-at.tsx";
import type { NamedObjective } from "./objectives-of-plan.ts";

/** Homework that was given and is not looked at yet: what the client has filled in, how it went, and how it gets to the client. */
export function OpenHomeworkCard({
  clientId,
  homework,
  objectives,
  onSaid,
}: {
  readonly clientId: string;
  readonly homework: TreatmentHomework & { readonly state: HomeworkState };
  readonly objectives: readonly NamedObjective[];
  readonly onSaid: (words: string) => void;
}) {
  const { content, state } = homework;
  const [dialog, setDialog] = useState<"change" | "take-back" | "paper" | null>(null);
  const [text, setText] = useState(false);
  const close = () => setDialog(null);
  const lookAt = state !== "under-way";
  const purposes = objectives.filter(({ id }) => content.objectiveIds.includes(id));
  return (
    <Card
      tone={state === "overdue" ? "attention" : "plain"}
      title={content.title}
      actions={
        <Badge variant="light" color={state === "overdue" ? "clay" : lookAt ? "straw" : "stone"} style={{ textTransform: "none" }}>
          {stateWords(homework)}
        </Badge>
      }
    >
      <Stack gap="sm">
        {purposes.length > 0 && (
          <Text size="sm" c="dimmed">
            For {purposes.map(({ number, words }) => `${number} ${words}`).join("; ")}
          </Text>
        )}
        {text && (
          <ol className={classes.steps}>
            {content.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
        <FilledIn homework={homework} />
        <HomeworkLookedAt clientId={clientId} homework={homework} onSaved={() => onSaid(`Looked at: ${content.title}.`)} />
        <Group gap="xs">
          <MakeLink clientId={clientId} kind="homework" subjectId={homework.id} />
          <Button
            size="sm"
            variant="default"
            component="a"
            href={sheetAddress(clientId, homework.id)}
            target="_blank"
            rel="noopener"
            aria-label={`Print: ${content.title}`}
          >
            Print
          </Button>
          <Menu>
            <Menu.Target>
              <Button size="sm" variant="subtle" aria-label={`More for: ${content.title}`}>
                More
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setText(!text)}>{text ? "Hide the steps" : "Show the steps"}</Menu.Item>
              {content.fields.length > 0 && <Menu.Item onClick={() => setDialog("paper")}>Enter what came on paper</Menu.Item>}
              <Menu.Item onClick={() => setDialog("change")}>Change</Menu.Item>
              <Menu.Item onClick={() => setDialog("take-back")}>Take back</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Stack>
      {dialog === "change" && <ChangeHomework clientId={clientId} homework={homework} objectives={objectives} onClose={close} />}
      {dialog === "take-back" && <TakeBack clientId={clientId} homework={homework} onClose={close} />}
      {dialog === "paper" && <EnterFromPaper clientId={clientId} homework={homework} onClose={close} />}
    </Card>
  );
}
