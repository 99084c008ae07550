import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { formatDate, IsoDate } from "@trellis/domain/calendar/date";
import { momentInWords } from "@trellis/domain/calendar/wall-clock";
import { longText } from "@trellis/domain/client/client";
import { useMemo, useState } from "react";
import { z } from "zod";
import type { ApiProblem } from "../api/client.ts";
import {
  changePrivateNotes,
  type PrivateNote,
  type PrivateNoteContent,
  privateNotesQuery,
  releasedNoteAddress,
  savePrivateNote,
  throwPrivateNoteAway,
} from "../api/notes.ts";
import { useSignedIn } from "../api/session.ts";
import { useChart } from "../client/use-chart.ts";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { TextField } from "../form/text-field.tsx";
import { ChooseText } from "../save-state/choose-text.tsx";
import { SaveIndicator } from "../save-state/save-indicator.tsx";
import { saverOf, saversSettled } from "../save-state/savers.ts";
import { type Saved, useVersionedAutosave } from "../save-state/use-versioned-autosave.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import classes from "./note.module.css";
import { ReleaseDialog } from "./release-dialog.tsx";

const Content = z.strictObject({ date: IsoDate, text: longText(20_000) });

/** One's own psychotherapy notes on a client (45 CFR 164.501): what they are for, and the notes, saved as they are typed. */
export function PsychotherapyNotesScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/private-notes" });
  const chart = useChart(clientId);
  const today = useToday();
  const notes = useSuspenseQuery(privateNotesQuery(clientId)).data;
  const [open, setOpen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  // Kept until it has arrived, so that clicking again begins nothing twice.
  const [id, setId] = useState(newId);
  usePageTitle(`Psychotherapy notes · ${initials(chart.client.name)}`);

  async function begin(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const { version } = await savePrivateNote(clientId, id, 0, { date: today, text: "" });
      changePrivateNotes(clientId, (before) => [
        { id, date: today, text: "", version, savedAt: new Date().toISOString(), releases: [] },
        ...before.filter((note) => note.id !== id),
      ]);
      setOpen(id);
      setId(newId());
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div style={{ maxWidth: "50rem" }}>
      <PageHeading
        lead="Only you can read what you write here. No owner, no supervisor and no colleague can, and it is in no export, plan or link."
        actions={
          <Button loading={busy} onClick={() => void begin()}>
            Write a note
          </Button>
        }
      >
        Psychotherapy notes
      </PageHeading>
      <Stack gap="lg">
        <ErrorSummary title="The note was not begun" error={error} />
        <WhatBelongsHere />
        {notes.length === 0 ? (
          <EmptyState icon="lock" title="You have no psychotherapy notes on this client">
            Nobody has to write any. They are a place for your own thinking about what was said.
          </EmptyState>
        ) : (
          notes.map((note) => <OneNote key={note.id} clientId={clientId} note={note} begun={note.id === open} />)
        )}
      </Stack>
    </div>
  );
}

function WhatBelongsHere() {
  return (
    <section className={classes.privacy} aria-labelledby="what-belongs-here">
      <Text fw={600} id="what-belongs-here">
        What belongs here, and what does not
      </Text>
      <div className={classes.twoLists}>
        <div>
          <Text>Here: your own analysis of what was said in sessions.</Text>
          <ul>
            <li>hunches, and questions to yourself</li>
            <li>what you felt, and what it may mean</li>
            <li>things said in confidence that the treatment does not need on paper</li>
          </ul>
        </div>
        <div>
          <Text>In the progress note, never here:</Text>
          <ul>
            <li>when a session began and ended, its kind and how often one meets</li>
            <li>medication, test results and scores</li>
            <li>diagnosis, how the client is doing, symptoms, outlook</li>
            <li>the plan, and progress so far</li>
          </ul>
        </div>
      </div>
      <Text size="sm" mt="sm">
        After 45 CFR 164.501. Notes that are kept apart like this leave with the client’s own authorization for them, apart from exceptions
        that the law makes. Risk belongs into the chart, where others find it.
      </Text>
    </section>
  );
}

function OneNote({ clientId, note, begun }: { readonly clientId: string; readonly note: PrivateNote; readonly begun: boolean }) {
  const { practice } = useSignedIn();
  const today = useToday();
  const [dialog, setDialog] = useState<"release" | "throw" | null>(null);
  const stored = useMemo(
    (): Saved<PrivateNoteContent & Record<string, unknown>> => ({ content: { date: note.date, text: note.text }, version: note.version }),
    [note.date, note.text, note.version],
  );
  const draft = useVersionedAutosave<PrivateNoteContent & Record<string, unknown>>({
    key: saverKey(note.id),
    href: `/clients/${clientId}/private-notes`,
    schema: Content,
    under: "/content",
    stored,
    save: (version, { date, text }) => savePrivateNote(clientId, note.id, version, { date, text }),
    keep: ({ content, version }) =>
      changePrivateNotes(clientId, (before) =>
        before.map((other) => (other.id === note.id ? { ...other, date: content.date, text: content.text, version } : other)),
      ),
    current: currentNote,
  });
  const { content, problems, state } = draft;
  const gone = state.kind === "conflict" && currentNote(state.problem) === null;
  return (
    <Card>
      <Stack gap="md">
        {draft.dispute !== null && <ChooseText names={{ text: "The note", date: "Day" }} dispute={draft.dispute} onSettle={draft.settle} />}
        {gone && (
          <Alert color="clay" role="alert" title="This note was thrown away in another window">
            <Text size="sm">What you wrote here since is not saved. Copy what you want to keep into another note.</Text>
            <Button
              size="compact-sm"
              variant="default"
              mt="sm"
              onClick={() => {
                saverOf<PrivateNoteContent, undefined>(saverKey(note.id), { send: async () => undefined }).resume();
                changePrivateNotes(clientId, (before) => before.filter(({ id }) => id !== note.id));
              }}
            >
              Let it go
            </Button>
          </Alert>
        )}
        <div style={{ maxWidth: "16rem" }}>
          <DateField
            label="Day"
            value={content.date}
            onChange={(date) => {
              if (date !== "") draft.change({ ...content, date });
            }}
            max={today}
            error={problems.get("/date")}
          />
        </div>
        <TextField
          label={`Note of ${formatDate(note.date)}`}
          value={content.text}
          onChange={(text) => draft.change({ ...content, text })}
          rows={4}
          max={20_000}
          error={problems.get("/text")}
          autoFocus={begun}
        />
        <Group justify="space-between">
          {gone ? <span /> : <SaveIndicator state={state} />}
          <Group gap="xs">
            <Button variant="subtle" size="compact-sm" onClick={() => setDialog("release")} disabled={content.text.trim() === ""}>
              Release this note…
            </Button>
            <Button variant="subtle" size="compact-sm" color="clay" onClick={() => setDialog("throw")}>
              Throw away
            </Button>
          </Group>
        </Group>
        {note.releases.length > 0 && (
          <div>
            <Text fw={600} size="sm">
              Released
            </Text>
            <ul className={classes.list}>
              {note.releases.map((release) => (
                <li key={release.id} className={classes.item}>
                  <span>
                    <bdi>{release.toWhom}</bdi>, {momentInWords(release.at, practice.timeZone)}
                    <br />
                    <span className={classes.soft}>
                      <bdi>{release.purpose}</bdi>. Authorized on {formatDate(release.authorizedOn)}.
                    </span>
                  </span>
                  <Button
                    component="a"
                    href={releasedNoteAddress(clientId, note.id, release.id)}
                    target="_blank"
                    variant="default"
                    size="compact-md"
                    aria-label={`PDF for ${release.toWhom}`}
                  >
                    PDF
                  </Button>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Stack>
      {dialog === "release" && <ReleaseDialog clientId={clientId} note={note} onClose={() => setDialog(null)} />}
      {dialog === "throw" && <ThrowAway clientId={clientId} noteId={note.id} onClose={() => setDialog(null)} />}
    </Card>
  );
}

const saverKey = (noteId: string) => `psychotherapy-note/${noteId}`;

function currentNote(problem: ApiProblem): Saved<PrivateNoteContent & Record<string, unknown>> | null {
  const parsed = z.object({ content: Content, version: z.number() }).safeParse(problem.body.current);
  return parsed.success ? parsed.data : null;
}

function ThrowAway({ clientId, noteId, onClose }: { readonly clientId: string; readonly noteId: string; readonly onClose: () => void }) {
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  async function submit(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await saversSettled(15_000);
      await throwPrivateNoteAway(clientId, noteId);
      onClose();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }
  return (
    <Modal opened onClose={onClose} title="Throw this note away?" centered>
      <Stack>
        <ErrorSummary title="The note is still there" error={error} />
        <Text>You cannot get it back here. As long as the practice keeps its records, it stays locked away in the database.</Text>
        <Group>
          <Button color="clay" loading={busy} onClick={() => void submit()}>
            Throw it away
          </Button>
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
