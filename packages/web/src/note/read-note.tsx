import { Alert, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { momentInWords } from "@trellis/domain/calendar/wall-clock";
import { timesInWords } from "@trellis/domain/document/note-document";
import { noteSections } from "@trellis/domain/note/note";
import { noteStanding } from "@trellis/domain/note/note-due";
import { homeworkWords, modalityWords, ratingWords, sectionWords, sessionFormatWords } from "@trellis/domain/note/note-words";
import { useState } from "react";
import { serverNow } from "../api/clock.ts";
import { addAddendum, type Note, noteDocumentAddress, throwNoteAway } from "../api/notes.ts";
import { hasRole, useSignedIn } from "../api/session.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { newId } from "../form/new-id.ts";
import { TextField } from "../form/text-field.tsx";
import { ReasonDialog } from "../plan/sign/reason-dialog.tsx";
import { shortHash, withCredentials } from "../plan/sign/signing-steps.ts";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import classes from "./note.module.css";
import { StandingBadge } from "./standing-badge.tsx";

/** A note to be read: signed, somebody else's draft, or thrown away. */
export function ReadNote({ note }: { readonly note: Note }) {
  const { member, practice } = useSignedIn();
  const navigate = useNavigate();
  const [throwing, setThrowing] = useState(false);
  const { content, signed, removed } = note;
  const params = { clientId: note.clientId };
  return (
    <div style={{ maxWidth: "50rem" }}>
      <PageHeading
        lead={[
          formatDate(content.date),
          timesInWords(content.start, content.end),
          `${sessionFormatWords[content.sessionFormat].toLowerCase()}, ${modalityWords[content.modality]}`,
        ]
          .filter((words) => words !== "")
          .join(" · ")}
        actions={
          <>
            <Button variant="default" onClick={() => void navigate({ to: "/clients/$clientId/notes", params })}>
              All notes
            </Button>
            {removed === null && (
              <Button
                component="a"
                href={noteDocumentAddress(note.clientId, note.id)}
                target="_blank"
                variant={signed === null ? "default" : "filled"}
              >
                PDF
              </Button>
            )}
          </>
        }
      >
        Progress note{" "}
        {removed === null ? (
          <StandingBadge standing={noteStanding(note.dueAt, signed?.at ?? null, serverNow().toISOString())} />
        ) : (
          <Badge color="stone">Thrown away</Badge>
        )}
      </PageHeading>
      <Stack gap="lg">
        {removed !== null && (
          <Alert color="straw" title={`This draft was thrown away on ${momentInWords(removed.at, practice.timeZone)}`}>
            Reason: {removed.reason}
          </Alert>
        )}
        {removed === null && signed === null && (
          <Alert color="straw" title={`${note.authorName} is writing this note`}>
            A draft belongs to who began it. You can read it as it stands; once it is signed, you can add an addendum in your own name.
            {hasRole(member, "owner", "supervisor") && (
              <div style={{ marginTop: "0.6rem" }}>
                <Button size="compact-sm" variant="default" onClick={() => setThrowing(true)}>
                  Throw the draft away
                </Button>
              </div>
            )}
          </Alert>
        )}
        <Card>
          <div className={classes.sheet}>
            <Named note={note} />
            {noteSections[content.format].map((section) => {
              const text = content.sections[section] ?? "";
              return text.trim() === "" ? null : (
                <section key={section}>
                  <h2>{sectionWords[section] ?? section}</h2>
                  <div className={classes.text}>
                    {text.split("\n").map((line, index) => (
                      <p key={index}>
                        <bdi>{line}</bdi>
                      </p>
                    ))}
                  </div>
                </section>
              );
            })}
          </div>
        </Card>
        {signed !== null && (
          <Card title="Signature">
            <Text fw={600}>{withCredentials(signed.name, signed.credentials)}</Text>
            <Text>{momentInWords(signed.at, practice.timeZone)}</Text>
            {Date.parse(signed.at) > Date.parse(note.dueAt) && (
              <Text>Signed late: the note was due {momentInWords(note.dueAt, practice.timeZone)}.</Text>
            )}
            <Text className={classes.soft} mt={6}>
              Fingerprint of the signed text:{" "}
              <span style={{ fontFamily: "var(--mantine-font-family-monospace)" }}>{shortHash(signed.hash)}</span>
            </Text>
          </Card>
        )}
        {signed !== null && <Addenda note={note} />}
      </Stack>
      <ReasonDialog
        opened={throwing}
        onClose={() => setThrowing(false)}
        title="Throw this draft away?"
        label="Reason"
        placeholder="For example: its author has left the practice"
        action="Throw the draft away"
        fault="Say why."
        failed="The draft is still there"
        onConfirm={async (reason) => {
          await throwNoteAway(note.clientId, note.id, reason);
          setThrowing(false);
        }}
      >
        It is {note.authorName}’s. It stays in the record’s history with your reason.
      </ReasonDialog>
    </div>
  );
}

/** What the note names: objectives with their ratings, interventions and homework, in the words that were signed. */
function Named({ note: { content } }: { readonly note: Note }) {
  const objectives = content.objectives.filter(({ text }) => text !== "");
  const interventions = content.interventions.filter(({ text }) => text !== "");
  const homework = content.homework.filter(({ title }) => title !== "");
  return (
    <>
      {objectives.length > 0 && (
        <>
          <h2>Objectives worked on</h2>
          <dl className={classes.rated}>
            {objectives.map(({ objectiveId, text, rating }) => (
              <div key={objectiveId} style={{ display: "contents" }}>
                <dt>
                  <bdi>{text}</bdi>
                </dt>
                <dd>{ratingWords[rating]}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {interventions.length > 0 && (
        <>
          <h2>Interventions</h2>
          <ul style={{ margin: 0, paddingLeft: "1.2rem" }}>
            {interventions.map(({ interventionId, text }) => (
              <li key={interventionId}>
                <bdi>{text}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      {homework.length > 0 && (
        <>
          <h2>Homework looked at</h2>
          <dl className={classes.rated}>
            {homework.map(({ homeworkId, title, outcome }) => (
              <div key={homeworkId} style={{ display: "contents" }}>
                <dt>
                  <bdi>{title}</bdi>
                </dt>
                <dd>{homeworkWords[outcome]}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  );
}

function Addenda({ note }: { readonly note: Note }) {
  const { practice } = useSignedIn();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  // Kept until it has arrived, so that sending it again adds nothing twice.
  const [id, setId] = useState(newId);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  useLeaveWarning(text.trim() !== "");

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (text.trim() === "") return;
    setBusy(true);
    setError(undefined);
    try {
      await addAddendum(note.clientId, note.id, id, text);
      setId(newId());
      setText("");
      setTried(false);
      setOpen(false);
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Card title="Addenda">
      {note.addenda.length === 0 && !open && (
        <Text className={classes.soft}>None. The note itself never changes; what came out later is added here.</Text>
      )}
      {note.addenda.map((addendum) => (
        <div key={addendum.id} className={classes.addendum}>
          <Text className={classes.soft}>
            {withCredentials(addendum.name, addendum.credentials)}, {momentInWords(addendum.at, practice.timeZone)}
          </Text>
          <div className={classes.text}>
            <bdi>{addendum.text}</bdi>
          </div>
        </div>
      ))}
      {open ? (
        <form onSubmit={(event) => void submit(event)} noValidate style={{ marginTop: "1rem" }}>
          <Stack>
            <ErrorSummary title="The addendum was not added" error={error} attempt={attempt} />
            <TextField
              label="Addendum"
              description="It carries your name and the time, and cannot be changed afterwards."
              value={text}
              onChange={setText}
              rows={3}
              max={8000}
              error={tried && text.trim() === "" ? "Write what is to be added." : undefined}
              autoFocus
            />
            <Group>
              <Button type="submit" loading={busy}>
                Add the addendum
              </Button>
              <Button
                variant="default"
                onClick={() => {
                  setOpen(false);
                  setText("");
                }}
              >
                Cancel
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Button variant="default" mt="md" onClick={() => setOpen(true)}>
          Add an addendum
        </Button>
      )}
    </Card>
  );
}
