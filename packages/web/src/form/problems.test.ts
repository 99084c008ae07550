import { Client } from "@trellis/domain/client/client";
import { PresentingProblems } from "@trellis/domain/intake/intake";
import { describe, expect, it } from "vitest";
import { ApiProblem } from "../api/client.ts";
import { hasProblem, pointerTo, problemsOf, savablePart, serverProblems } from "./problems.ts";

describe("problemsOf", () => {
  it("names the field that is wrong", () => {
    const problems = problemsOf(Client, { name: { given: "", family: "Doe" }, birthDate: "2026-02-31" });
    expect(problems.get("/name/given")).toBe("Enter a first name.");
    expect(problems.get("/birthDate")).toContain("year-month-day");
    expect(hasProblem(problems, "/name")).toBe(true);
    expect(hasProblem(problems, "/nam")).toBe(false);
  });

  it("escapes pointers as RFC 6901 says", () => {
    expect(pointerTo(["a/b", "m~n", 0])).toBe("/a~1b/m~0n/0");
  });
});

describe("serverProblems", () => {
  it("leads back to the fields of the form, whatever the body wrapped them in", () => {
    const problem = new ApiProblem(422, {
      title: "Check the form",
      errors: [{ pointer: "/client/name/given", message: "Enter a first name." }, { wrong: true }],
    });
    expect([...serverProblems(problem, "/client")]).toEqual([["/name/given", "Enter a first name."]]);
  });
});

describe("savablePart", () => {
  const saved = { problems: [], whyNow: "saved before", hopes: ["sleep"] };

  it("keeps what was saved of a field that is too long, and takes the rest", () => {
    const typed = { ...saved, whyNow: "x".repeat(100_000), hopes: ["sleep", "work"] };
    const { part, problems } = savablePart(PresentingProblems, typed, saved);
    expect(part).toEqual({ problems: [], whyNow: "saved before", hopes: ["sleep", "work"] });
    expect([...problems.keys()]).toEqual(["/whyNow"]);
  });

  it("takes everything when nothing is wrong, emoji and right-to-left text included", () => {
    const typed = { ...saved, whyNow: "אני רוצה לישון 🌙" };
    expect(savablePart(PresentingProblems, typed, saved).part).toBe(typed);
  });
});
