import { Intake } from "@trellis/domain/intake/intake";
import type { Measure } from "@trellis/domain/measures/measure";
import { scoreAnswers } from "@trellis/domain/measures/score";
import { audit, phq9 } from "@trellis/domain/measures/shipped-measures.test-data";
import { describe, expect, it } from "vitest";
import { doneSoFar } from "../alerts/alert-words.ts";
import type { Chart, ChartAdministration } from "../api/clients.ts";
import { emptyClient } from "../client-record/client-form.ts";
import { missedAlertIsSettled, openAlerts, toAcknowledge } from "./alerts.ts";
import { nextSteps, planOfEpisode, planToOpen } from "./next-steps.ts";

const today = "2026-11-24";
const measures = [phq9, audit];

function administered(
  measure: Measure,
  date: string,
  answers: readonly (number | null)[],
  more: Partial<ChartAdministration> = {},
): ChartAdministration {
  return {
    id: `${measure.id}-${date}`,
    measure: measure.id,
    measureVersion: measure.version,
    date,
    answers: [...answers],
    answeredBy: "client",
    status: "completed",
    version: 1,
    enteredAt: `${date}T10:00:00.000Z`,
    enteredBy: "Dr. Example",
    score: scoreAnswers(measure, answers),
    ...more,
  };
}

const riskOn = (assessedOn: string | null, savedAt = `${assessedOn}T15:00:00.000Z`): Chart["intake"] => ({
  risk: {
    content: { ...Intake.parse({}).risk, assessedOn, level: "low" },
    version: 1,
    savedAt,
    savedBy: "Dr. Example",
  },
});

const emptyChart: Chart = {
  id: "c1",
  version: 1,
  isPracticeClient: false,
  client: { ...emptyClient, name: { given: "Robin", family: "Example", chosen: "" }, birthDate: "1990-05-31" },
  intake: {},
  diagnoses: [],
  administrations: [],
  plans: [],
  careTeam: [],
  measures: { own: [], settings: {} },
  sessions: [],
  events: [],
  alerts: [],
  riskAcknowledged: [],
};

describe("openAlerts", () => {
  const thoughts = [0, 0, 0, 0, 0, 0, 0, 0, 1];

  it("speaks up for item 9 of the PHQ-9 at any total", () => {
    const alerts = openAlerts({ ...emptyChart, administrations: [administered(phq9, "2026-11-20", thoughts)] }, measures);
    expect(alerts.map(({ kind }) => kind)).toEqual(["suicide-risk"]);
  });

  it("is quiet once risk was assessed on that day or later, and not before", () => {
    const administrations = [administered(phq9, "2026-11-20", thoughts)];
    expect(openAlerts({ ...emptyChart, administrations, intake: riskOn("2026-11-19") }, measures)).toHaveLength(1);
    expect(openAlerts({ ...emptyChart, administrations, intake: riskOn("2026-11-20") }, measures)).toHaveLength(0);
  });

  it("speaks up for answers given after risk was assessed on the same day, as in a first visit, until risk is assessed again", () => {
    const administrations = [administered(phq9, "2026-11-20", thoughts)];
    expect(
      openAlerts({ ...emptyChart, administrations, intake: riskOn("2026-11-20", "2026-11-20T09:40:00.000+00:00") }, measures),
    ).toHaveLength(1);
    expect(
      openAlerts({ ...emptyChart, administrations, intake: riskOn("2026-11-20", "2026-11-20T10:20:00.000+00:00") }, measures),
    ).toHaveLength(0);
  });

  it("asks about a risk item that was left open", () => {
    const alerts = openAlerts(
      { ...emptyChart, administrations: [administered(phq9, "2026-11-20", [0, 0, 0, 0, 0, 0, 0, 0, null])] },
      measures,
    );
    expect(alerts.map(({ kind }) => kind)).toEqual(["risk-item-not-answered"]);
  });

  it("looks at the newest answers only, and at none entered in error", () => {
    const old = administered(phq9, "2026-11-01", thoughts);
    expect(
      openAlerts({ ...emptyChart, administrations: [old, administered(phq9, "2026-11-20", thoughts.with(8, 0))] }, measures),
    ).toHaveLength(0);
    expect(openAlerts({ ...emptyChart, administrations: [{ ...old, status: "entered-in-error" }] }, measures)).toHaveLength(0);
  });

  it("tells the same answer once: not again where an alert tells of it, nor after somebody acted on that", () => {
    const answers = administered(phq9, "2026-11-20", thoughts);
    const alert = {
      id: "r1",
      kind: "risk-answer" as const,
      measure: "phq9",
      administrationId: answers.id,
      detail: { words: "PHQ-9, item 9", date: answers.date },
      raisedAt: answers.enteredAt,
    };
    expect(openAlerts({ ...emptyChart, administrations: [answers], alerts: [alert] }, measures)).toEqual([]);
    expect(openAlerts({ ...emptyChart, administrations: [answers], riskAcknowledged: [answers.id] }, measures)).toEqual([]);
    expect(openAlerts({ ...emptyChart, administrations: [answers], alerts: [{ ...alert, kind: "deteriorated" }] }, measures)).toHaveLength(
      1,
    );
  });

  it("keeps signs of dependence, which a risk assessment does not settle", () => {
    const alerts = openAlerts(
      { ...emptyChart, administrations: [administered(audit, "2026-11-20", [4, 4, 4, 0, 0, 2, 0, 0, 0, 0])], intake: riskOn(today) },
      measures,
    );
    expect(alerts.map(({ kind }) => kind)).toEqual(["dependence"]);
  });
});

describe("an alert on the overview", () => {
  const answers = administered(phq9, "2026-11-20", [0, 0, 0, 0, 0, 0, 0, 0, 1]);
  const alert = {
    id: "r1",
    kind: "risk-answer" as const,
    measure: "phq9",
    administrationId: answers.id,
    detail: { words: "PHQ-9, item 9", date: answers.date },
    raisedAt: answers.enteredAt,
  };
  const chart = { ...emptyChart, administrations: [answers], alerts: [alert] };

  it("says when risk was assessed after it, and begins the words for what was done with that", () => {
    expect(toAcknowledge(chart, alert).riskAssessedOn).toBeNull();
    const { entry, riskAssessedOn } = toAcknowledge({ ...chart, intake: riskOn("2026-11-21") }, alert);
    expect(riskAssessedOn).toBe("2026-11-21");
    expect(doneSoFar(alert, entry, riskAssessedOn)).toBe("Risk assessed on November 21, 2026. ");
  });

  it("says that its entry was corrected, or was an error with nothing to act on", () => {
    expect(toAcknowledge({ ...chart, administrations: [{ ...answers, version: 2 }] }, alert).entry).toBe("corrected");
    const { entry } = toAcknowledge({ ...chart, administrations: [{ ...answers, status: "entered-in-error" }] }, alert);
    expect(entry).toBe("error");
    expect(doneSoFar(alert, entry, null)).toMatch(/marked as an error/);
  });

  it("about missed sessions is settled by one that took place", () => {
    const missed = { ...alert, kind: "missed-sessions" as const };
    const session = (day: number, attendance: "missed" | "attended") => ({
      id: `s${day}`,
      date: `2026-11-0${day}`,
      attendance,
      version: 1,
    });
    const run = [session(1, "missed"), session(2, "missed"), session(3, "missed")];
    expect(missedAlertIsSettled({ sessions: run }, missed)).toBe(false);
    expect(missedAlertIsSettled({ sessions: [...run, session(4, "attended")] }, missed)).toBe(true);
  });
});

describe("nextSteps", () => {
  it("asks for the risk section after an answer about danger that was acted on, until it holds it", () => {
    const chart = {
      ...emptyChart,
      administrations: [administered(phq9, "2026-11-20", [0, 0, 0, 0, 0, 0, 0, 0, 1])],
      riskAcknowledged: ["phq9-2026-11-20"],
    };
    const step = expect.objectContaining({ kind: "assess-risk", title: "Record risk anew" });
    expect(nextSteps({ ...chart, intake: riskOn("2026-11-19") }, measures, today)).toContainEqual(step);
    expect(nextSteps({ ...chart, intake: riskOn("2026-11-20") }, measures, today)).not.toContainEqual(step);
  });

  it("asks for nothing after a treatment but risk, and for a plan of its own when the client is back", () => {
    const episode = { number: 1, openedOn: "2026-01-05", endedOn: "2026-11-20", plannedEnd: null };
    const plans = [
      {
        id: "p1",
        revision: 1,
        status: "completed" as const,
        establishedOn: "2026-01-05",
        reviewDue: "2026-02-05",
        signedAt: "2026-01-05T10:00:00Z",
      },
    ];
    const chart = { ...emptyChart, plans, episode, administrations: [administered(phq9, "2026-11-21", [0, 0, 0, 0, 0, 0, 0, 0, 1])] };
    expect(nextSteps(chart, measures, today)).toEqual([]);
    const acted = { ...chart, riskAcknowledged: ["phq9-2026-11-21"], intake: riskOn("2026-11-19") };
    expect(nextSteps(acted, measures, today).map(({ title }) => title)).toEqual(["Record risk anew"]);
    const back = { ...chart, episode: { ...episode, number: 2, openedOn: today, endedOn: null } };
    expect(nextSteps(back, measures, today).map(({ kind }) => kind)).toContain("draft-plan");
    expect(planOfEpisode(chart)?.id).toBe("p1");
    expect(planOfEpisode(back)).toBeNull();
  });

  it("begins with the intake and can draft at once", () => {
    expect(nextSteps(emptyChart, measures, today).map(({ kind }) => kind)).toEqual(["intake", "diagnosis", "measure", "draft-plan"]);
  });

  it("asks for a measure again when its usual time has passed", () => {
    const chart = { ...emptyChart, administrations: [administered(phq9, "2026-11-09", [0, 0, 0, 0, 0, 0, 0, 0, 0])] };
    expect(nextSteps(chart, measures, today).some((step) => step.kind === "measure" && step.measureId === "phq9")).toBe(true);
    expect(nextSteps(chart, measures, "2026-11-22").some((step) => step.kind === "measure")).toBe(false);
  });

  it("asks for what the plan asks for, and for nothing else", () => {
    const administrations = [administered(phq9, "2026-11-20", [0, 0, 0, 0, 0, 0, 0, 0, 0])];
    const planned = (when: "weeks" | "every-session", everyWeeks: number) => ({
      ...emptyChart,
      administrations,
      plans: [
        {
          id: "p1",
          revision: 1,
          status: "active" as const,
          establishedOn: "2026-11-01",
          reviewDue: null,
          signedAt: "2026-11-01T10:00:00.000Z",
          schedule: [{ id: "s1", measure: "phq9", measureName: "PHQ-9", when, everyWeeks, because: [] }],
        },
      ],
    });
    const asked = (chart: Chart, day = today) => nextSteps(chart, measures, day).flatMap((step) => (step.kind === "measure" ? [step] : []));
    expect(asked(planned("weeks", 1))).toEqual([
      {
        kind: "measure",
        measureId: "phq9",
        title: "Give the PHQ-9 again",
        detail: "Due November 27, 2026. Planned every week; last given on November 20, 2026.",
      },
    ]);
    expect(asked(planned("weeks", 4))).toEqual([]);
    expect(asked(planned("weeks", 4), "2026-12-20")[0]?.detail).toMatch(/^Due since December 18, 2026/);
    expect(asked(planned("every-session", 4))).toEqual([]);
    const sessions = [{ id: "s1", date: "2026-11-24", attendance: "attended" as const, version: 1 }];
    expect(asked({ ...planned("every-session", 4), sessions })[0]?.detail).toMatch(/^Due today/);
  });

  it("leads to the draft, or to a review that is near", () => {
    const plan = {
      id: "p1",
      revision: 1,
      status: "active" as const,
      establishedOn: "2026-10-20",
      reviewDue: "2026-12-01",
      signedAt: "2026-10-20T10:00:00.000Z",
    };
    expect(nextSteps({ ...emptyChart, plans: [plan] }, measures, today)).toContainEqual(
      expect.objectContaining({ kind: "review-plan", planId: "p1", title: "Review the plan" }),
    );
    expect(
      nextSteps({ ...emptyChart, plans: [plan, { ...plan, id: "p2", revision: 2, status: "draft", signedAt: null }] }, measures, today),
    ).toContainEqual(expect.objectContaining({ kind: "open-plan", planId: "p2", title: "Finish the plan" }));
    expect(
      nextSteps({ ...emptyChart, plans: [{ ...plan, reviewDue: "2027-01-15" }] }, measures, today).some(({ kind }) => kind === "open-plan"),
    ).toBe(false);
  });
});

describe("planToOpen", () => {
  const plan = (id: string, revision: number, status: "draft" | "active" | "revoked") => ({
    id,
    revision,
    status,
    establishedOn: "2026-10-20",
    reviewDue: null,
    signedAt: null,
  });
  it("prefers a draft, then the plan in force, then the newest", () => {
    expect(planToOpen([plan("a", 1, "active"), plan("b", 2, "draft")])?.id).toBe("b");
    expect(planToOpen([plan("a", 1, "revoked"), plan("b", 2, "active")])?.id).toBe("b");
    expect(planToOpen([plan("a", 1, "revoked"), plan("b", 2, "revoked")])?.id).toBe("b");
    expect(planToOpen([])).toBeNull();
  });
});
