import { Button, Group, Radio, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { newId } from "../form/new-id.ts";
import classes from "./choose-text.module.css";
import { inWords, keepBoth } from "./keep-both.ts";
import { mergeFields } from "./merge.ts";
import type { Dispute } from "./use-versioned-autosave.ts";

/** The heading of the choice, for a link that leads to it. The choice itself never takes the focus from somebody who is typing. */
export const chooseTextId = "choose-text";

type Choice = "mine" | "theirs" | "both";

interface Props<T> {
  /** What each field is called on screen. */
  readonly names: Readonly<Record<string, string>>;
  readonly dispute: Dispute<T>;
  readonly onSettle: (content: T) => void;
}

/** Two tabs or two people wrote in the same field: both texts side by side, and nothing is overwritten until somebody chooses. */
export function ChooseText<T extends Readonly<Record<string, unknown>>>({ names, dispute, onSettle }: Props<T>) {
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({});
  const { mine, theirs } = dispute;
  const open = dispute.fields.filter((field) => choices[field] === undefined);

  function settle(): void {
    const chosen: Record<string, unknown> = { ...mergeFields(dispute.base, mine, theirs.content).merged };
    for (const field of dispute.fields) {
      if (choices[field] === "theirs") chosen[field] = theirs.content[field];
      if (choices[field] === "both") chosen[field] = keepBoth(mine[field], theirs.content[field], newId);
    }
    onSettle(chosen as T);
  }

  const who = theirs.savedBy === undefined || theirs.savedBy === "" ? "Another tab or person" : theirs.savedBy;
  const when =
    theirs.savedAt === undefined || theirs.savedAt === ""
      ? ""
      : ` at ${new Date(theirs.savedAt).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" })}`;
  return (
    <section className={classes.choose} aria-labelledby={chooseTextId}>
      <Title order={2} size="h3" id={chooseTextId} tabIndex={-1}>
        This was changed in two places
      </Title>
      <Text mb="md">
        {who} saved this{when} while you were writing. Choose what to keep. Nothing of either is lost until you do.
      </Text>
      <Stack gap="lg">
        {dispute.fields.map((field) => (
          <Radio.Group
            key={field}
            label={names[field] ?? field}
            size="md"
            value={choices[field] ?? null}
            onChange={(value) => setChoices({ ...choices, [field]: value as Choice })}
          >
            <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs">
              <Side value="mine" label="Keep yours" words={inWords(mine[field])} />
              <Side value="theirs" label="Take the other" words={inWords(theirs.content[field])} />
            </SimpleGrid>
            {keepBoth(mine[field], theirs.content[field], newId) !== null && (
              <Radio value="both" label="Keep both, one after the other" mt="sm" />
            )}
          </Radio.Group>
        ))}
        <Group>
          <Button onClick={settle} disabled={open.length > 0}>
            Save what I chose
          </Button>
          {open.length > 0 && dispute.fields.length > 1 && <Text c="dimmed">{open.length} still to choose</Text>}
        </Group>
      </Stack>
    </section>
  );
}

function Side({ value, label, words }: { readonly value: Choice; readonly label: string; readonly words: readonly string[] }) {
  return (
    <div className={classes.side}>
      <Radio value={value} label={label} />
      <div className={classes.sideText}>
        {words.map((line, index) => (
          <p key={index}>
            <bdi>{line}</bdi>
          </p>
        ))}
      </div>
    </div>
  );
}
