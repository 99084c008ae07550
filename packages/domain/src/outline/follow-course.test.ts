import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkCourse } from "./check-course.ts";
import {
  courseProgress,
  end,
  hold,
  lastDone,
  mostSteps,
  nextSession,
  planStanding,
  repeat,
  skip,
  startCourse,
  undo,
} from "./follow-course.ts";
import { exampleOutline } from "./outline.test-data.ts";
import { OutlineCourse } from "./outline-course.ts";

const on = "2026-11-02";
const begun = startCourse(exampleOutline(), { planId: "plan1", on, titles: new Map([["x-sheet-1", "A sheet"]]) });
const titleOfNext = (course: OutlineCourse) => nextSession(course)?.session.title ?? null;

describe("the next session of a course", () => {
  test("is the first one at the start, and then the one after the last that was held", () => {
    expect(titleOfNext(begun)).toBe("Beginning");
    expect(titleOfNext(hold(begun, { session: 1, on }))).toBe("Going on");
  });

  test("is the same one again where there was not enough time for it", () => {
    const again = repeat(begun, { session: 1, on, reason: "The week needed all the time" });
    expect(titleOfNext(again)).toBe("Beginning");
    expect(courseProgress(again).sessions[0]?.standing).toBe("again");
    expect(titleOfNext(hold(again, { session: 1, on: "2026-11-09" }))).toBe("Going on");
  });

  test("passes over what was left out", () => {
    const course = skip(hold(hold(begun, { session: 1, on }), { session: 2, on }), { session: 3, on, reason: "Not needed" });
    expect(titleOfNext(course)).toBe("Leaving");
    expect(courseProgress(course)).toMatchObject({ held: 2, skipped: 1, total: 4, next: 4, state: "running" });
  });

  test("goes back to a session of long ago that is wanted again, and from there to where the course was", () => {
    const far = [1, 2, 3].reduce((course, session) => hold(course, { session, on }), begun);
    const back = repeat(far, { session: 1, on });
    expect(titleOfNext(back)).toBe("Beginning");
    expect(titleOfNext(hold(back, { session: 1, on }))).toBe("Leaving");
  });

  test("stays where a session was jumped over without being left out", () => {
    expect(titleOfNext(hold(begun, { session: 3, on }))).toBe("Beginning");
  });

  test("is none once all are held or left out, and none once the course was ended", () => {
    const all = [1, 2, 3, 4].reduce((course, session) => hold(course, { session, on }), begun);
    expect(courseProgress(all)).toMatchObject({ next: null, state: "finished" });
    expect(courseProgress(end(begun, { on, reason: "Another approach is wanted" }))).toMatchObject({ next: null, state: "ended" });
  });
});

const edit = fc.oneof(
  fc.record({ do: fc.constantFrom("hold", "repeat", "skip"), session: fc.integer({ min: -1, max: 6 }) }),
  fc.record({ do: fc.constantFrom("end", "undo"), session: fc.constant(0) }),
);
const apply = (course: OutlineCourse, what: { do: string; session: number }): OutlineCourse => {
  const step = { session: what.session, on, reason: "because" };
  switch (what.do) {
    case "hold":
      return hold(course, step);
    case "repeat":
      return repeat(course, step);
    case "skip":
      return skip(course, step);
    case "end":
      return end(course, step);
    default:
      return undo(course);
  }
};

describe("whatever is done to a course", () => {
  test("the next session is one of the outline's and not settled yet", () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const course = edits.reduce(apply, begun);
        const next = nextSession(course);
        if (next === null)
          return course.endedOn !== null || courseProgress(course).sessions.every((one) => /held|skipped/.test(one.standing));
        return next.number >= 1 && next.number <= course.outline.sessions.length && (next.standing === "open" || next.standing === "again");
      }),
    );
  });

  test("it can be taken back, and then all is as before", () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 20 }), edit, (edits, last) => {
        fc.pre(last.do !== "undo");
        const before = edits.reduce(apply, begun);
        const after = apply(before, last);
        expect(after === before ? before : undo(after)).toEqual(before);
      }),
    );
  });

  test("it stays a course that can be kept, with days that can be", () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
        const course = edits.reduce(apply, begun);
        expect(OutlineCourse.parse(JSON.parse(JSON.stringify(course)))).toEqual(course);
        expect(checkCourse(course, "1990-01-01", on)).toEqual([]);
      }),
    );
  });

  test("taking everything back leads to the beginning", () => {
    const course = end(skip(hold(begun, { session: 1, on }), { session: 2, on, reason: "no" }), { on, reason: "Moved away" });
    expect(lastDone(course)).toEqual({ kind: "end" });
    expect(undo(undo(undo(course)))).toEqual(begun);
    expect(lastDone(begun)).toBeNull();
    expect(undo(begun)).toBe(begun);
  });

  test("nothing is added beyond what can be kept", () => {
    const full = Array.from({ length: mostSteps + 3 }).reduce((course: OutlineCourse) => repeat(course, { session: 1, on }), begun);
    expect(full.steps).toHaveLength(mostSteps);
  });
});

test("the course keeps its outline and what its homework is called, whatever becomes of the library", () => {
  expect(begun.outline).toEqual(exampleOutline());
  expect(begun.homeworkTitles).toEqual({ "x-sheet-1": "A sheet" });
});

describe("days of a course", () => {
  const faultsOf = (course: OutlineCourse) => checkCourse(course, "1990-01-01", "2026-11-20").map(({ pointer }) => pointer);

  test.each<[string, OutlineCourse, string[]]>([
    ["a beginning in the future", { ...begun, startedOn: "2026-11-21" }, ["/startedOn"]],
    ["a beginning before birth", { ...begun, startedOn: "1989-01-01" }, ["/startedOn"]],
    ["a session before the beginning", hold(begun, { session: 1, on: "2026-11-01" }), ["/steps/0/on"]],
    ["a session in the future", hold(begun, { session: 1, on: "2026-12-01" }), ["/steps/0/on"]],
    [
      "a session that the outline does not have",
      { ...begun, steps: [{ session: 5, what: "held", on, reason: "", noteId: null }] },
      ["/steps/0/session"],
    ],
    ["an end before the last session", end(hold(begun, { session: 1, on: "2026-11-09" }), { on, reason: "Enough" }), ["/endedOn"]],
    ["an early end without a reason", end(begun, { on, reason: " " }), ["/endedReason"]],
    ["an early end with one", end(begun, { on, reason: "It did not fit" }), []],
    [
      "an end after the last session",
      end(
        [1, 2, 3, 4].reduce((course, session) => hold(course, { session, on }), begun),
        { on, reason: "" },
      ),
      [],
    ],
  ])("%s", (_, course, pointers) => {
    expect(faultsOf(course)).toEqual(pointers);
  });
});

describe("the plan that a course belongs to", () => {
  test("goes on through every revision, and so does the course", () => {
    const revisions = [
      { id: "plan1", status: "revoked" },
      { id: "plan1", status: "active" },
      { id: "plan1", status: "draft" },
    ];
    expect(planStanding(begun, revisions)).toBe("going-on");
    expect(planStanding(begun, revisions.slice(0, 1))).toBe("ended");
    expect(
      planStanding(begun, [
        { id: "plan1", status: "completed" },
        { id: "plan2", status: "active" },
      ]),
    ).toBe("ended");
    expect(planStanding({ ...begun, planId: null }, revisions)).toBe("none");
  });
});
