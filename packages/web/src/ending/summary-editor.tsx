import { Alert, Badge, Button, Checkbox, Group, PasswordInput, Stack, Text, Title } from "@mantine/core";
import {
  EndingSummary,
  type GoalEnd,
  goalEndWords,
  missingToSign,
  neededToSign,
  type SummarySection,
  sectionQuestions,
  sectionsOf,
  sectionTitles,
} from "@trellis/domain/ending/summary";
import { useEffect, useMemo, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import {
  keepSummary,
  redraftSummary,
  type StoredSummary,
  saveSummary,
  signSummary,
  summaryDocument,
  throwSummaryAway,
} from "../api/ending.ts";
import { useSignedIn } from "../api/session.ts";
import { treatmentChanged } from "../api/treatment.ts";
import { SelectField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { ReasonDialog } from "../plan/sign/reason-dialog.tsx";
import { SaveIndicator } from "../save-state/save-indicator.tsx";
import { useVersionedAutosave } from "../save-state/use-versioned-autosave.ts";
import { DemoPassword } from "../session/demo-password.tsx";
import classes from "./ending.module.css";
import { mergeSummaries } from "./merge-summaries.ts";

interface Props {
  readonly clientId: string;
  readonly summary: StoredSummary;
  readonly onRemoved: () => void;
}

const asSaved = ({ content, version, savedAt, savedBy }: StoredSummary) => ({ content, version, savedAt, savedBy });

function currentSummary({ body: { current } }: ApiProblem) {
  return typeof current === "object" && current !== null && "content" in current && "version" in current
    ? asSaved(current as StoredSummary)
    : null;
}

const isSection = (part: string): part is SummarySection => Object.hasOwn(sectionTitles, part);
const ends = Object.keys(goalEndWords) as GoalEnd[];

/** Everything of a summary can be changed; what was changed by hand stays so when it is drafted anew. */
export function SummaryEditor({ clientId, summary, onRemoved }: Props) {
  const draft = useVersionedAutosave<EndingSummary>({
    key: `summary/${summary.id}`,
    href: `/clients/${clientId}/ending`,
    schema: EndingSummary,
    under: "/content",
    stored: asSaved(summary),
    save: (version, content) => saveSummary(clientId, summary.id, version, content),
    keep: ({ content, version, savedAt = summary.savedAt, savedBy = summary.savedBy }) =>
      keepSummary(clientId, { ...summary, content, version, savedAt, savedBy }),
    current: currentSummary,
  });
  const [missing, setMissing] = useState<Problems>(noProblems);
  const { content, problems } = draft;
  const { kind, sections, outcomes, goals, ownWords } = content;
  const saved = draft.state.kind === "saved";
  const { dispute, settle } = draft;
  const joined = useMemo(() => dispute && mergeSummaries(dispute.base, dispute.mine, dispute.theirs.content), [dispute]);
  // Where both wrote on different parts there is nothing to choose.
  const collides = joined !== null && joined.disputed.length > 0;
  useEffect(() => {
    if (joined !== null && !collides) settle(joined.merged);
  }, [joined, collides]);

  const own = (place: string) => (ownWords.includes(place) ? ownWords : [...ownWords, place]);
  function write(key: SummarySection, text: string): void {
    setMissing(new Map([...missing].filter(([pointer]) => pointer !== `/sections/${key}`)));
    draft.change({ ...content, sections: { ...sections, [key]: text }, ownWords: own(`sections/${key}`) });
  }
  const field = (key: SummarySection) => {
    const text = sections[key] ?? "";
    const needed = neededToSign[kind].includes(key);
    return (
      <TextField
        key={key}
        label={sectionTitles[key]}
        description={text.trim() === "" ? sectionQuestions[key] : undefined}
        value={text}
        onChange={(value) => write(key, value)}
        rows={2}
        max={8000}
        required={needed}
        error={problems.get(`/sections/${key}`) ?? missing.get(`/sections/${key}`)}
      />
    );
  };
  const keys = sectionsOf[kind];
  const scoresAfter = keys.indexOf("outcome") + 1;

  return (
    <Stack gap="lg">
      {draft.takenIn && <Text role="status">Changes that somebody else made are in here now.</Text>}
      {dispute !== null && joined !== null && collides && (
        <Alert color="straw" role="alert" title="Somebody else changed the same parts">
          <Text mb="sm">
            Both of you wrote on: {joined.disputed.map((part) => (isSection(part) ? sectionTitles[part] : "scores or goals")).join(", ")}.
            Everything else is joined. Nothing is overwritten before you choose.
          </Text>
          <Group>
            <Button onClick={() => settle(joined.merged)}>Keep mine there</Button>
            <Button variant="default" onClick={() => settle(mergeSummaries(dispute.base, dispute.theirs.content, dispute.mine).merged)}>
              Take theirs there{dispute.theirs.savedBy === undefined ? "" : ` (${dispute.theirs.savedBy})`}
            </Button>
          </Group>
        </Alert>
      )}
      {kind === "transfer" && (
        <TextField
          label="To whom the client goes"
          placeholder="Name and service"
          value={content.recipient}
          onChange={(recipient) => {
            setMissing(new Map([...missing].filter(([pointer]) => pointer !== "/recipient")));
            draft.change({ ...content, recipient });
          }}
          max={300}
          required
          error={problems.get("/recipient") ?? missing.get("/recipient")}
        />
      )}
      {keys.slice(0, scoresAfter).map(field)}
      {outcomes.length > 0 && (
        <section>
          <Title order={3} size="h4" mb="xs">
            Scores
          </Title>
          <Stack gap="md">
            {outcomes.map((outcome, index) => (
              <div key={outcome.measure}>
                <TextField
                  label={outcome.measureName}
                  value={outcome.text}
                  onChange={(text) =>
                    draft.change({
                      ...content,
                      outcomes: outcomes.map((other) => (other === outcome ? { ...other, text } : other)),
                      ownWords: own(`outcomes/${outcome.measure}`),
                    })
                  }
                  rows={2}
                  max={1500}
                  error={problems.get(`/outcomes/${index}/text`)}
                />
                <Checkbox
                  mt="xs"
                  label={`Draw the course of the ${outcome.measureName}`}
                  checked={outcome.drawn}
                  onChange={(event) => {
                    const drawn = event.currentTarget.checked;
                    draft.change({ ...content, outcomes: outcomes.map((other) => (other === outcome ? { ...other, drawn } : other)) });
                  }}
                />
              </div>
            ))}
          </Stack>
        </section>
      )}
      {goals.length > 0 && (
        <section>
          <Title order={3} size="h4" mb="xs">
            Goals and objectives
          </Title>
          {goals.map((goal) => {
            const put = (next: typeof goal, place: string) =>
              draft.change({ ...content, goals: goals.map((other) => (other === goal ? next : other)), ownWords: own(place) });
            return (
              <div key={goal.id} className={classes.goal}>
                <Text fw={600}>
                  Goal {goal.number}: <bdi>{goal.text}</bdi>
                </Text>
                <EndFields
                  of={`goal ${goal.number}`}
                  status={goal.status}
                  words={goal.words}
                  onChange={(change) => put({ ...goal, ...change }, `goals/${goal.id}`)}
                />
                {goal.objectives.map((objective) => (
                  <div key={objective.id} className={classes.objective}>
                    <Text>
                      {objective.number} <bdi>{objective.text}</bdi>
                    </Text>
                    <EndFields
                      of={`objective ${objective.number}`}
                      status={objective.status}
                      words={objective.words}
                      onChange={(change) =>
                        put(
                          { ...goal, objectives: goal.objectives.map((other) => (other === objective ? { ...other, ...change } : other)) },
                          `objectives/${objective.id}`,
                        )
                      }
                    />
                  </div>
                ))}
              </div>
            );
          })}
        </section>
      )}
      {keys.slice(scoresAfter).map(field)}
      <Sign clientId={clientId} summary={summary} content={content} saved={saved} onMissing={setMissing} />
      <div className={classes.foot}>
        <SaveIndicator state={draft.state} full={false} />
        <Redraft clientId={clientId} summary={summary} saved={saved} />
        <Button
          variant="default"
          size="compact-md"
          component="a"
          href={summaryDocument(clientId, summary.id)}
          target="_blank"
          rel="noreferrer"
        >
          PDF of the draft
        </Button>
        <ThrowAway clientId={clientId} summary={summary} onRemoved={onRemoved} />
      </div>
    </Stack>
  );
}

function EndFields({
  of,
  status,
  words,
  onChange,
}: {
  readonly of: string;
  readonly status: GoalEnd;
  readonly words: string;
  readonly onChange: (change: { status: GoalEnd } | { words: string }) => void;
}) {
  return (
    <Group align="flex-start" gap="sm" mt={6}>
      <div style={{ flex: "0 1 12rem" }}>
        <SelectField
          hiddenLabel={`How ${of} stands at the end`}
          value={status}
          choices={ends.map((value) => ({ value, label: goalEndWords[value] }))}
          onChange={(next) => onChange({ status: next })}
        />
      </div>
      <div style={{ flex: "1 1 16rem" }}>
        <TextField
          label={`What says so, of ${of}`}
          hiddenLabel
          value={words}
          onChange={(next) => onChange({ words: next })}
          rows={2}
          max={1000}
        />
      </div>
    </Group>
  );
}

function Redraft({ clientId, summary, saved }: { readonly clientId: string; readonly summary: StoredSummary; readonly saved: boolean }) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  async function again(): Promise<void> {
    setBusy(true);
    try {
      keepSummary(clientId, await redraftSummary(clientId, summary.id, summary.version));
      setSaid("Brought up to date. What you wrote stays.");
    } catch (caught) {
      setSaid(caught instanceof Error ? caught.message : "");
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <Button variant="default" size="compact-md" disabled={!saved} loading={busy} onClick={() => void again()}>
        Bring up to date
      </Button>
      <span role="status">{said}</span>
    </>
  );
}

function ThrowAway({
  clientId,
  summary,
  onRemoved,
}: {
  readonly clientId: string;
  readonly summary: StoredSummary;
  readonly onRemoved: () => void;
}) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="subtle" size="compact-md" onClick={() => setAsking(true)}>
        Throw the draft away
      </Button>
      <ReasonDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Throw this draft away?"
        label="Why"
        placeholder="e.g. the client stays"
        action="Throw it away"
        fault="Say why this draft is thrown away."
        failed="The draft is still there"
        onConfirm={async (reason) => {
          await throwSummaryAway(clientId, summary.id, reason);
          await treatmentChanged(clientId);
          setAsking(false);
          onRemoved();
        }}
      >
        The reason stays in the record.
      </ReasonDialog>
    </>
  );
}

/** The signature with the password. What is missing is said at its field. */
function Sign({
  clientId,
  summary,
  content,
  saved,
  onMissing,
}: {
  readonly clientId: string;
  readonly summary: StoredSummary;
  readonly content: EndingSummary;
  readonly saved: boolean;
  readonly onMissing: (problems: Problems) => void;
}) {
  const { member } = useSignedIn();
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [faults, setFaults] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setAttempt((n) => n + 1);
    setError(undefined);
    const missing = new Map(missingToSign(content).map(({ pointer, message }) => [pointer, message]));
    setFaults(missing);
    onMissing(missing);
    setWrong(password === "" ? "Enter your password to sign." : null);
    if (missing.size > 0 || password === "") return;
    setBusy(true);
    try {
      keepSummary(clientId, await signSummary(clientId, summary.id, summary.version, password));
      await treatmentChanged(clientId);
    } catch (caught) {
      setBusy(false);
      setPassword("");
      if (caught instanceof ApiProblem && (caught.status === 403 || caught.status === 429)) return setWrong(caught.message);
      setError(caught);
      setAttempt((n) => n + 1);
      onMissing(serverProblems(caught));
    }
  }

  if (!member.roles.some((role) => role === "clinician" || role === "supervisor")) return null;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Title order={3} size="h4">
          Sign
        </Title>
        <ErrorSummary title="The summary is not signed" error={error} problems={faults} attempt={attempt} />
        <Text>
          You sign as{" "}
          <strong>
            {member.name}
            {member.credentials === "" ? "" : `, ${member.credentials}`}
          </strong>
          . From then on nothing in it changes, the pictures included.
        </Text>
        <DemoPassword />
        <Group align="flex-end">
          <PasswordInput
            label="Your password"
            value={password}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
              setWrong(null);
            }}
            error={wrong}
            autoComplete="current-password"
            maxLength={200}
            required
            w={320}
          />
          <Button type="submit" loading={busy} disabled={!saved}>
            Sign the summary
          </Button>
          {!saved && <Badge color="straw">Saving first</Badge>}
        </Group>
      </Stack>
    </form>
  );
}
