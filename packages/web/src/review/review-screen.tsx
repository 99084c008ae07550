import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { calledName } from "@trellis/domain/client/client";
import type { Measure } from "@trellis/domain/measures/measure";
import { applyEdits } from "@trellis/domain/plan/edit-plan";
import { numberOf, planNumbers } from "@trellis/domain/plan/numbering";
import type { Plan } from "@trellis/domain/plan/plan";
import { applyReview, interventionsAtTheirEnd, notesOfReview } from "@trellis/domain/review/apply-review";
import { carriedOver } from "@trellis/domain/review/carried-over";
import { type ReviewGap, reviewGaps } from "@trellis/domain/review/check-review";
import { withLinkAnswers } from "@trellis/domain/review/clients-part";
import { lastReviewOn, reviewDueOn } from "@trellis/domain/review/review-due";
import { reviewEvidence } from "@trellis/domain/review/review-evidence";
import { decisionWords } from "@trellis/domain/review/review-proposals";
import { draftedRationale, draftedSummary } from "@trellis/domain/review/review-words";
import { useMemo, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { type Chart, chartQuery } from "../api/clients.ts";
import { planQuery } from "../api/plans.ts";
import { queryClient } from "../api/query-client.ts";
import { abandonReview, completeReview, type OpenReview, renewReview, reviewQuery } from "../api/reviews.ts";
import { useSignedIn } from "../api/session.ts";
import { type Treatment, treatmentChanged, useTreatment } from "../api/treatment.ts";
import { useChart } from "../client/use-chart.ts";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { LinesField } from "../form/lines-field.tsx";
import { TextField } from "../form/text-field.tsx";
import { useMeasures } from "../give-measure/use-measures.ts";
import { recordOfChart } from "../plan/record-of-chart.ts";
import { ReasonDialog } from "../plan/sign/reason-dialog.tsx";
import { refreshPlan } from "../plan/sign/refresh-plan.ts";
import { ChooseText, chooseTextId } from "../save-state/choose-text.tsx";
import { SaveIndicator } from "../save-state/save-indicator.tsx";
import { saversSettled } from "../save-state/savers.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { Choices } from "./choices.tsx";
import { ClientsPartCard } from "./clients-part-card.tsx";
import { accept, ObjectiveReview } from "./objective-review.tsx";
import { OpenReviewScreen } from "./open-review-screen.tsx";
import classes from "./review.module.css";
import { additionOf, decidedOf, formNames, ratingsOf, reviewOf, withAddition, withDecided, withRatings } from "./review-form.ts";
import { useReview } from "./use-review.ts";
import { WhatHangsOnIt } from "./what-hangs-on-it.tsx";

/** The review of a plan with the client: opens ready, is decided objective by objective, and becomes the next revision. */
export function ReviewScreen() {
  const { clientId, reviewId } = useParams({ from: "/signed-in/shell/clients/$clientId/review/$reviewId" });
  const chart = useChart(clientId);
  usePageTitle(`Review · ${initials(chart.client.name)}`);
  if (reviewId === "new") return <OpenReviewScreen chart={chart} />;
  return <FoundReview key={reviewId} chart={chart} reviewId={reviewId} />;
}

function FoundReview({ chart, reviewId }: { readonly chart: Chart; readonly reviewId: string }) {
  const treatment = useTreatment(chart.id);
  const review = useQuery(reviewQuery(chart.id, reviewId));
  const plan = useQuery({
    ...planQuery(review.data?.planId ?? "", review.data?.revision),
    enabled: review.data !== undefined,
    staleTime: 60_000,
  });
  const measures = useMeasures(chart);
  const fault = review.error ?? plan.error ?? measures.error;
  if (review.data === undefined || plan.data === undefined || measures.data === undefined) {
    if (fault === null) return <Waiting what="the review" />;
    const retry = () => {
      void review.refetch();
      void plan.refetch();
      measures.refetch();
    };
    return <PageFault error={fault} retry={retry} />;
  }
  if (review.data.state !== "open")
    return <ClosedReview clientId={chart.id} review={review.data} plan={plan.data.plan} treatment={treatment} />;
  return <Reviewing chart={chart} treatment={treatment} open={review.data} plan={plan.data.plan} measures={measures.data} />;
}

interface ReviewingProps {
  readonly chart: Chart;
  readonly treatment: Treatment;
  readonly open: OpenReview;
  readonly plan: Plan;
  readonly measures: readonly Measure[];
}

function Reviewing({ chart, treatment, open, plan, measures }: ReviewingProps) {
  const clientId = chart.id;
  const { practice } = useSignedIn();
  const today = useToday();
  const navigate = useNavigate();
  const draft = useReview(clientId, open);
  const { content: form, change } = draft;
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [closing, setClosing] = useState(false);

  const said = useMemo(() => reviewOf(open.content, form), [open.content, form]);
  const review = useMemo(
    () => ({ ...said, clientsPart: withLinkAnswers(said.clientsPart, open.byLink?.answers ?? null) }),
    [said, open.byLink],
  );
  const record = useMemo(() => recordOfChart(chart), [chart]);
  const evidence = useMemo(
    () => reviewEvidence(plan, record, treatment, lastReviewOn(plan), { measures, today, review }),
    [plan, record, treatment, measures, today, review],
  );
  const { after, atTheirEnd, carried, due } = useMemo(() => {
    const options = { id: "review", reviewWeeks: practice.reviewWeeks, profile: plan.profile };
    const applied = applyEdits(plan, applyReview(plan, review, options));
    const next = applied.ok ? applied.plan : plan;
    return {
      after: next,
      atTheirEnd: interventionsAtTheirEnd(plan, review),
      carried: carriedOver(plan, next, treatment, today),
      due: reviewDueOn(plan, review.on, options),
    };
  }, [plan, review, treatment, practice.reviewWeeks, today]);
  const gaps = useMemo(() => reviewGaps(plan, review, treatment.homework), [plan, review, treatment.homework]);
  const gapOf = (kind: ReviewGap["kind"], about: string) =>
    tried ? gaps.find((gap) => gap.kind === kind && gap.about === about)?.message : undefined;

  const numbers = planNumbers(plan);
  const name = calledName(chart.client);
  const proposalOf = (objectiveId: string) => open.content.proposals.find((entry) => entry.objectiveId === objectiveId);
  const undecided = evidence.objectives.filter(
    ({ objective }) => proposalOf(objective.id) !== undefined && decidedOf(form, objective.id) === null,
  );
  const summary = form.summary === "" ? draftedSummary(evidence, review) : form.summary;
  const rationale = form.rationale === "" ? draftedRationale(evidence, review) : form.rationale;
  const nextReview = form.nextReview ?? due.reviewDue;
  const tooLate = due.noLaterThan !== null && nextReview > due.noLaterThan;

  function acceptAll(): void {
    change(
      undecided.reduce((changed, { objective }) => {
        const proposal = proposalOf(objective.id);
        return proposal === undefined ? changed : withDecided(changed, accept(proposal));
      }, form),
    );
  }

  async function complete(): Promise<void> {
    setTried(true);
    setError(undefined);
    const [gap] = gaps;
    if (gap !== undefined) {
      document.getElementById(placeOf(gap))?.focus();
      return;
    }
    setBusy(true);
    try {
      await saversSettled(8000);
      const version = queryClient.getQueryData<OpenReview>(reviewQuery(clientId, open.id).queryKey)?.version ?? open.version;
      const made = await completeReview(clientId, open.id, version, { ...said, summary, rationale, nextReview });
      await Promise.all([
        refreshPlan(made.planId),
        treatmentChanged(clientId),
        queryClient.invalidateQueries({ queryKey: chartQuery(clientId).queryKey }),
        queryClient.invalidateQueries({ queryKey: ["reviews-due"] }),
      ]);
      queryClient.removeQueries({ queryKey: reviewQuery(clientId, open.id).queryKey });
      const params = { clientId, planId: made.planId };
      // What the review leaves to be done in the draft is told there; where there is nothing, it can be signed.
      await (notesOfReview(plan, review).length > 0
        ? navigate({ to: "/clients/$clientId/plan/$planId", params })
        : navigate({ to: "/clients/$clientId/plan/$planId/sign", params }));
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
      if (caught instanceof ApiProblem && caught.status === 409)
        void queryClient.invalidateQueries({ queryKey: reviewQuery(clientId, open.id).queryKey });
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <PageHeading
        lead={`Revision ${plan.revision} of the plan, since ${formatDate(evidence.since)}: ${evidence.sessions} ${evidence.sessions === 1 ? "session" : "sessions"}. ${plan.reviewDue === null ? "" : plan.reviewDue < today ? `It was due on ${formatDate(plan.reviewDue)}.` : `It is due on ${formatDate(plan.reviewDue)}.`}`}
      >
        Review with {name}
      </PageHeading>
      <InTheWay clientId={clientId} open={open} />
      <div className={classes.top}>
        {undecided.length > 0 ? (
          <>
            <Button leftSection={<Icon name="check" />} onClick={acceptAll}>
              Accept {undecided.length === evidence.objectives.length ? "all" : `the other ${undecided.length}`}{" "}
              {undecided.length === 1 && undecided.length !== evidence.objectives.length ? "proposal" : "proposals"}
            </Button>
            <Text c="dimmed">
              {evidence.objectives.length - undecided.length} of {evidence.objectives.length} decided. Each can be changed below.
            </Text>
          </>
        ) : (
          <Text role="status">Every objective is decided.</Text>
        )}
      </div>
      <div className={classes.layout}>
        <div className={classes.main}>
          {plan.goals
            .filter((goal) => evidence.objectives.some(({ objective }) => objective.goalId === goal.id))
            .map((goal) => (
              <section key={goal.id} className={classes.goal} aria-label={`Goal ${numberOf(numbers.goals, goal.id)}`}>
                <h2>
                  Goal {numberOf(numbers.goals, goal.id)}: {goal.text}
                </h2>
                {evidence.objectives
                  .filter(({ objective }) => objective.goalId === goal.id)
                  .map((entry) => {
                    const { id } = entry.objective;
                    const proposal = proposalOf(id);
                    return proposal === undefined ? null : (
                      <ObjectiveReview
                        key={id}
                        evidence={entry}
                        proposal={proposal}
                        decided={decidedOf(form, id)}
                        ratings={ratingsOf(form, id)}
                        rated={entry.clientRating}
                        calledName={name}
                        reasonMissing={gapOf("reason", id)}
                        targetMissing={gapOf("target", id)}
                        onDecide={(decided) => change(withDecided(form, decided))}
                        onRate={(ratings) => change(withRatings(form, id, ratings))}
                      />
                    );
                  })}
              </section>
            ))}
          {open.content.additions.length > 0 && (
            <Card title="What else the record calls for">
              <ul className={classes.list}>
                {open.content.additions.map(({ id, text }) => {
                  const chosen = additionOf(form, id);
                  return (
                    <li key={id} id={`addition-${id}`} tabIndex={-1}>
                      <Choices
                        legend={text}
                        value={chosen?.decision ?? null}
                        choices={[
                          { value: "take-up", label: "Take it up in the draft" },
                          { value: "not-now", label: "Not now" },
                        ]}
                        onChange={(decision) => change(withAddition(form, { id, decision, reason: chosen?.reason ?? "" }))}
                      />
                      {chosen?.decision === "not-now" && (
                        <div className={classes.more}>
                          <div className={classes.wide}>
                            <TextField
                              label="Why not now (optional)"
                              value={chosen.reason}
                              onChange={(reason) => change(withAddition(form, { ...chosen, reason }))}
                              max={1000}
                            />
                          </div>
                        </div>
                      )}
                    </li>
                  );
                })}
              </ul>
            </Card>
          )}
          <WhatHangsOnIt after={after} atTheirEnd={atTheirEnd} carried={carried} form={form} change={change} />
          <Card title="What it comes to">
            <Stack>
              <TextField
                label="Summary"
                description="Drafted from what was decided; change it freely."
                value={summary}
                onChange={(text) => change({ ...form, summary: text })}
                max={4000}
                rows={2}
              />
              <TextField
                label="Why treatment goes on"
                description="What payers ask for: what is not reached yet, and why this treatment is needed for it."
                value={rationale}
                onChange={(text) => change({ ...form, rationale: text })}
                max={4000}
                rows={2}
              />
              <Group align="flex-start" gap="lg">
                <DateField label="Day of the review" value={form.on} max={today} onChange={(on) => on !== "" && change({ ...form, on })} />
                <DateField
                  label="Next review"
                  description={
                    nextReview === due.reviewDue
                      ? due.reviewBecause.map(({ text }) => text).join(" ")
                      : `Usual would be ${formatDate(due.reviewDue)}.`
                  }
                  value={nextReview}
                  min={form.on}
                  error={
                    nextReview <= form.on
                      ? "Choose a day after this review."
                      : tooLate && due.noLaterThan !== null
                        ? `By the rules for this setting it is due by ${formatDate(due.noLaterThan)}.`
                        : undefined
                  }
                  onChange={(date) => change({ ...form, nextReview: date === "" ? null : date })}
                />
              </Group>
              <LinesField
                label="Who took part"
                noun="person"
                lines={form.participants}
                maxLength={200}
                maxLines={20}
                onChange={(participants) => change({ ...form, participants: [...participants] })}
              />
            </Stack>
          </Card>
        </div>
        <aside className={classes.aside} aria-label={`${name}’s part`}>
          <ClientsPartCard clientId={clientId} reviewId={open.id} calledName={name} form={form} byLink={open.byLink} change={change} />
        </aside>
      </div>
      {draft.dispute !== null && (
        <ChooseText
          names={formNames(open.content, (id) => numberOf(numbers.objectives, id))}
          dispute={draft.dispute}
          onSettle={draft.settle}
        />
      )}
      {draft.takenIn && (
        <Alert color="leaf" role="status" title="Changes from elsewhere were taken in" mt="md">
          Somebody else decided other parts of this review. Both are kept.
        </Alert>
      )}
      {tried && gaps.length > 0 && (
        <Alert color="clay" role="alert" title="Not everything is decided yet" mt="md">
          <ul className={classes.facts}>
            {gaps.map((gap) => (
              <li key={`${gap.kind}/${gap.about}`}>
                <a href={`#${placeOf(gap)}`}>
                  {gap.kind === "addition" || gap.kind === "homework" ? "" : `Objective ${numberOf(numbers.objectives, gap.about)}: `}
                  {gap.message}
                </a>
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <Stack mt="md">
        <ErrorSummary title="The next revision was not made" error={error} attempt={attempt} />
      </Stack>
      <div className={classes.foot}>
        <SaveIndicator state={draft.state} {...(draft.dispute === null ? {} : { action: <a href={`#${chooseTextId}`}>Choose now</a> })} />
        <Group>
          <Button variant="subtle" color="stone" onClick={() => setClosing(true)}>
            Close without a new revision
          </Button>
          <Button size="lg" loading={busy} disabled={draft.dispute !== null} onClick={() => void complete()}>
            Make the next revision
          </Button>
        </Group>
      </div>
      <EarlierReviews clientId={clientId} treatment={treatment} except={open.id} />
      <ReasonDialog
        opened={closing}
        onClose={() => setClosing(false)}
        title="Close this review without a new revision"
        label="Why?"
        placeholder="e.g. Opened by mistake; the client did not come"
        action="Close it"
        fault="Say why it is closed."
        failed="The review is still open"
        onConfirm={async (reason) => {
          await saversSettled(8000);
          const version = queryClient.getQueryData<OpenReview>(reviewQuery(clientId, open.id).queryKey)?.version ?? open.version;
          await abandonReview(clientId, open.id, version, reason.slice(0, 300));
          await Promise.all([
            treatmentChanged(clientId),
            queryClient.invalidateQueries({ queryKey: reviewQuery(clientId, open.id).queryKey }),
          ]);
        }}
      >
        The plan stays in force as it is, and the review stays due. What was written here is kept with your reason.
      </ReasonDialog>
    </>
  );
}

function placeOf({ kind, about }: ReviewGap): string {
  return kind === "addition" || kind === "homework" ? `${kind}-${about}` : `objective-${about}`;
}

/** A draft or a newer revision that the outcome of this review has to wait for, or to be turned to. */
function InTheWay({ clientId, open }: { readonly clientId: string; readonly open: OpenReview }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  if (open.draftRevision !== null)
    return (
      <Alert color="straw" mb="md" title={`Revision ${open.draftRevision} is being written`}>
        <Text mb="xs">
          The plan is being changed outside this review. Finish and sign that draft first; what is decided here is kept, and can then be
          turned to the new revision.
        </Text>
        <Button variant="default" component={Link} to={`/clients/${clientId}/plan/${open.planId}`}>
          Go to the draft
        </Button>
      </Alert>
    );
  if (open.newestRevision === open.revision) return null;
  async function renew(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await saversSettled(8000);
      const version = queryClient.getQueryData<OpenReview>(reviewQuery(clientId, open.id).queryKey)?.version ?? open.version;
      await renewReview(clientId, open.id, version);
      await queryClient.invalidateQueries({ queryKey: reviewQuery(clientId, open.id).queryKey });
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Alert color="straw" mb="md" title={`Revision ${open.newestRevision} was signed since this review was opened`}>
      <ErrorSummary title="The review was not turned" error={error} />
      <Text mb="xs">
        This page shows revision {open.revision}. Turn the review to the new one: proposals are made anew, and what you decided stays where
        it still fits.
      </Text>
      <Button loading={busy} onClick={() => void renew()}>
        Review revision {open.newestRevision} instead
      </Button>
    </Alert>
  );
}

/** Reviews that were held before, and what each led to. */
function EarlierReviews({
  clientId,
  treatment,
  except,
}: {
  readonly clientId: string;
  readonly treatment: Treatment;
  readonly except: string;
}) {
  const closed = treatment.reviews.filter(({ id, state }) => id !== except && state !== "open").toReversed();
  if (closed.length === 0) return null;
  return (
    <Stack mt="xl">
      <Card title="Earlier reviews">
        <ul className={classes.facts}>
          {closed.map(({ id, content, state, ledTo }) => (
            <li key={id}>
              <Link to="/clients/$clientId/review/$reviewId" params={{ clientId, reviewId: id }}>
                {formatDate(content.on)}
              </Link>
              {state === "done" ? `, led to revision ${ledTo}` : `, closed without a new revision: ${content.abandonedReason}`}
            </li>
          ))}
        </ul>
      </Card>
    </Stack>
  );
}

/** A review that is closed, to read. */
function ClosedReview({
  clientId,
  review,
  plan,
  treatment,
}: {
  readonly clientId: string;
  readonly review: OpenReview;
  readonly plan: Plan;
  readonly treatment: Treatment;
}) {
  const { content, state, ledTo } = review;
  const { objectives } = planNumbers(plan);
  return (
    <>
      <PageHeading lead={content.participants.join(", ")}>Review on {formatDate(content.on)}</PageHeading>
      <Stack gap="lg">
        <Alert
          color={state === "done" ? "leaf" : "stone"}
          title={state === "done" ? `It led to revision ${ledTo}` : "Closed without a new revision"}
        >
          {state === "abandoned" && <Text>{content.abandonedReason}</Text>}
          <Link to="/clients/$clientId/plan/$planId" params={{ clientId, planId: review.planId }}>
            Go to the plan
          </Link>
        </Alert>
        {content.decided.length > 0 && (
          <Card title="What was decided">
            <ul className={classes.facts}>
              {content.decided.map(({ objectiveId, decision, reason }) => (
                <li key={objectiveId}>
                  Objective {numberOf(objectives, objectiveId)}: {decisionWords[decision].toLowerCase()}. {reason}
                </li>
              ))}
            </ul>
          </Card>
        )}
        {[
          ["Summary", content.summary],
          ["Why treatment goes on", content.rationale],
          ["What helps", content.clientsPart.helps],
          ["What does not help", content.clientsPart.doesNotHelp],
          ["What matters now", content.clientsPart.mattersNow],
        ].map(([title = "", text = ""]) =>
          text.trim() === "" ? null : (
            <Card key={title} title={title}>
              <p className={classes.line} dir="auto">
                {text}
              </p>
            </Card>
          ),
        )}
      </Stack>
      <EarlierReviews clientId={clientId} treatment={treatment} except={review.id} />
    </>
  );
}
