import { Button, Group, Stack, Text } from "@mantine/core";
import { addDays } from "@trellis/domain/calendar/date";
import { oftenWords } from "@trellis/domain/document/homework-sheet";
import { assignFromLibrary, assignOwnWords } from "@trellis/domain/homework/assign-homework";
import type { AssignedHomework } from "@trellis/domain/homework/assigned-homework";
import { fittingHomework } from "@trellis/domain/homework/fitting-homework";
import { underShippedChapters } from "@trellis/domain/library/based-on";
import type { Homework } from "@trellis/domain/library/homework";
import { plainWords } from "@trellis/domain/library/word-index";
import type { Plan } from "@trellis/domain/plan/plan";
import { type ReactNode, useId, useState } from "react";
import type { Treatment } from "../api/treatment.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { newId } from "../form/new-id.ts";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { useShippedChapters } from "../own-library/use-shipped-chapters.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { type AssignedTo, AssignTo } from "./assign-to.tsx";
import classes from "./homework.module.css";
import { saveHomework, usualDueDate } from "./homework.ts";
import type { NamedObjective } from "./objectives-of-plan.ts";

interface Props {
  readonly clientId: string;
  readonly plan: Plan | null;
  readonly objectives: readonly NamedObjective[];
  readonly treatment: Treatment;
  readonly library: readonly Homework[];
  readonly onGiven: (title: string) => void;
}

interface Suggested {
  readonly item: Homework;
  readonly because: string;
  readonly objectiveIds: readonly string[];
}

/** So many suggestions are in sight at first. */
const inSight = 5;
const ownWords = "own-words";
const ownTitle = "own-title";

/** Everything that was typed stands in the title, the reason or the steps. */
function fits({ title, why, steps }: Homework, query: string): boolean {
  const text = plainWords([title, why, ...steps].join(" ")).join(" ");
  return plainWords(query).every((word) => text.includes(word));
}

/** Homework from the library, what fits the plan first, or in own words: chosen, looked at, given. */
export function GiveHomework({ plan, library, ...props }: Props) {
  const [query, setQuery] = useState("");
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  // Kept here, so that a preview that is closed and opened again has lost nothing.
  const [typed, setTyped] = useState<Typed>({});
  useLeaveWarning(Object.values(typed).some((text) => text.trim() !== ""));
  const shippedOf = useShippedChapters();
  const suggested = plan === null ? [] : fittingHomework(library, underShippedChapters(plan, shippedOf));
  const known = new Set(suggested.map(({ item }) => item.id));
  const rest: readonly Suggested[] = library.filter(({ id }) => !known.has(id)).map((item) => ({ item, because: "", objectiveIds: [] }));
  const searching = query.trim() !== "";
  const found = [...suggested, ...rest].filter(({ item }) => fits(item, query));
  const shown = all || searching ? found : (suggested.length > 0 ? suggested : rest).slice(0, inSight);
  const given = (title: string) => {
    setOpen(null);
    setTyped({});
    props.onGiven(title);
  };
  const show = (id: string) => setOpen(open === id ? null : id);
  return (
    <Card title="Give homework">
      <Stack>
        <Group align="flex-end" gap="sm">
          <div style={{ flex: "1 1 16rem" }}>
            <TextField label="Search the library" value={query} onChange={setQuery} placeholder="worry, walk, diary …" />
          </div>
          <Button variant="default" aria-expanded={open === ownWords} onClick={() => show(ownWords)}>
            In own words
          </Button>
        </Group>
        {open === ownWords && <OwnWords {...props} plan={plan} typed={typed} onTyped={setTyped} onGiven={given} />}
        <div>
          {!searching && (
            <Text size="sm" c="dimmed">
              {suggested.length > 0 ? "Fits the plan" : "From the library"}
            </Text>
          )}
          <ul className={classes.list}>
            {shown.map(({ item, because, objectiveIds }) => (
              <li key={item.id}>
                <button type="button" className={classes.choose} aria-expanded={open === item.id} onClick={() => show(item.id)}>
                  <span>
                    <span className={classes.name}>{item.title}</span>
                    <span className={classes.detail}>{because === "" ? item.why : because}</span>
                  </span>
                  <span className={classes.often}>{oftenWords(item)}</span>
                </button>
                {open === item.id && (
                  <FromLibrary
                    {...props}
                    plan={plan}
                    item={item}
                    suggestedFor={objectiveIds}
                    typed={typed}
                    onTyped={setTyped}
                    onGiven={given}
                  />
                )}
              </li>
            ))}
          </ul>
          {searching && shown.length === 0 && (
            <Text c="dimmed" mt="sm">
              Nothing in the library says that. Try another word, or write it in own words.
            </Text>
          )}
        </div>
        {!searching && (all || found.length > shown.length) && (
          <Group>
            <Button variant="subtle" size="compact-md" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? "Show less" : `Show all ${found.length}`}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
}

/** What was typed and not given yet: the detail for each item of the library, the title and text in own words. */
type Typed = Readonly<Record<string, string>>;
type GivingProps = Omit<Props, "library"> & { readonly typed: Typed; readonly onTyped: (typed: Typed) => void };

/** Gives what `make` makes of the form, once; sending it again after an answer that got lost gives it no second time. */
function useGiving({ clientId, treatment, onGiven }: GivingProps, suggestedFor: readonly string[]) {
  const today = useToday();
  const [id] = useState(newId);
  const [to, setTo] = useState<AssignedTo>(() => ({
    objectiveIds: suggestedFor,
    dueOn: usualDueDate(treatment, today, addDays(today, 7)),
  }));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [attempt, setAttempt] = useState(0);

  async function give(make: () => AssignedHomework, faults: Problems): Promise<void> {
    setAttempt((n) => n + 1);
    setError(undefined);
    setProblems(faults);
    if (faults.size > 0) return;
    setBusy(true);
    try {
      const homework = make();
      await saveHomework(clientId, id, 0, homework);
      onGiven(homework.title);
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught, "/content"));
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }
  return {
    today,
    to,
    setTo,
    busy,
    problems,
    give,
    summary: <ErrorSummary title="The homework was not given" error={error} problems={problems} attempt={attempt} />,
  };
}

const assigning = ({ objectiveIds, dueOn }: AssignedTo, plan: Plan | null, today: string) => ({
  assignedOn: today,
  dueOn: dueOn === "" ? null : dueOn,
  planId: plan?.id ?? null,
  objectiveIds,
});

function FromLibrary(props: GivingProps & { readonly item: Homework; readonly suggestedFor: readonly string[] }) {
  const { item, plan, objectives, suggestedFor, typed, onTyped } = props;
  const detail = typed[item.id] ?? "";
  const { today, to, setTo, busy, problems, give, summary } = useGiving(props, suggestedFor);
  return (
    <Preview
      title={item.title}
      busy={busy}
      onGive={() => void give(() => assignFromLibrary(item, { ...assigning(to, plan, today), detail }), noProblems)}
    >
      {summary}
      <Text>{item.why}</Text>
      <ol className={classes.steps}>
        {item.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Text size="sm" c="dimmed">
        If it gets hard: {item.ifStuck} The form asks for: {item.fields.map(({ label }) => label).join("; ")}.
      </Text>
      <TextField
        label="Made this client’s own (not needed)"
        description="Where, when, with whom, in the client’s words. It stands before the steps."
        value={detail}
        onChange={(text) => onTyped({ ...typed, [item.id]: text })}
        max={600}
        rows={2}
      />
      <AssignTo value={to} onChange={setTo} objectives={objectives} problems={problems} from={today} />
    </Preview>
  );
}

function OwnWords(props: GivingProps) {
  const { plan, objectives, typed, onTyped } = props;
  const title = typed[ownTitle] ?? "";
  const text = typed[ownWords] ?? "";
  const { today, to, setTo, busy, problems, give, summary } = useGiving(props, []);
  const faults = new Map([
    ...(title.trim() === "" ? [["/title", "Name the homework."] as const] : []),
    ...(text.trim() === "" ? [["/steps", "Say what the client is to do."] as const] : []),
  ]);
  return (
    <Preview
      title="In own words"
      busy={busy}
      onGive={() => void give(() => assignOwnWords({ title, text }, assigning(to, plan, today)), faults)}
    >
      {summary}
      <TextField
        label="Name"
        value={title}
        onChange={(words) => onTyped({ ...typed, [ownTitle]: words })}
        max={120}
        error={problems.get("/title")}
        required
        autoFocus
      />
      <TextField
        label="What to do"
        description="To the client: “you”, short sentences. A line of its own for each step."
        value={text}
        onChange={(words) => onTyped({ ...typed, [ownWords]: words })}
        max={4000}
        rows={4}
        error={problems.get("/steps")}
        required
      />
      <AssignTo value={to} onChange={setTo} objectives={objectives} problems={problems} from={today} />
    </Preview>
  );
}

function Preview({
  title,
  busy,
  onGive,
  children,
}: {
  readonly title: string;
  readonly busy: boolean;
  readonly onGive: () => void;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <form
      className={classes.preview}
      aria-labelledby={id}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onGive();
      }}
    >
      <span id={id} hidden>
        {title}
      </span>
      {children}
      <Group>
        <Button type="submit" loading={busy}>
          Give this homework
        </Button>
      </Group>
    </form>
  );
}
