import { Intake } from "@trellis/domain/intake/intake";
import type { Measure } from "@trellis/domain/measures/measure";
import { scoreAnswers } from "@trellis/domain/measures/score";
import { audit, phq9 } from "@trellis/domain/measures/shipped-measures.test-data";
import { describe, expect, it } from "vitest";
import type { Chart, ChartAdministration } from "../api/clients.ts";
import { emptyClient } from "../client-record/client-form.ts";
import { openAlerts } from "./alerts.ts";
import { nextSteps, planToOpen } from "./next-steps.ts";

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
    const alerts = openAlerts({ administrations: [administered(phq9, "2026-11-20", thoughts)], intake: {} }, measures);
    expect(alerts.map(({ kind }) => kind)).toEqual(["suicide-risk"]);
  });

  it("is quiet once risk was assessed on that day or later, and not before", () => {
    const administrations = [administered(phq9, "2026-11-20", thoughts)];
    expect(openAlerts({ administrations, intake: riskOn("2026-11-19") }, measures)).toHaveLength(1);
    expect(openAlerts({ administrations, intake: riskOn("2026-11-20") }, measures)).toHaveLength(0);
  });

  it("speaks up for answers given after risk was assessed on the same day, as in a first visit, until risk is assessed again", () => {
    const administrations = [administered(phq9, "2026-11-20", thoughts)];
    expect(openAlerts({ administrations, intake: riskOn("2026-11-20", "2026-11-20T09:40:00.000+00:00") }, measures)).toHaveLength(1);
    expect(openAlerts({ administrations, intake: riskOn("2026-11-20", "2026-11-20T10:20:00.000+00:00") }, measures)).toHaveLength(0);
  });

  it("asks about a risk item that was left open", () => {
    const alerts = openAlerts(
      { administrations: [administered(phq9, "2026-11-20", [0, 0, 0, 0, 0, 0, 0, 0, null])], intake: {} },
      measures,
    );
    expect(alerts.map(({ kind }) => kind)).toEqual(["risk-item-not-answered"]);
  });

  it("looks at the newest answers only, and at none entered in error", () => {
    const old = administered(phq9, "2026-11-01", thoughts);
    expect(
      openAlerts({ administrations: [old, administered(phq9, "2026-11-20", thoughts.with(8, 0))], intake: {} }, measures),
    ).toHaveLength(0);
    expect(openAlerts({ administrations: [{ ...old, status: "entered-in-error" }], intake: {} }, measures)).toHaveLength(0);
  });

  it("keeps signs of dependence, which a risk assessment does not settle", () => {
    const alerts = openAlerts(
      { administrations: [administered(audit, "2026-11-20", [4, 4, 4, 0, 0, 2, 0, 0, 0, 0])], intake: riskOn(today) },
      measures,
    );
    expect(alerts.map(({ kind }) => kind)).toEqual(["dependence"]);
  });
});

describe("nextSteps", () => {
  it("begins with the intake and can draft at once", () => {
    expect(nextSteps(emptyChart, measures, today).map(({ kind }) => kind)).toEqual(["intake", "diagnosis", "measure", "draft-plan"]);
  });

  it("asks for a measure again when its usual time has passed", () => {
    const chart = { ...emptyChart, administrations: [administered(phq9, "2026-11-09", [0, 0, 0, 0, 0, 0, 0, 0, 0])] };
    expect(nextSteps(chart, measures, today).some((step) => step.kind === "measure" && step.measureId === "phq9")).toBe(true);
    expect(nextSteps(chart, measures, "2026-11-22").some((step) => step.kind === "measure")).toBe(false);
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
      expect.objectContaining({ kind: "open-plan", planId: "p1", title: "Review the plan" }),
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
