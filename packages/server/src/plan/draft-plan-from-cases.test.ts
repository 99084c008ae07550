import type { ClientRecord } from "@trellis/domain/client/client-record";
import type { Diagnosis } from "@trellis/domain/diagnosis/diagnosis";
import { checkPlan } from "@trellis/domain/findings/check-plan";
import type { Case } from "@trellis/domain/library/case";
import { type Draft, draftPlan } from "@trellis/domain/plan/draft-plan";
import { goalsOf, Profile } from "@trellis/domain/plan/plan";
import { describe, expect, it } from "vitest";
import { loadLibrary } from "../library/load-library.ts";

const library = loadLibrary();

function caseOf(id: string): Case {
  const found = library.caseById.get(id);
  if (!found) throw new Error(`The library has no case ${id}.`);
  return found;
}

function draftOf(record: ClientRecord, today: string, reviewWeeks = 5): Draft {
  let ids = 0;
  return draftPlan({
    planId: "plan",
    clientId: "client",
    record,
    library,
    author: {
      practiceName: "Willow Practice",
      practiceAddress: "",
      clinicianId: "m",
      clinicianName: "Ada Sample",
      credentials: "LCSW",
      npi: "",
    },
    profile: Profile.parse({}),
    today,
    reviewWeeks,
    newId: () => `id${++ids}`,
  });
}

/** The case with some of its record changed. */
const changed = (found: Case, changes: Partial<ClientRecord>): ClientRecord => ({ ...found, ...changes });

describe("diagnoses without a chapter", () => {
  const roz = caseOf("gad-phone-by-the-plate");
  const relative = roz.diagnoses.find((diagnosis) => diagnosis.code === "Z63.6") as Diagnosis;
  const errors = (draft: Draft, record: ClientRecord) =>
    checkPlan({ plan: draft.plan, record, library, today: roz.today }).filter((finding) => finding.severity === "error");

  it("a circumstance stands with the problem that is treated first and is none of its own", () => {
    const draft = draftOf(roz, roz.today);
    expect(draft.plan.problems.map((problem) => problem.title)).toEqual(["Generalized anxiety"]);
    expect(draft.plan.problems[0]?.diagnosisIds).toEqual(["d1", "d2"]);
    expect(draft.plan.problems[0]?.because).toContainEqual(expect.objectContaining({ kind: "diagnosis", ref: "d2" }));
    expect(draft.plan.diagnoses.map((diagnosis) => diagnosis.code)).toEqual(["F41.1", "Z63.6"]);
    expect(draft.plan.medicalNecessity).toContain("Circumstances: Dependent relative needing care at home (Z63.6).");
    expect(draft.notes).toContainEqual({ kind: "no-chapter", text: expect.stringContaining("Z63.6") });
    expect(errors(draft, roz).filter((finding) => finding.path[0] === "problems" || finding.path[0] === "diagnoses")).toEqual([]);
  });

  it("a disorder that no chapter answers is a problem of its own, which asks for goals", () => {
    const tic = { ...relative, id: "d3", code: "F95.1", description: "Chronic motor or vocal tic disorder" };
    const record = changed(roz, { diagnoses: [...roz.diagnoses, tic] });
    const draft = draftOf(record, roz.today);
    const own = draft.plan.problems.find((problem) => problem.title === tic.description);
    expect(own?.diagnosisIds).toEqual(["d3"]);
    expect(goalsOf(draft.plan, own?.id ?? "")).toEqual([]);
    expect(draft.notes).toContainEqual({ kind: "no-chapter", text: expect.stringContaining("F95.1") });
    expect(errors(draft, record)).toContainEqual(expect.objectContaining({ rule: "CORE-04", path: ["problems", own?.id] }));
    expect(draft.plan.problems[0]?.diagnosisIds).toEqual(["d1", "d2"]);
  });

  it("where circumstances are all that is coded, the first of them is the problem and the others stand with it", () => {
    const alone = { ...relative, rank: "principal" as const };
    const partner = { ...relative, id: "d9", code: "Z63.0", description: "Problems in relationship with spouse or partner" };
    const { plan } = draftOf(changed(roz, { diagnoses: [alone, partner] }), roz.today);
    expect(plan.problems.map((problem) => [problem.title, problem.diagnosisIds])).toEqual([[relative.description, ["d2", "d9"]]]);
  });
});
