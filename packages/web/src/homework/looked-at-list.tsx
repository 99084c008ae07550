import { Button, Modal, Stack, Text } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import { useState } from "react";
import type { TreatmentHomework } from "../api/treatment.ts";
import classes from "../client/client.module.css";
import { FilledIn } from "./filled-in.tsx";
import { outcomeWords } from "./homework.ts";
import { HomeworkLookedAt } from "./homework-looked-at.tsx";

/** So many of the newest are in sight. */
const inSight = 6;

/** Homework that is over: how it went, newest first, with what was filled in behind a click. */
export function LookedAtList({ clientId, homework }: { readonly clientId: string; readonly homework: readonly TreatmentHomework[] }) {
  const [all, setAll] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  const day = ({ content: { lookedAtOn, withdrawnOn, assignedOn } }: TreatmentHomework) => lookedAtOn ?? withdrawnOn ?? assignedOn;
  const newest = homework.toSorted((a, b) => day(b).localeCompare(day(a)));
  const open = homework.find(({ id }) => id === openId);
  if (homework.length === 0) return <Text c="dimmed">None yet.</Text>;
  return (
    <>
      <ul className={classes.plain}>
        {(all ? newest : newest.slice(0, inSight)).map((one) => (
          <li key={one.id} className={classes.row}>
            <span style={{ minWidth: 0 }}>
              <span className={classes.rowTitle}>
                <bdi>{one.content.title}</bdi>
              </span>
              <span className={classes.rowDetail}>{overWords(one)}</span>
            </span>
            <Button
              variant="subtle"
              size="compact-sm"
              style={{ flex: "none" }}
              aria-label={`Show: ${one.content.title}`}
              onClick={() => setOpenId(one.id)}
            >
              Show
            </Button>
          </li>
        ))}
      </ul>
      {newest.length > inSight && (
        <Button variant="subtle" size="compact-sm" mt="xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show the newest only" : `Show all ${newest.length}`}
        </Button>
      )}
      {open !== undefined && (
        <Modal opened onClose={() => setOpenId(null)} title={open.content.title} size="xl">
          <Stack>
            <Text>{overWords(open)}</Text>
            <FilledIn homework={open} />
            {open.content.withdrawnOn === null && (
              <HomeworkLookedAt key={open.version} clientId={clientId} homework={open} onSaved={() => setOpenId(null)} />
            )}
          </Stack>
        </Modal>
      )}
    </>
  );
}

function overWords({ content: { outcome, outcomeWhy, lookedAtOn, withdrawnOn, withdrawnReason } }: TreatmentHomework): string {
  if (withdrawnOn !== null) return `Taken back ${formatDate(withdrawnOn)}: ${withdrawnReason}`;
  if (outcome === null || lookedAtOn === null) return "";
  return `${outcomeWords[outcome]}, ${formatDate(lookedAtOn)}${outcomeWhy === "" ? "" : `. ${outcomeWhy}`}`;
}
