import { Intake, intakeSectionKeys, intakeSections } from "@trellis/domain/intake/intake";
import { describe, expect, it } from "vitest";
import { fieldNames } from "./field-names.ts";
import { intakeProgress, sectionNames, sectionState } from "./sections.ts";

const empty = Intake.parse({});
const saved = <T>(content: T) => ({ content, version: 1, savedAt: "2026-11-24T10:00:00.000Z", savedBy: "Dr. Example" });

describe("names", () => {
  it("has a name on screen for every section and every field of the schema", () => {
    for (const section of intakeSectionKeys) {
      expect(sectionNames[section].name).not.toBe("");
      expect(Object.keys(fieldNames[section]).sort()).toEqual(Object.keys(intakeSections[section].shape).sort());
    }
  });
});

describe("sectionState", () => {
  it("is empty before anything is entered, whatever stands there from the start", () => {
    for (const section of intakeSectionKeys) {
      expect(sectionState(section, undefined)).toBe("empty");
      expect(sectionState(section, empty[section])).toBe("empty");
    }
  });

  it("is begun with any word, tick or answer", () => {
    expect(sectionState("functioning", { ...empty.functioning, work: "on leave" })).toBe("started");
    expect(sectionState("medical", { ...empty.medical, pregnancy: true })).toBe("started");
    expect(sectionState("risk", { ...empty.risk, ideation: "passive" })).toBe("started");
  });

  it("is filled when a plan can be drafted from it; a risk level needs its date", () => {
    expect(sectionState("risk", { ...empty.risk, level: "low" })).toBe("started");
    expect(sectionState("risk", { ...empty.risk, level: "low", assessedOn: "2026-11-24" })).toBe("filled");
    expect(
      sectionState("presentingProblems", {
        ...empty.presentingProblems,
        problems: [{ id: "1", words: "I can't sleep", since: "", impact: "" }],
      }),
    ).toBe("started");
  });
});

describe("intakeProgress", () => {
  it("counts, and leads to the first section that is not filled", () => {
    const progress = intakeProgress({
      presentingProblems: saved({
        ...empty.presentingProblems,
        problems: [{ id: "1", words: "I can't sleep", since: "May", impact: "late for work" }],
      }),
      risk: saved({ ...empty.risk, ideation: "none" as const, level: "low" as const }),
    });
    expect(progress).toMatchObject({ filled: 1, started: 1, next: "functioning" });
  });
});
