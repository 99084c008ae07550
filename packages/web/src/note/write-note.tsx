import { Alert, Anchor, Badge, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { formatTime, momentInWords } from "@trellis/domain/calendar/wall-clock";
import type { Measure } from "@trellis/domain/measures/measure";
import { ownWordsOnly, withDraftedText } from "@trellis/domain/note/draft-sections";
import { ProgressNote } from "@trellis/domain/note/note";
import { withWording } from "@trellis/domain/note/note-context";
import { noteDueAt } from "@trellis/domain/note/note-due";
import { narrativeOf, noteFindings } from "@trellis/domain/note/note-findings";
import { modalityWords, sessionFormatWords } from "@trellis/domain/note/note-words";
import type { Plan } from "@trellis/domain/plan/plan";
import { useEffect, useMemo, useRef, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import type { Chart } from "../api/clients.ts";
import { serverNow } from "../api/clock.ts";
import { changeNote, changeNoteHead, type Note, noteQuery, saveNote, signNote, throwNoteAway } from "../api/notes.ts";
import { useSignedIn } from "../api/session.ts";
import { type Treatment, treatmentChanged } from "../api/treatment.ts";
import { SelectField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { OutlinePanel } from "../outline/outline-panel.tsx";
import { ReasonDialog } from "../plan/sign/reason-dialog.tsx";
import { ChooseText } from "../save-state/choose-text.tsx";
import { same } from "../save-state/merge.ts";
import { SaveIndicator } from "../save-state/save-indicator.tsx";
import { saverOf, saversSettled } from "../save-state/savers.ts";
import { type Saved, useVersionedAutosave } from "../save-state/use-versioned-autosave.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { contextOf, planInForce, rememberedScores } from "./at-hand.ts";
import { DraftedNote } from "./drafted-note.tsx";
import classes from "./note.module.css";
import { PlanAtHand } from "./plan-at-hand.tsx";
import { SignNote } from "./sign-note.tsx";

interface Props {
  readonly chart: Chart;
  readonly treatment: Treatment;
  readonly note: Note;
  /** The plan that the note rests on. */
  readonly plan: Plan | null;
  readonly measures: readonly Measure[];
}

const fieldNames: Readonly<Record<string, string>> = {
  objectives: "Objectives",
  interventions: "Interventions",
  homework: "Homework",
  client: "What the client said and did",
  risk: "Risk",
  nextTime: "Next time",
  sections: "Text in your own words",
  ownWords: "Parts in your own words",
  format: "Format",
  date: "Date",
  start: "Start",
  end: "End",
};

/** A draft, written by its author: the plan at hand on one side, the note that comes of it on the other, the signature below. */
export function WriteNote({ chart, treatment, note, plan, measures }: Props) {
  const { practice } = useSignedIn();
  const today = useToday();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [throwing, setThrowing] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const since = note.previous?.date ?? null;
  const scoresOn = useMemo(() => rememberedScores(measures, chart, since), [measures, chart, since]);
  const record = { chart, treatment, plan, scoresOn };
  const withText = (content: ProgressNote) => withDraftedText(content, contextOf(content, note.previous, record));

  const stored = useMemo(
    (): Saved<ProgressNote> => ({ content: ownWordsOnly(note.content), version: note.version }),
    [note.content, note.version],
  );
  /** Into the note on screen, and into what other screens know of it. */
  const keepNote = (content: ProgressNote, version: number) => {
    const whole = withText(content);
    changeNote(chart.id, note.id, (before) => ({ ...before, content: whole, date: content.date, version }));
    changeNoteHead(chart.id, note.id, whole, version);
  };
  const draft = useVersionedAutosave<ProgressNote>({
    key: saverKey(note.id),
    href: `/clients/${chart.id}/notes/${note.id}`,
    schema: ProgressNote,
    under: "/content",
    stored,
    // What lies on the server is always the whole note; what two windows can differ in are ticks and own words.
    save: (version, content) => saveNote(chart.id, note.id, version, withText(content)),
    keep: ({ content, version }) => keepNote(content, version),
    current: currentNote,
  });
  const context = contextOf(draft.content, note.previous, record);
  const shown = withDraftedText(draft.content, context);
  const findings = noteFindings(shown, context);
  const dueAt = noteDueAt(shown, practice.noteHours, practice.timeZone);
  const change = (next: ProgressNote) => draft.change(ownWordsOnly(next));
  // Saving a step of the course takes its time: what was typed in the note meanwhile stays.
  const newest = useRef(shown);
  newest.current = shown;
  const inForce = planInForce(chart.plans);
  const otherPlan = inForce !== null && (shown.plan?.id !== inForce.id || shown.plan.revision !== inForce.revision) ? inForce : null;

  const ended = draft.state.kind === "conflict" && currentNote(draft.state.problem) === null ? draft.state.problem : null;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target === password.current) return;
      event.preventDefault();
      password.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  async function sign(given: string): Promise<void> {
    await saversSettled(15_000);
    const { queryKey } = noteQuery(chart.id, note.id);
    const saved = queries.getQueryData<Note>(queryKey);
    if (saved === undefined || !same(ownWordsOnly(saved.content), ownWordsOnly(draft.content)))
      throw new Error("Not everything is saved yet. Wait until it is, then sign.");
    let { version } = saved;
    // A score that has come meanwhile stands in the text on screen, and so in what is signed.
    if (!same(saved.content, shown)) {
      ({ version } = await saveNote(chart.id, note.id, version, shown));
      changeNote(chart.id, note.id, (before) => ({ ...before, content: shown, version }));
    }
    try {
      await signNote(chart.id, note.id, version, given);
    } catch (caught) {
      if (caught instanceof ApiProblem && caught.status === 409) void queries.invalidateQueries({ queryKey });
      throw caught;
    }
  }

  return (
    <>
      <PageHeading
        lead="Tick what happened and add what was so only today. The note on the other side follows, and everything is saved as you go."
        actions={
          <Button variant="subtle" color="clay" onClick={() => setThrowing(true)}>
            Throw this draft away
          </Button>
        }
      >
        Progress note <Badge color="straw">Draft</Badge>
      </PageHeading>
      {ended !== null && <EndedElsewhere note={note} typed={draft.content} problem={ended} />}
      {draft.dispute !== null && (
        <ChooseText names={fieldNames} dispute={draft.dispute} onSettle={(content) => draft.settle(ownWordsOnly(content))} />
      )}
      {draft.takenIn && (
        <Alert color="leaf" mb="md">
          Changes from another window were taken in.
        </Alert>
      )}
      {otherPlan !== null && (
        <Alert
          color="straw"
          mb="md"
          title={shown.plan === null ? "There is a plan now" : `Revision ${otherPlan.revision} of the plan is newer`}
        >
          <Text size="sm" mb="xs">
            {shown.plan === null
              ? "This note was begun before."
              : `This note was begun with revision ${shown.plan.revision}. What you ticked stays.`}
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => change({ ...withWording(shown, context), plan: { id: otherPlan.id, revision: otherPlan.revision } })}
          >
            Go by revision {otherPlan.revision}
          </Button>
        </Alert>
      )}
      <Facts note={shown} today={today} problems={draft.problems} onChange={change} />
      <div className={classes.layout}>
        <div className={classes.column}>
          <PlanAtHand chart={chart} note={shown} context={context} previous={note.previous} onChange={change} />
        </div>
        <div className={classes.note}>
          <OutlinePanel
            clientId={chart.id}
            noteDate={shown.date}
            onHeld={(outline) => {
              if (!same(outline, newest.current.outline)) change({ ...newest.current, outline });
            }}
          />
          <DraftedNote note={shown} context={context} onChange={change} />
        </div>
      </div>
      <Stack gap="md" mt="lg">
        <SignNote
          findings={findings}
          due={momentInWords(dueAt, practice.timeZone)}
          late={serverNow().getTime() > Date.parse(dueAt)}
          sign={sign}
          passwordRef={password}
        />
        <Group justify="space-between" align="flex-start">
          <Keys />
          <Text size="sm" className={classes.soft}>
            Thoughts that do not belong into the record have a{" "}
            <Anchor component={Link} to={`/clients/${chart.id}/private-notes`}>
              place of their own
            </Anchor>
            .
          </Text>
        </Group>
      </Stack>
      <div className={classes.saveBar}>
        {ended === null ? <SaveIndicator state={draft.state} /> : <Text>Not saved: see the top of the page</Text>}
      </div>
      <ReasonDialog
        opened={throwing}
        onClose={() => setThrowing(false)}
        title="Throw this draft away?"
        label="Reason"
        placeholder="For example: begun for the wrong session"
        action="Throw the draft away"
        fault="Say why."
        failed="The draft is still there"
        onConfirm={async (reason) => {
          await saversSettled(15_000);
          await throwNoteAway(chart.id, note.id, reason);
          await navigate({ to: "/clients/$clientId/notes", params: { clientId: chart.id } });
        }}
      >
        It is taken off the lists. It stays in the record’s history with your reason and can be read there.
      </ReasonDialog>
    </>
  );
}

const saverKey = (noteId: string) => `note/${noteId}`;

/** The note was signed or thrown away in another window while something was typed here: shown, so that nobody loses it, and let go of on demand. */
function EndedElsewhere({ note, typed, problem }: { readonly note: Note; readonly typed: ProgressNote; readonly problem: ApiProblem }) {
  const queries = useQueryClient();
  const known = new Set(narrativeOf(note.content));
  const words = narrativeOf(typed).filter((text) => !known.has(text));
  const signed = problem.body.state === "signed";
  return (
    <Alert
      color="clay"
      mb="md"
      role="alert"
      title={signed ? "This note was signed in another window" : "This draft was thrown away in another window"}
    >
      <Text size="sm">
        {signed ? "It cannot be changed any more. " : ""}
        {words.length === 0
          ? "What you ticked here since is not saved."
          : `What you wrote here since is not saved. Copy what you want to keep${signed ? ", for an addendum" : ""}:`}
      </Text>
      {words.map((text) => (
        <p key={text} className={classes.lastTime} style={{ marginTop: "0.5rem" }}>
          <bdi>{text}</bdi>
        </p>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        mt="sm"
        onClick={() => {
          saverOf<ProgressNote, undefined>(saverKey(note.id), { send: async () => undefined }).resume();
          void queries.invalidateQueries({ queryKey: noteQuery(note.clientId, note.id).queryKey });
          void treatmentChanged(note.clientId);
        }}
      >
        Show the note as it is
      </Button>
    </Alert>
  );
}

function currentNote(problem: ApiProblem): Saved<ProgressNote> | null {
  const current = problem.body.current;
  if (typeof current !== "object" || current === null || !("content" in current) || !("version" in current)) return null;
  return { content: ownWordsOnly(ProgressNote.parse(current.content)), version: Number(current.version) };
}

/** When and how one met: taken from the session where there is one, and changed on demand. */
function Facts({
  note,
  today,
  problems,
  onChange,
}: {
  readonly note: ProgressNote;
  readonly today: string;
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (note: ProgressNote) => void;
}) {
  const faulty = ["/date", "/start", "/end"].some((pointer) => problems.has(pointer));
  const [asked, setAsked] = useState(note.sessionId === null && note.start === null);
  const open = asked || faulty;
  const words = [
    formatDate(note.date),
    note.start === null ? "no time yet" : `${formatTime(note.start)}${note.end === null ? "" : ` to ${formatTime(note.end)}`}`,
    `${sessionFormatWords[note.sessionFormat].toLowerCase()}, ${modalityWords[note.modality]}`,
  ].join(" · ");
  if (!open)
    return (
      <Group mb="md" gap="sm">
        <Text fw={600}>{words}</Text>
        <Button variant="subtle" size="compact-sm" onClick={() => setAsked(true)}>
          {note.start === null ? "Add the time" : "Change"}
        </Button>
      </Group>
    );
  const time = (text: string) => (text === "" ? null : text);
  return (
    <div style={{ marginBottom: "1.1rem" }}>
      <Card>
        <div className={classes.facts}>
          <DateField
            label="Day"
            value={note.date}
            onChange={(date) => {
              if (date !== "") onChange({ ...note, date });
            }}
            max={today}
            error={problems.get("/date")}
          />
          <TextInput
            type="time"
            label="Began"
            value={note.start ?? ""}
            onChange={(event) => onChange({ ...note, start: time(event.currentTarget.value) })}
            error={problems.get("/start")}
          />
          <TextInput
            type="time"
            label="Ended"
            value={note.end ?? ""}
            onChange={(event) => onChange({ ...note, end: time(event.currentTarget.value) })}
            error={problems.get("/end")}
          />
          <SelectField
            label="With whom"
            value={note.sessionFormat}
            choices={(["individual", "couple", "family", "group"] as const).map((value) => ({ value, label: sessionFormatWords[value] }))}
            onChange={(sessionFormat) => onChange({ ...note, sessionFormat })}
          />
          <SelectField
            label="Where"
            value={note.modality}
            choices={(["in-person", "video", "phone"] as const).map((value) => ({
              value,
              label: `${modalityWords[value][0]?.toUpperCase()}${modalityWords[value].slice(1)}`,
            }))}
            onChange={(modality) => onChange({ ...note, modality })}
          />
        </div>
      </Card>
    </div>
  );
}

function Keys() {
  return (
    <details>
      <summary>Keys that save clicks</summary>
      <Stack gap={0}>
        <dl className={classes.keys}>
          <dt>Tab</dt>
          <dd>from one objective or question to the next</dd>
          <dt>1 … 5</dt>
          <dd>no, some, good progress, achieved, worse; for homework and risk 1 to 3</dd>
          <dt>0</dt>
          <dd>takes a choice back</dd>
          <dt>Space</dt>
          <dd>ticks an intervention</dd>
          <dt>Ctrl Enter</dt>
          <dd>goes to the signature; Enter there signs</dd>
        </dl>
      </Stack>
    </details>
  );
}
