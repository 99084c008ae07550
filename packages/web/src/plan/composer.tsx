import { ActionIcon, Alert, Button, Drawer, Group, Tabs, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { checkPlan } from "@trellis/domain/findings/check-plan";
import type { Finding } from "@trellis/domain/findings/finding";
import { nearCopy } from "@trellis/domain/findings/likeness";
import type { RuleInput } from "@trellis/domain/findings/rule";
import { libraryWith } from "@trellis/domain/library/library";
import { draftContext } from "@trellis/domain/plan/draft/draft-context";
import type { Edit } from "@trellis/domain/plan/edit-plan";
import { numberOf, planNumbers } from "@trellis/domain/plan/numbering";
import { memo, type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { Chart } from "../api/clients.ts";
import { type OpenPlan, planLikeness } from "../api/plans.ts";
import { newId } from "../form/new-id.ts";
import { useMeasures } from "../give-measure/use-measures.ts";
import { usePlanLibrary } from "../library/use-library.ts";
import { SaveIndicator } from "../save-state/save-indicator.tsx";
import { useToday } from "../session/today.ts";
import { Icon } from "../shell/icon.tsx";
import { AddStatement } from "./add-statement.tsx";
import classes from "./composer.module.css";
import { type Composer, ComposerContext, useComposer, usePlan, useShared } from "./composer-context.ts";
import { Disputes } from "./disputes.tsx";
import { AddButton } from "./fields.tsx";
import { createFindingsBoard } from "./findings-board.ts";
import { countInWords, FindingsButton, FindingsPanel, MinimumPlanView, ReviewerView, useAllFindings } from "./findings-views.tsx";
import { InterventionItem } from "./interventions.tsx";
import { focusedPlaces, jumpTo } from "./jump.ts";
import { ObjectiveItem } from "./objectives.tsx";
import { acceptGoal, GoalItem, ProblemSection } from "./problems.tsx";
import { recordChanges } from "./record-changed.ts";
import { recordOfChart } from "./record-of-chart.ts";
import {
  CarePart,
  DiagnosesPart,
  EndingPart,
  Homeless,
  MeasuresPart,
  NecessityPart,
  ParticipationPart,
  PersonPart,
  ResponsibilitiesPart,
  RiskPart,
  SessionsPart,
  SettingPart,
} from "./rest-of-plan.tsx";
import { useSafetyPlanChanges } from "./safety-plan-changed.ts";
import { wordsNotSaved } from "./shared-plan.ts";
import type { Place } from "./take-from-library.ts";
import { leftBehind, usePlanStore } from "./use-plan-store.ts";

interface Props {
  readonly chart: Chart;
  readonly open: OpenPlan;
  readonly readOnly: boolean;
  readonly heading: ReactNode;
}

type View = "plan" | "minimum" | "reviewer";

/** The plan as it reads, every word of it editable where it stands, with what a careful colleague would say beside it. */
export function PlanComposer({ chart, open, readOnly, heading }: Props) {
  const planId = open.plan.id;
  const store = usePlanStore(open, `/clients/${chart.id}/plan/${planId}`, readOnly);
  const today = useToday();
  const plan = useDeferredValue(useSyncExternalStore(store.subscribe, () => store.state().plan));
  const library = usePlanLibrary(plan);
  const measures = useMeasures(chart);
  const [findings] = useState(createFindingsBoard);
  const [spoken, setSpoken] = useState("");
  const [adding, setAdding] = useState<{ readonly place: Place | null; readonly near: readonly string[] } | null>(null);
  const [view, setView] = useState<View>("plan");
  const [drawer, setDrawer] = useState(false);

  const context = useMemo(
    () =>
      library.data === undefined || measures.data === undefined
        ? null
        : draftContext(recordOfChart(chart), libraryWith(library.data, measures.data), today, newId),
    [chart, library.data, measures.data, today],
  );
  const announce = useCallback((text: string) => {
    // The same words a second time are said a second time.
    setSpoken((before) => (before === text ? `${text}\u00a0` : text));
  }, []);
  const add = useCallback((place: Place | null) => setAdding({ place, near: focusedPlaces() }), []);
  const composer = useMemo(
    (): Composer => ({ store, clientId: chart.id, readOnly, context, notes: open.draftNotes, findings, add, announce }),
    [store, chart.id, readOnly, context, open.draftNotes, findings, add, announce],
  );

  const input = useMemo(
    (): RuleInput | null => (context === null ? null : { plan, record: context.record, library: context.library, today }),
    [plan, context, today],
  );
  const likeness = useQuery({
    queryKey: ["likeness", planId],
    queryFn: () => planLikeness(planId),
    enabled: !readOnly,
    refetchInterval: 60_000,
  }).data?.closest;
  useEffect(() => {
    if (input !== null)
      findings.put([...checkPlan(input), ...(likeness !== undefined && likeness >= nearCopy ? [tooAlike(likeness)] : [])]);
  }, [input, likeness, findings]);

  useShortcuts(composer);
  const jump = useCallback((finding: Finding) => {
    setView("plan");
    setDrawer(false);
    // After the plan is on the page again and the drawer has given the focus back.
    setTimeout(() => jumpTo(finding.path), 80);
  }, []);

  return (
    <ComposerContext value={composer}>
      <div className={classes.composer}>
        {heading}
        {(library.error ?? measures.error) !== null && context === null && (
          <Alert color="straw" title="The library could not be fetched" mb="md">
            The plan can be edited; findings and the search come as soon as the library is there.{" "}
            <Button
              variant="default"
              size="compact-md"
              onClick={() => {
                library.refetch();
                measures.refetch();
              }}
            >
              Try again
            </Button>
          </Alert>
        )}
        {readOnly && <LeftBehind planId={planId} />}
        <Disputes />
        <Tabs value={view} onChange={(value) => setView((value ?? "plan") as View)} keepMounted={false} className={classes.tabs ?? ""}>
          <div className={classes.bar}>
            <Tabs.List className={classes.tabList ?? ""}>
              <Tabs.Tab value="plan">Plan</Tabs.Tab>
              <Tabs.Tab value="minimum">Minimum plan</Tabs.Tab>
              <Tabs.Tab value="reviewer">Reviewer's view</Tabs.Tab>
            </Tabs.List>
            <Group gap="xs" wrap="nowrap" className={classes.notPhone ?? ""}>
              {view === "plan" && <GoTo />}
              {!readOnly && <UndoButtons />}
            </Group>
          </div>
          <div className={classes.layout} data-alone={view !== "plan" || undefined}>
            <div className={classes.page}>
              <Tabs.Panel value="plan">
                <PlanPage />
              </Tabs.Panel>
              <Tabs.Panel value="minimum">{input !== null && <MinimumPlanView input={input} onJump={jump} />}</Tabs.Panel>
              <Tabs.Panel value="reviewer">
                <ReviewerView onJump={jump} />
              </Tabs.Panel>
            </div>
            {view === "plan" && (
              <aside className={classes.side} aria-label="Findings">
                <h2 className={classes.small}>Findings</h2>
                <FindingsPanel onJump={jump} />
              </aside>
            )}
          </div>
        </Tabs>
        {!readOnly && <Foot planId={planId} clientId={chart.id} whole={view === "plan"} onFindings={() => setDrawer(true)} />}
        <Drawer
          opened={drawer}
          onClose={() => setDrawer(false)}
          title="Findings"
          position="bottom"
          size="80%"
          withinPortal={false}
          closeButtonProps={{ "aria-label": "Close" }}
          styles={{ inner: { left: 0 }, title: { fontFamily: "var(--mantine-font-family-headings)", fontWeight: 600, fontSize: "1.2rem" } }}
        >
          {drawer && <FindingsPanel onJump={jump} />}
        </Drawer>
        <AddStatement opened={adding !== null} place={adding?.place ?? null} near={adding?.near ?? []} onClose={() => setAdding(null)} />
        <VisuallyHidden role="status">{spoken}</VisuallyHidden>
      </div>
    </ComposerContext>
  );
}

/** Words that were typed while somebody began to sign: nobody's words vanish, and none go into what is being signed. */
function LeftBehind({ planId }: { readonly planId: string }) {
  const [store, setStore] = useState(() => leftBehind(planId));
  if (store === null) return null;
  return (
    <Alert color="clay" role="alert" title="Some of what you typed came too late" mb="md">
      <p className={classes.quiet}>
        The plan was frozen for the signatures while you were writing. This is not in it; it goes in by itself when the plan is opened
        again, or into its next revision.
      </p>
      <ul className={classes.bullets}>
        {wordsNotSaved(store.state()).map(({ label, words }, index) => (
          <li key={index}>
            {label}
            {words !== "" && (
              <>
                : <q className={classes.theirs}>{words}</q>
              </>
            )}
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        size="compact-md"
        mt="sm"
        onClick={() => {
          store.letGo();
          setStore(null);
        }}
      >
        Let it go
      </Button>
    </Alert>
  );
}

function tooAlike(likeness: number): Finding {
  return {
    rule: "NEAR-COPY",
    severity: "warning",
    path: [],
    message: `About ${Math.round(likeness * 100)} % of what is individual here stands in another client's plan too. Write what is true of this client alone.`,
    source: { authority: "accreditor", citation: "Joint Commission survey findings on scripted plans (2020)" },
  };
}

/** Undo and redo, and the search: from the keyboard wherever one is in the plan. */
function useShortcuts({ store, readOnly, add, announce }: Composer): void {
  const shortcuts = useRef<(event: KeyboardEvent) => void>(() => {});
  shortcuts.current = (event) => {
    if (readOnly || event.defaultPrevented || document.querySelector('[role="dialog"]') !== null) return;
    const key = event.key.toLowerCase();
    const command = event.ctrlKey || event.metaKey;
    const writing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, [contenteditable]");
    if (command && !event.altKey && (key === "z" || key === "y")) {
      event.preventDefault();
      const back = key === "z" && !event.shiftKey;
      const label = back ? store.undo() : store.redo();
      announce(label === null ? `Nothing to ${back ? "undo" : "do again"}.` : `${back ? "Undone" : "Done again"}: ${label}.`);
    } else if ((command && key === "k") || (key === "/" && !command && !event.altKey && !writing)) {
      event.preventDefault();
      add(null);
    }
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => shortcuts.current(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

const parts = [
  ["diagnoses", "Diagnoses and scores"],
  ["risk", "Risk and safety"],
] as const;
const laterParts = [
  ["sessionPlan", "Sessions and review"],
  ["measureSchedule", "Measures"],
  ["expectedOutcomes", "Expected outcomes"],
  ["dischargeCriteria", "When therapy can end"],
  ["medicalNecessity", "Why treatment is needed"],
  ["strengths", "The person"],
  ["responsibilities", "Who does what"],
  ["participation", "How the client took part"],
  ["coordination", "Care around it"],
  ["settingModifications", "For particular settings"],
] as const;

/** The plan's contents, to go to a part of it. */
function GoTo() {
  const problems = usePlan((plan) =>
    plan.problems.map(({ id, title }) => ({
      id,
      title,
      goals: plan.goals.filter(({ problemIds }) => problemIds.includes(id)).map((goal) => ({ id: goal.id, text: goal.text.slice(0, 60) })),
    })),
  );
  return (
    <select
      className={classes.goTo}
      aria-label="Go to a part of the plan"
      value=""
      onChange={(event) => {
        const path = event.currentTarget.value.split("/");
        // The list of the system gives the focus back first.
        setTimeout(() => jumpTo(path), 30);
      }}
    >
      <option value="" disabled hidden>
        Go to…
      </option>
      {parts.map(([key, label]) => (
        <option key={key} value={key}>
          {label}
        </option>
      ))}
      {problems.map(({ id, title, goals }, index) => (
        <optgroup key={id} label={`Problem ${index + 1}`}>
          <option value={`problems/${id}`}>{title}</option>
          {goals.map((goal) => (
            <option key={goal.id} value={`goals/${goal.id}`}>
              {goal.text}
            </option>
          ))}
        </optgroup>
      ))}
      {laterParts.map(([key, label]) => (
        <option key={key} value={key}>
          {label}
        </option>
      ))}
    </select>
  );
}

function UndoButtons() {
  const { store, add, announce } = useComposer();
  const undo = useShared((state) => state.undo.at(-1)?.label ?? null);
  const redo = useShared((state) => state.redo.at(-1)?.label ?? null);
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon
        variant="subtle"
        color="stone"
        size={42}
        aria-label={undo === null ? "Nothing to undo" : `Undo: ${undo}`}
        title={undo === null ? "Nothing to undo" : `Undo: ${undo} (Ctrl+Z)`}
        aria-disabled={undo === null}
        data-off={undo === null || undefined}
        className={classes.step ?? ""}
        onClick={() => announce(store.undo() === null ? "Nothing to undo." : `Undone: ${undo}.`)}
      >
        <Icon name="undo" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="stone"
        size={42}
        aria-label={redo === null ? "Nothing to do again" : `Do again: ${redo}`}
        title={redo === null ? "Nothing to do again" : `Do again: ${redo} (Ctrl+Shift+Z)`}
        aria-disabled={redo === null}
        data-off={redo === null || undefined}
        className={classes.step ?? ""}
        onClick={() => announce(store.redo() === null ? "Nothing to do again." : `Done again: ${redo}.`)}
      >
        <Icon name="redo" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="stone"
        size={42}
        data-search
        aria-label="Search the library"
        title="Search the library ( / )"
        onClick={() => add(null)}
      >
        <Icon name="search" />
      </ActionIcon>
    </Group>
  );
}

/** What is saved, what is still missing, and the way to the signature: always in sight. */
function Foot({
  planId,
  clientId,
  whole,
  onFindings,
}: {
  readonly planId: string;
  readonly clientId: string;
  /** The plan itself is on the page, not one of the views on it. */
  readonly whole: boolean;
  readonly onFindings: () => void;
}) {
  const { store } = useComposer();
  const state = useSyncExternalStore(store.saver.subscribe, store.saver.state);
  const navigate = useNavigate();
  const [waiting, setWaiting] = useState(false);
  const errors = useAllFindings().filter(({ severity }) => severity === "error").length;
  async function sign(): Promise<void> {
    setWaiting(true);
    store.saver.flush();
    const settled = await store.saver.settled();
    setWaiting(false);
    if (settled.kind === "saved") await navigate({ to: "/clients/$clientId/plan/$planId/sign", params: { clientId, planId } });
  }
  return (
    <div className={classes.foot}>
      <SaveIndicator state={state} full={state.kind !== "saved" && state.kind !== "saving" && state.kind !== "unsaved"} />
      {/* Within reach of the thumb. */}
      <span className={classes.onlyPhone}>
        {whole && <GoTo />}
        <UndoButtons />
      </span>
      <Group gap="sm" className={classes.footWays ?? ""}>
        <span className={classes.onlyNarrow}>
          <FindingsButton onClick={onFindings} />
        </span>
        <Button loading={waiting} variant={errors === 0 ? "filled" : "light"} onClick={() => void sign()}>
          <span className={classes.long}>Go to agreement and signature</span>
          <span className={classes.short}>To the signature</span>
        </Button>
      </Group>
    </div>
  );
}

/** The plan itself, from top to bottom. */
const PlanPage = memo(function PlanPage() {
  const { store, readOnly } = useComposer();
  const problems = usePlan((plan) => plan.problems.map(({ id }) => id));
  const stray = usePlan((plan) => {
    const problemIds = new Set(plan.problems.map(({ id }) => id));
    const goalIds = new Set(plan.goals.map(({ id }) => id));
    const objectiveIds = new Set(plan.objectives.map(({ id }) => id));
    const numbers = planNumbers(plan);
    return {
      goals: plan.goals
        .filter((goal) => !goal.problemIds.some((id) => problemIds.has(id)))
        .map(({ id }) => ({ id, number: numberOf(numbers.goals, id) })),
      objectives: plan.objectives
        .filter(({ goalId }) => !goalIds.has(goalId))
        .map(({ id }) => ({ id, number: numberOf(numbers.objectives, id) })),
      interventions: plan.interventions.filter((entry) => !entry.objectiveIds.some((id) => objectiveIds.has(id))).map(({ id }) => id),
    };
  });
  return (
    <div className={classes.parts}>
      <WorthKnowing />
      <Acceptance />
      <DiagnosesPart />
      <RiskPart />
      {problems.map((id, index) => (
        <ProblemSection key={id} id={id} number={index + 1} />
      ))}
      {!readOnly && (
        <div>
          <AddButton
            onClick={() => {
              const id = newId();
              const { diagnoses } = store.state().plan;
              const item = {
                id,
                title: "New problem",
                chapter: null,
                diagnosisIds: diagnoses.length === 1 ? diagnoses.map((diagnosis) => diagnosis.id) : [],
                noDiagnosisReason: "",
                severity: null,
                impairment: "",
                definitions: [],
                because: [],
                status: "active",
                statusReason: "",
              };
              store.act("Add a problem", [{ type: "insert", list: ["problems"], item, before: null }]);
              setTimeout(() => jumpTo(["problems", id, "title"]), 30);
            }}
          >
            Add a problem
          </AddButton>
        </div>
      )}
      {stray.goals.length + stray.objectives.length + stray.interventions.length > 0 && (
        <Homeless
          goals={stray.goals.map(({ id, number }) => <GoalItem key={id} id={id} problemId={null} number={number} />)}
          objectives={stray.objectives.map(({ id, number }) => <ObjectiveItem key={id} id={id} number={number} />)}
          interventions={
            <ul className={classes.interventions} aria-label="Interventions of no objective">
              {stray.interventions.map((id) => (
                <InterventionItem key={id} id={id} objectiveId={null} />
              ))}
            </ul>
          }
        />
      )}
      <SessionsPart />
      <MeasuresPart />
      <EndingPart />
      <NecessityPart />
      <PersonPart />
      <ResponsibilitiesPart />
      <ParticipationPart />
      <CarePart />
      <SettingPart />
    </div>
  );
});

/** What the drafting engine noticed, and what has changed in the record since. */
function WorthKnowing() {
  const { store, notes, context, readOnly, clientId, announce } = useComposer();
  const plan = useDeferredValue(usePlan((now) => now));
  const safety = useSafetyPlanChanges(plan);
  const changes = useMemo(
    () => (context === null || readOnly ? [] : [...recordChanges(plan, context), ...safety]),
    [plan, context, readOnly, safety],
  );
  if (readOnly || (notes.notes.length === 0 && changes.length === 0)) return null;
  return (
    <section className={classes.part} aria-labelledby="worth-knowing" data-tone="note">
      <h2 id="worth-knowing">Worth knowing</h2>
      {changes.length > 0 && (
        <div className={classes.changes}>
          <p>
            <strong>The record has changed since this was written.</strong>
          </p>
          <ul className={classes.bullets}>
            {changes.map((change) => (
              <li key={change.text}>{change.text}</li>
            ))}
          </ul>
          <Button
            variant="default"
            size="compact-md"
            onClick={() => {
              const refusal = store.act(
                "Bring the plan up to date with the record",
                changes.flatMap((change): readonly Edit[] => change.edits),
              );
              announce(refusal ?? "The plan is up to date with the record.");
            }}
          >
            Bring the plan up to date
          </Button>
        </div>
      )}
      {notes.notes.length > 0 && (
        <ul className={classes.bullets}>
          {notes.notes.map((note) => (
            <li key={note.text} data-kind={note.kind}>
              {note.kind === "safety" && <strong>Safety first. </strong>}
              {note.text}{" "}
              {(note.kind === "missing-measure" || note.kind === "stale-score") && (
                <Link to="/clients/$clientId/measures" params={{ clientId }}>
                  Give a measure
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** How much of what was proposed the clinician has taken. */
function Acceptance() {
  const { store, readOnly, announce } = useComposer();
  const { open, all } = usePlan((plan) => {
    const both = [...plan.goals, ...plan.objectives];
    return { open: both.filter(({ lifecycleStatus }) => lifecycleStatus === "proposed").length, all: both.length };
  });
  const findings = useAllFindings();
  const line = useRef<HTMLParagraphElement>(null);
  if (readOnly) return null;
  return (
    <p className={classes.acceptance} ref={line} tabIndex={-1}>
      <span>
        {open === 0
          ? "Every goal and objective is accepted."
          : `${open} of ${all} goals and objectives are proposals until you accept them.`}{" "}
        <span className={classes.quiet}>{countInWords(findings)}.</span>
      </span>
      {open > 0 && (
        <Button
          variant="light"
          size="compact-md"
          onClick={() => {
            const { goals, objectives } = store.state().plan;
            const edits = [
              ...goals.filter(({ lifecycleStatus }) => lifecycleStatus === "proposed").flatMap(({ id }) => acceptGoal(id, objectives)),
              ...objectives
                .filter(
                  ({ lifecycleStatus, goalId }) =>
                    lifecycleStatus === "proposed" && goals.find(({ id }) => id === goalId)?.lifecycleStatus !== "proposed",
                )
                .map(({ id }): Edit => ({ type: "set", path: ["objectives", id, "lifecycleStatus"], value: "accepted" })),
            ];
            store.act("Accept all goals and objectives", edits);
            announce("All goals and objectives are accepted.");
            line.current?.focus();
          }}
        >
          Accept all
        </Button>
      )}
    </p>
  );
}
