import { describe, expect, test } from "vitest";
import { lintDiagnoses } from "../diagnosis/lint-diagnoses.ts";
import { Measure } from "../measures/measure.ts";
import { phq9 } from "../measures/shipped-measures.test-data.ts";
import { exampleOutline } from "../outline/outline.test-data.ts";
import { Chapter } from "./chapter.ts";
import { type LibraryRule, libraryRules } from "./fault.ts";
import { chapterData, evidenceData, homeworkData, libraryAfter, type Parts, smallTable } from "./faultless-library.test-data.ts";
import { lintLibrary } from "./lint-library.ts";

test("a library without a fault has none", () => {
  expect(lintLibrary(libraryAfter())).toEqual([]);
});

/** Changes one thing of a faultless list entry. */
function alter<T extends object>(list: T[], at: number, changes: object): void {
  const entry = list[at];
  if (entry === undefined) throw new Error(`There is no entry ${at}.`);
  Object.assign(entry, changes);
}

const anotherMeasure = (changes: object) => ({
  kind: "measure" as const,
  path: "measures/other.yaml",
  content: Measure.parse({ ...phq9, id: "other", ...changes }),
});

const withConditions = () => ({ ...anotherMeasure({ license: { ...phq9.license, class: "B" } }), path: "licensed-measures/other.yaml" });

const skeleton = (changes: object) => ({
  ...anotherMeasure({
    wording: "brought",
    instruction: "",
    items: phq9.items.map((item) => ({ ...item, text: "" })),
    license: { ...phq9.license, class: "C" },
    ...changes,
  }),
  path: "measure-skeletons/other.yaml",
});

/** What is done to a faultless library, the rule that must notice, and where. */
const faults: [string, LibraryRule, string, (parts: Parts) => void, RegExp][] = [
  // Ids and references
  [
    "an id used twice",
    "duplicate-id",
    "problems/adult/x.yaml goals.0.id",
    ({ chapter }) => alter(chapter.goals, 0, { id: "x-def-0" }),
    /already used in problems\/adult\/x\.yaml/,
  ],
  [
    "an id used in two files",
    "duplicate-id",
    "problems/adult/x.yaml expectedOutcomes.0.id",
    ({ chapter }) => alter(chapter.expectedOutcomes, 0, { id: "source-1" }),
    /already used in evidence/,
  ],
  [
    "a publication entered twice by its DOI",
    "duplicate-source",
    "evidence/adult-x.yaml 1.doi",
    ({ evidence, chapter }) => {
      evidence.splice(0, 1, evidenceData("source-1", { doi: "10.1000/ABC" }), evidenceData("source-2", { doi: "10.1000/abc" }));
      alter(chapter.interventions, 0, { evidence: ["source-1", "source-2"] });
    },
    /same publication as "source-1"/,
  ],
  [
    "a publication entered twice by its PMID",
    "duplicate-source",
    "evidence/adult-x.yaml 1.pmid",
    ({ evidence, chapter }) => {
      evidence.splice(0, 1, evidenceData("source-1", { pmid: "123" }), evidenceData("source-2", { pmid: "123" }));
      alter(chapter.interventions, 0, { evidence: ["source-1", "source-2"] });
    },
    /same publication as "source-1"/,
  ],
  [
    "a publication entered twice under the same title",
    "duplicate-source",
    "evidence/adult-x.yaml 1.title",
    ({ evidence, chapter }) => {
      evidence.splice(
        0,
        1,
        evidenceData("source-1", { title: "Two trials, one title: a study" }),
        evidenceData("source-2", { title: "Two Trials, One Title. A Study" }),
      );
      alter(chapter.interventions, 0, { evidence: ["source-1", "source-2"] });
    },
    /same publication as "source-1"/,
  ],
  [
    "a source that nothing cites",
    "uncited-source",
    "evidence/adult-x.yaml 1.id",
    ({ evidence }) => evidence.push(evidenceData("source-2")),
    /Nothing in the library refers/,
  ],
  [
    "a goal for a definition that does not exist",
    "dangling-reference",
    "problems/adult/x.yaml goals.0.definitions.2",
    ({ chapter }) => chapter.goals[0]?.definitions.push("x-def-99"),
    /no behavioral definition .* "x-def-99"/,
  ],
  [
    "an objective for a goal that does not exist",
    "dangling-reference",
    "problems/adult/x.yaml objectives.0.goals.1",
    ({ chapter }) => chapter.objectives[0]?.goals.push("x-goal-99"),
    /no goal .* "x-goal-99"/,
  ],
  [
    "an intervention for an objective that does not exist",
    "dangling-reference",
    "problems/adult/x.yaml interventions.0.objectives.2",
    ({ chapter }) => chapter.interventions[0]?.objectives.push("x-obj-99"),
    /no objective .* "x-obj-99"/,
  ],
  [
    "a source that does not exist",
    "dangling-reference",
    "problems/adult/x.yaml interventions.0.evidence.1",
    ({ chapter }) => chapter.interventions[0]?.evidence.push("nobody-1999"),
    /no source "nobody-1999"/,
  ],
  [
    "a caution's source that does not exist",
    "dangling-reference",
    "problems/adult/x.yaml interventions.1.cautions.0.evidence.0",
    ({ chapter }) =>
      chapter.interventions[1]?.cautions.push({
        when: "minor",
        action: "adapt",
        because: "Because of reasons that are good.",
        evidence: ["nobody-1999"],
      }),
    /no source/,
  ],
  [
    "a course's source that does not exist",
    "dangling-reference",
    "problems/adult/x.yaml courses.1.evidence.0",
    ({ chapter }) => alter(chapter.courses, 1, { evidence: ["nobody-1999"] }),
    /no source/,
  ],
  [
    "homework that does not exist",
    "dangling-reference",
    "problems/adult/x.yaml interventions.1.homework.0",
    ({ chapter }) => chapter.interventions[1]?.homework.push("no-sheet"),
    /no homework "no-sheet"/,
  ],
  [
    "homework for a chapter that does not exist",
    "dangling-reference",
    "homework/x-sheet-3.yaml chapters.0",
    ({ homework }) => homework.push({ path: "homework/x-sheet-3.yaml", data: homeworkData("x-sheet-3", "adult-nothing") }),
    /no chapter "adult-nothing"/,
  ],
  [
    "homework that no intervention gives",
    "dangling-reference",
    "homework/x-sheet-3.yaml chapters.0",
    ({ homework }) => homework.push({ path: "homework/x-sheet-3.yaml", data: homeworkData("x-sheet-3", "adult-x") }),
    /No intervention .* gives this homework/,
  ],
  [
    "homework's source that does not exist",
    "dangling-reference",
    "homework/x-sheet-1.yaml evidence.0",
    ({ homework }) => alter(homework, 0, { data: homeworkData("x-sheet-1", "adult-x", { evidence: ["nobody-1999"], basis: "evidence" }) }),
    /no source/,
  ],
  [
    "a co-occurring chapter that does not exist",
    "dangling-reference",
    "problems/adult/x.yaml cooccurring.3.chapter",
    ({ chapter }) =>
      chapter.cooccurring.push({
        chapter: "adult-nothing",
        advice: "Do the one thing before the other.",
        sequence: "before",
        basis: "practice-based",
      }),
    /no chapter "adult-nothing"/,
  ],
  [
    "a chapter that occurs together with itself",
    "dangling-reference",
    "problems/adult/x.yaml cooccurring.3.chapter",
    ({ chapter }) =>
      chapter.cooccurring.push({
        chapter: "adult-x",
        advice: "Do the one thing before the other.",
        sequence: "before",
        basis: "practice-based",
      }),
    /with itself/,
  ],
  [
    "a measure that does not exist",
    "dangling-reference",
    "problems/adult/x.yaml measures.2.id",
    ({ chapter }) => chapter.measures.push({ id: "nothing", everyWeeks: 2, because: "It shows nothing." }),
    /no measure "nothing"/,
  ],
  [
    "a file that is not named after its id",
    "dangling-reference",
    "homework/another-name.yaml id",
    ({ homework }) => alter(homework, 0, { path: "homework/another-name.yaml" }),
    /belongs in homework\/x-sheet-1\.yaml/,
  ],
  [
    "two fields of one name on a sheet",
    "duplicate-id",
    "homework/x-sheet-1.yaml fields",
    ({ homework }) =>
      alter(homework, 0, {
        data: homeworkData("x-sheet-1", "adult-x", {
          fields: [
            { id: "one", label: "First", kind: "text" },
            { id: "one", label: "Second", kind: "text" },
          ],
        }),
      }),
    /same id/,
  ],
  [
    "two cautions for one state",
    "duplicate-id",
    "problems/adult/x.yaml interventions.1.cautions",
    ({ chapter }) => {
      for (const action of ["hold", "adapt"])
        chapter.interventions[1]?.cautions.push({ when: "minor", action, because: "Because of reasons that are good." });
    },
    /same state/,
  ],

  // Sentences
  [
    "a sentence that stands twice",
    "near-duplicate",
    "problems/adult/x.yaml interventions.5.text",
    ({ chapter }) => alter(chapter.interventions, 5, { text: chapter.interventions[2]?.text }),
    /nearly the same \(100 %\) as x-int-2 text/,
  ],
  [
    "a client sentence of another's record sentence",
    "near-duplicate",
    "problems/adult/x.yaml interventions.5.plain",
    ({ chapter }) => alter(chapter.interventions, 5, { plain: chapter.interventions[2]?.text }),
    /nearly the same/,
  ],
  [
    "a homework step that stands in a chapter",
    "near-duplicate",
    "homework/x-sheet-1.yaml steps.0",
    ({ chapter, homework }) =>
      alter(homework, 0, { data: homeworkData("x-sheet-1", "adult-x", { steps: [chapter.goals[0]?.plain, chapter.goals[1]?.plain] }) }),
    /nearly the same/,
  ],
  [
    "a client sentence that is too hard",
    "reading-level",
    "problems/adult/x.yaml goals.1.plain",
    ({ chapter }) => alter(chapter.goals, 1, { plain: "Psychoeducation facilitates comprehension of interoceptive hypervigilance." }),
    /Grade \d+\.\d, above 8: .* replace: .*hypervigilance/,
  ],
  [
    "a homework sheet that is too hard",
    "reading-level",
    "homework/x-sheet-1.yaml ",
    ({ homework }) =>
      alter(homework, 0, {
        data: homeworkData("x-sheet-1", "adult-x", {
          steps: Array(6)
            .fill("Psychoeducation facilitates comprehension of interoceptive hypervigilance.")
            .map((text: string, i) => `${text.slice(0, -1)} number ${i} ${"abcdef"[i]}${i}x ${"ghijkl"[i]}${i}y.`),
        }),
      }),
    /Grade/,
  ],

  // Numbers
  [
    "too few definitions",
    "minimum-count",
    "problems/adult/x.yaml definitions",
    ({ chapter }) => {
      chapter.definitions.splice(11);
      chapter.goals[5]?.definitions.pop();
    },
    /at least 12 definitions; here are 11/,
  ],
  [
    "too few discharge criteria",
    "minimum-count",
    "problems/adult/x.yaml dischargeCriteria",
    ({ chapter }) => chapter.dischargeCriteria.splice(3),
    /at least 4 dischargeCriteria; here are 3/,
  ],
  [
    "too few objectives bound to a measure",
    "minimum-count",
    "problems/adult/x.yaml objectives",
    ({ chapter }) => {
      for (const [i, words] of [
        [2, "Nine other words stand in this one text"],
        [3, "Here are nine words more that say nothing"],
        [4, "And nine again so that no two are alike"],
      ] as const)
        alter(chapter.objectives, i, { metric: { kind: "milestone", evidenceOfDone: "The sheet is there" }, text: `${words} {date}` });
    },
    /At least 3 objectives are bound to a measure; here are 2/,
  ],
  [
    "too little homework",
    "minimum-count",
    "problems/adult/x.yaml ",
    ({ chapter, homework }) => {
      homework.splice(1);
      chapter.interventions[0]?.homework.splice(1);
    },
    /At least 2 homework files/,
  ],
  [
    "too little advice for what occurs together with it",
    "minimum-count",
    "problems/adult/x.yaml cooccurring",
    ({ chapter }) => chapter.cooccurring.pop(),
    /at least 3 cooccurring; here are 2/,
  ],
  [
    "advice given twice",
    "duplicate-id",
    "problems/adult/x.yaml cooccurring.3.chapter",
    ({ chapter }) =>
      chapter.cooccurring.push({
        chapter: "adult-p",
        advice: "Do the one thing before the other.",
        sequence: "before",
        basis: "practice-based",
      }),
    /"adult-p" is spoken of twice/,
  ],
  ["too few dangers", "minimum-count", "problems/adult/x.yaml risks", ({ chapter }) => chapter.risks.pop(), /at least 3 risks; here are 2/],
  [
    "a danger that claims evidence and names no source",
    "evidence-basis",
    "problems/adult/x.yaml risks.1.basis",
    ({ chapter }) => alter(chapter.risks, 1, { basis: "evidence" }),
    /names no source/,
  ],
  [
    "a further measure that is already given",
    "duplicate-id",
    "problems/adult/x.yaml furtherMeasures.0.id",
    ({ chapter }) => chapter.furtherMeasures.push({ id: "phq9", because: "It is given already." }),
    /already stands among the measures/,
  ],
  [
    "a chapter that is no common one and has too little for one",
    "minimum-count",
    "problems/adult/x.yaml interventions",
    ({ chapter }) => {
      chapter.common = false;
      chapter.interventions.splice(29);
    },
    /A chapter needs at least 30 interventions; here are 29/,
  ],

  // Where chapters stand
  [
    "a chapter that stands in no group",
    "contents",
    "problems/adult/x.yaml id",
    ({ contents }) => contents.splice(0, 1),
    /does not stand in contents\.yaml/,
  ],
  [
    "a chapter that stands in the contents twice",
    "contents",
    "contents.yaml 0.groups.0.chapters.5",
    ({ contents }) => contents.push("adult-x"),
    /"adult-x" stands here twice/,
  ],
  [
    "an id without its chapter's prefix",
    "prefix",
    "problems/adult/x.yaml dischargeCriteria.0.id",
    ({ chapter }) => alter(chapter.dischargeCriteria, 0, { id: "other-dis-0" }),
    /does not begin with the prefix of its chapter, "x-"/,
  ],
  [
    "a prefix that a practice's own chapter may have",
    "prefix",
    "problems/adult/z.yaml prefix",
    (parts) => parts.more.push({ kind: "chapter", path: "problems/adult/z.yaml", content: Chapter.parse(chapterData("z")) }),
    /Prefixes that begin with z are those of a practice's own chapters/,
  ],
  [
    "a code that leads to two chapters",
    "diagnosis-code",
    "problems/adult/y.yaml diagnoses.0",
    (parts) => parts.more.push({ kind: "chapter", path: "problems/adult/y.yaml", content: Chapter.parse(chapterData("y")) }),
    /F32 already leads to "adult-x"\. Name it under relatedCodes/,
  ],

  // Words
  [
    "words that blame the client",
    "blame",
    "problems/adult/x.yaml definitions.0.text",
    ({ chapter }) => alter(chapter.definitions, 0, { text: "Is noncompliant with what was agreed in the last session." }),
    /"noncompliant" blames the client .* say what was not done/,
  ],
  [
    "a person who is their diagnosis",
    "blame",
    "problems/adult/x.yaml barriers.0",
    ({ chapter }) => alter(chapter.barriers, 0, { response: ["Gives the alcoholic time to come back of their own will."] }),
    /"alcoholic" blames/,
  ],
  [
    "an objective that begins with what nobody can see",
    "vague-objective",
    "problems/adult/x.yaml objectives.14.text",
    ({ chapter }) => alter(chapter.objectives, 14, { text: "Work on trust in other people until it has grown by {date}." }),
    /"Work on" cannot be seen or counted/,
  ],
  [
    "a danger that is planned for and never looked at again",
    "safety",
    "problems/adult/x.yaml interventions",
    ({ chapter }) => alter(chapter.objectives, 0, { signals: [{ kind: "state", state: "ongoing-violence" }] }),
    /called for by ongoing-violence, and no intervention for them looks at that danger again/,
  ],
  [
    "means put out of reach outside the safety strand",
    "safety",
    "problems/adult/x.yaml objectives.2",
    ({ chapter }) => alter(chapter.objectives, 2, { meansSafety: true }),
    /puts means out of reach and has to be marked safety too/,
  ],
  [
    "a question's number said beside the measure that holds it",
    "template-blank",
    "problems/adult/x.yaml objectives.0.plain",
    ({ chapter }) =>
      alter(chapter.objectives, 0, {
        metric: { kind: "measure", measure: "phq9", item: 9, direction: "decrease", target: 0 },
        text: "Have thoughts of death go from {baseline} to {target} on {measure} by {date}.",
        plain: "By {date} question 9 of your {measure} goes from {baseline} to {target}.",
      }),
    /Leave out "question 9"/,
  ],
  [
    "too few approaches",
    "approach-coverage",
    "problems/adult/x.yaml interventions",
    ({ chapter }) => {
      for (const intervention of chapter.interventions) if (intervention.approach === "supportive") intervention.approach = "humanistic";
    },
    /at least 4 approaches are needed; here are 3/,
  ],
  [
    "an approach in name only",
    "approach-coverage",
    "problems/adult/x.yaml interventions",
    ({ chapter }) => {
      for (const [i, intervention] of chapter.interventions.entries())
        if (i >= 24) intervention.approach = i === 24 ? "psychodynamic" : i === 25 ? "humanistic" : i < 36 ? "cbt" : "supportive";
    },
    /At least 3 approaches need 8 interventions each; here 2 have/,
  ],

  // The chain from definition to intervention
  [
    "a definition that no goal answers",
    "goal-coverage",
    "problems/adult/x.yaml definitions.6",
    ({ chapter }) => chapter.goals[0]?.definitions.pop(),
    /No goal answers the definition "x-def-6"/,
  ],
  [
    "a goal with a single objective",
    "goal-coverage",
    "problems/adult/x.yaml goals.5",
    ({ chapter }) => alter(chapter.objectives, 5, { goals: ["x-goal-1"] }),
    /needs at least 2 objectives; it has 1/,
  ],
  [
    "an objective with too few interventions",
    "objective-coverage",
    "problems/adult/x.yaml objectives.3",
    ({ chapter }) => {
      for (const [i, intervention] of chapter.interventions.entries())
        if (i > 3) intervention.objectives = intervention.objectives.filter((id) => id !== "x-obj-3");
    },
    /needs at least 3 interventions; it has 1/,
  ],
  [
    "an objective with interventions of one approach",
    "objective-coverage",
    "problems/adult/x.yaml objectives.3",
    ({ chapter }) => {
      for (const intervention of chapter.interventions)
        if (intervention.approach !== "cbt")
          intervention.objectives = intervention.objectives.map((id) => (id === "x-obj-3" ? "x-obj-4" : id));
      chapter.interventions[5]?.objectives.push("x-obj-3");
    },
    /come from one approach/,
  ],
  [
    "a safety goal without a safety objective",
    "safety",
    "problems/adult/x.yaml goals.0",
    ({ chapter }) => alter(chapter.objectives, 0, { safety: false }),
    /has no objective marked safety/,
  ],
  [
    "a safety objective that serves no safety goal",
    "safety",
    "problems/adult/x.yaml objectives.1",
    ({ chapter }) => alter(chapter.objectives, 1, { safety: true }),
    /serves no safety goal/,
  ],
  [
    "a safety objective that no record calls for",
    "safety",
    "problems/adult/x.yaml objectives.0.signals",
    ({ chapter }) => alter(chapter.objectives, 0, { signals: [] }),
    /Nothing in a record calls for the safety objective "x-obj-0"/,
  ],

  // Evidence
  [
    "evidence without a source",
    "evidence-basis",
    "problems/adult/x.yaml interventions.1.basis",
    ({ chapter }) => alter(chapter.interventions, 1, { basis: "evidence" }),
    /names no source/,
  ],
  [
    "practice-based with a source",
    "evidence-basis",
    "problems/adult/x.yaml expectedOutcomes.0.basis",
    ({ chapter }) => chapter.expectedOutcomes[0]?.evidence.push("source-1"),
    /practice-based but names a source/,
  ],
  [
    "homework that claims evidence without a source",
    "evidence-basis",
    "homework/x-sheet-1.yaml basis",
    ({ homework }) => alter(homework, 0, { data: homeworkData("x-sheet-1", "adult-x", { basis: "evidence" }) }),
    /names no source/,
  ],

  // Objectives that cannot be measured
  [
    "a measure that the chapter does not give",
    "unmeasurable-objective",
    "problems/adult/x.yaml objectives.0.metric.measure",
    ({ chapter }) =>
      alter(chapter.objectives, 0, { metric: { kind: "measure", measure: "pcl5", direction: "decrease", target: "cutoff" } }),
    /does not list "pcl5"/,
  ],
  [
    "a measure unknown to the library",
    "dangling-reference",
    "problems/adult/x.yaml objectives.0.metric.measure",
    ({ chapter }) =>
      alter(chapter.objectives, 0, { metric: { kind: "measure", measure: "nothing", direction: "decrease", target: "cutoff" } }),
    /no measure "nothing"/,
  ],
  [
    "remission on a measure without a threshold for it",
    "unmeasurable-objective",
    "problems/adult/x.yaml objectives.0.metric.target",
    ({ chapter }) => {
      chapter.measures.push({ id: "pcl5", everyWeeks: 4, because: "It shows the trauma." });
      alter(chapter.objectives, 0, { metric: { kind: "measure", measure: "pcl5", direction: "decrease", target: "remission" } });
    },
    /PCL-5 has no remission threshold/,
  ],
  [
    "a threshold on a single item",
    "unmeasurable-objective",
    "problems/adult/x.yaml objectives.0.metric.target",
    ({ chapter }) =>
      alter(chapter.objectives, 0, { metric: { kind: "measure", measure: "phq9", item: 3, direction: "decrease", target: "cutoff" } }),
    /single item has no cutoff/,
  ],
  [
    "an item that the measure does not have",
    "unmeasurable-objective",
    "problems/adult/x.yaml objectives.0.metric.item",
    ({ chapter }) =>
      alter(chapter.objectives, 0, { metric: { kind: "measure", measure: "gad7", item: 8, direction: "decrease", target: 1 } }),
    /GAD-7 has no item 8/,
  ],
  [
    "an answer that the item does not have",
    "unmeasurable-objective",
    "problems/adult/x.yaml objectives.0.metric.target",
    ({ chapter }) =>
      alter(chapter.objectives, 0, { metric: { kind: "measure", measure: "phq9", item: 3, direction: "decrease", target: 4 } }),
    /answered 0, 1, 2, 3; 4 is none/,
  ],
  [
    "a score outside the range",
    "unmeasurable-objective",
    "problems/adult/x.yaml objectives.0.metric.target",
    ({ chapter }) => alter(chapter.objectives, 0, { metric: { kind: "measure", measure: "phq9", direction: "decrease", target: 30 } }),
    /runs from 0 to 27/,
  ],
  [
    "a score that is to get worse",
    "unmeasurable-objective",
    "problems/adult/x.yaml objectives.0.metric.direction",
    ({ chapter }) =>
      alter(chapter.objectives, 0, { metric: { kind: "measure", measure: "phq9", direction: "increase", target: "cutoff" } }),
    /moves the other way/,
  ],
  [
    "a count beyond its largest value",
    "unmeasurable-objective",
    "problems/adult/x.yaml objectives.6.metric.target",
    ({ chapter }) =>
      alter(chapter.objectives, 6, { metric: { kind: "count", unit: "days a week", direction: "increase", target: 8, max: 7 } }),
    /above the largest value/,
  ],
  [
    "a count that cannot come down",
    "unmeasurable-objective",
    "problems/adult/x.yaml objectives.6.metric.target",
    ({ chapter }) =>
      alter(chapter.objectives, 6, { metric: { kind: "count", unit: "days a week", direction: "decrease", target: 7, max: 7 } }),
    /come down/,
  ],
  [
    "a count that cannot rise",
    "unmeasurable-objective",
    "problems/adult/x.yaml objectives.6.metric.target",
    ({ chapter }) =>
      alter(chapter.objectives, 6, { metric: { kind: "count", unit: "days a week", direction: "increase", target: 0, max: 7 } }),
    /rise to 0/,
  ],
  [
    "a rating that cannot come down",
    "unmeasurable-objective",
    "problems/adult/x.yaml objectives.10.metric.target",
    ({ chapter }) =>
      alter(chapter.objectives, 10, { metric: { kind: "rating", zero: "none", ten: "the worst", direction: "decrease", target: 10 } }),
    /come down to 10/,
  ],
  [
    "a rating that cannot rise",
    "unmeasurable-objective",
    "problems/adult/x.yaml objectives.10.metric.target",
    ({ chapter }) =>
      alter(chapter.objectives, 10, { metric: { kind: "rating", zero: "none", ten: "the most", direction: "increase", target: 0 } }),
    /rise to 0/,
  ],

  // Templates
  [
    "a blank that nothing fills",
    "template-blank",
    "problems/adult/x.yaml objectives.6.plain",
    ({ chapter }) => alter(chapter.objectives, 6, { plain: "You do this on {count} days." }),
    /\{count\} is neither/,
  ],
  [
    "a date that is missing",
    "template-blank",
    "problems/adult/x.yaml objectives.13.text",
    ({ chapter }) => alter(chapter.objectives, 13, { text: "A text of some nine words without any blank" }),
    /no \{date\}/,
  ],
  [
    "a baseline that is missing",
    "template-blank",
    "problems/adult/x.yaml objectives.6.text",
    ({ chapter }) => alter(chapter.objectives, 6, { text: "Nine words of its own that lead to {target} by {date}" }),
    /no \{baseline\}/,
  ],
  [
    "a measure named where there is none",
    "template-blank",
    "problems/adult/x.yaml objectives.6.text",
    ({ chapter }) => alter(chapter.objectives, 6, { text: "Nine words of its own {measure} {baseline} {target} {date}" }),
    /\{measure\} stands only/,
  ],
  [
    "a brace left open",
    "template-blank",
    "problems/adult/x.yaml objectives.6.text",
    ({ chapter }) => alter(chapter.objectives, 6, { text: "Nine words of its own {baseline} {target} {date} {" }),
    /brace is left open/,
  ],
  [
    "a parameter that is not used",
    "template-blank",
    "problems/adult/x.yaml objectives.6.parameters.place",
    ({ chapter }) => alter(chapter.objectives, 6, { parameters: { place: { kind: "text", label: "Where", example: "at home" } } }),
    /used nowhere/,
  ],
  [
    "a parameter that is the metric's",
    "template-blank",
    "problems/adult/x.yaml objectives.6.parameters.target",
    ({ chapter }) =>
      alter(chapter.objectives, 6, { parameters: { target: { kind: "number", label: "Target", default: 1, min: 0, max: 2 } } }),
    /filled by the metric/,
  ],
  [
    "a default that is not among the options",
    "template-blank",
    "problems/adult/x.yaml objectives.6.parameters.place.default",
    ({ chapter }) => {
      alter(chapter.objectives, 6, {
        text: `${chapter.objectives[6]?.text} {place}`,
        parameters: { place: { kind: "choice", label: "Where", options: ["at home", "at work"], default: "elsewhere" } },
      });
    },
    /none of the options/,
  ],
  [
    "a default outside its bounds",
    "template-blank",
    "problems/adult/x.yaml objectives.6.parameters.times.default",
    ({ chapter }) => {
      alter(chapter.objectives, 6, {
        text: `${chapter.objectives[6]?.text} {times}`,
        parameters: { times: { kind: "number", label: "Times", default: 9, min: 1, max: 7 } },
      });
    },
    /not between 1 and 7/,
  ],
  [
    "a blank in an intervention",
    "template-blank",
    "problems/adult/x.yaml interventions.1.text",
    ({ chapter }) => alter(chapter.interventions, 1, { text: "Teaches the client what is on the sheet by {date}" }),
    /Only objectives have blanks/,
  ],

  // Signals and courses
  [
    "a signal on a measure that does not exist",
    "signal",
    "problems/adult/x.yaml definitions.0.signals.0.measure",
    ({ chapter }) => alter(chapter.definitions, 0, { signals: [{ kind: "score", measure: "nothing", atLeast: 10 }] }),
    /no measure "nothing"/,
  ],
  [
    "a signal on an item that does not exist",
    "signal",
    "problems/adult/x.yaml definitions.0.signals.0.item",
    ({ chapter }) => alter(chapter.definitions, 0, { signals: [{ kind: "item", measure: "phq9", item: 11, atLeast: 2 }] }),
    /no item 11/,
  ],
  [
    "a signal that never holds",
    "signal",
    "problems/adult/x.yaml definitions.0.signals.0.atLeast",
    ({ chapter }) => alter(chapter.definitions, 0, { signals: [{ kind: "item", measure: "phq9", item: 1, atLeast: 4 }] }),
    /never hold/,
  ],
  [
    "a signal that always holds",
    "signal",
    "problems/adult/x.yaml objectives.1.signals.0.atLeast",
    ({ chapter }) => chapter.objectives[1]?.signals.push({ kind: "score", measure: "phq9", atLeast: 0 }),
    /always hold/,
  ],
  [
    "an outline whose agenda is longer than its hour",
    "agenda",
    "outlines/x-course.yaml sessions.0.agenda",
    ({ more }) => more.push({ kind: "outline", path: "outlines/x-course.yaml", content: exampleOutline({ minutes: 45 }) }),
    /takes 50 minutes where a session has 45/,
  ],
  [
    "two courses for one severity",
    "course",
    "problems/adult/x.yaml courses.1.severity",
    ({ chapter }) => alter(chapter.courses, 1, { severity: "mild" }),
    /same severity/,
  ],
  [
    "courses whose scores overlap",
    "course",
    "problems/adult/x.yaml courses.0.score",
    ({ chapter }) => alter(chapter.courses, 1, { score: [9, 27] }),
    /overlap/,
  ],
  [
    "a course's score outside the measure",
    "course",
    "problems/adult/x.yaml courses.1.score",
    ({ chapter }) => alter(chapter.courses, 1, { score: [15, 63] }),
    /within 0 to 27/,
  ],
  [
    "more sessions than weeks allow",
    "course",
    "problems/adult/x.yaml courses.1.sessions",
    ({ chapter }) => alter(chapter.courses, 1, { sessions: [30, 40] }),
    /30 do not fit/,
  ],
  [
    "sessions the wrong way round",
    "course",
    "problems/adult/x.yaml courses.1.sessions",
    ({ chapter }) => alter(chapter.courses, 1, { sessions: [20, 16] }),
    /smaller number/,
  ],
  [
    "a measure given more often than it may be",
    "course",
    "problems/adult/x.yaml measures.2.everyWeeks",
    (parts) => {
      parts.more.push(anotherMeasure({ interval: { minDays: 84, usualDays: 180 } }));
      parts.chapter.measures.push({ id: "other", everyWeeks: 4, because: "It shows how it goes." });
    },
    /at the earliest after 84 days/,
  ],

  // Measures
  [
    "an item out of order",
    "measure",
    "measures/other.yaml items.1.number",
    ({ more }) => more.push(anotherMeasure({ items: phq9.items.map((item, i) => (i === 1 ? { ...item, number: 1 } : item)) })),
    /this is item 2/,
  ],
  [
    "a range that the items do not give",
    "measure",
    "measures/other.yaml scoring.range",
    ({ more }) => more.push(anotherMeasure({ scoring: { ...phq9.scoring, range: [0, 30] } })),
    /come to 0 to 27/,
  ],
  [
    "bands with a gap",
    "measure",
    "measures/other.yaml bands.1.from",
    ({ more }) => more.push(anotherMeasure({ bands: phq9.bands.map((band, i) => (i === 1 ? { ...band, from: 6 } : band)) })),
    /begins at 5/,
  ],
  [
    "bands that end too early",
    "measure",
    "measures/other.yaml bands.4.to",
    ({ more }) => more.push(anotherMeasure({ bands: phq9.bands.map((band, i) => (i === 4 ? { ...band, to: 26 } : band)) })),
    /ends at 27/,
  ],
  [
    "a flag on an item that does not exist",
    "measure",
    "measures/other.yaml flags.0.item",
    ({ more }) =>
      more.push(anotherMeasure({ flags: [{ item: 11, atLeast: 1, kind: "suicide-risk", message: "A message of some length" }] })),
    /no item 11/,
  ],
  [
    "a cutoff outside the range",
    "measure",
    "measures/other.yaml cutoff.atLeast",
    ({ more }) => more.push(anotherMeasure({ cutoff: { atLeast: 28, name: "case", source: "made up" } })),
    /outside the range/,
  ],

  [
    "a kind of hit that counts once, counted as often as it has items",
    "measure",
    "measures/other.yaml scoring.range",
    ({ more }) =>
      more.push(
        anotherMeasure({
          scoring: {
            ...phq9.scoring,
            method: "hits",
            range: [0, 3],
            maxMissing: 0,
            hits: [{ items: [1, 2, 3], atLeast: 1, together: true }],
          },
          bands: [],
          cutoff: undefined,
          remission: undefined,
          reliableChange: undefined,
        }),
      ),
    /come to 0 to 1/,
  ],
  [
    "bands of a mean with a gap",
    "measure",
    "measures/other.yaml bands.1.from",
    ({ more }) =>
      more.push(
        anotherMeasure({
          scoring: { ...phq9.scoring, method: "mean", range: [0, 3] },
          bands: [
            { from: 0, to: 0.99, name: "low", severity: "none" },
            { from: 1.2, to: 3, name: "high", severity: "mild" },
          ],
          cutoff: undefined,
          remission: undefined,
          reliableChange: undefined,
        }),
      ),
    /begins at 1\./,
  ],
  [
    "a measure with conditions among those for everybody",
    "measure",
    "measures/other.yaml license.class",
    ({ more }) => more.push(anotherMeasure({ license: { ...phq9.license, class: "B" } })),
    /class B belongs in licensed-measures/,
  ],
  [
    "a measure without its wording among those for everybody",
    "measure",
    "measures/other.yaml license.class",
    ({ more }) =>
      more.push(anotherMeasure({ wording: "brought", instruction: "", items: phq9.items.map((item) => ({ ...item, text: "" })) })),
    /class A without its wording belongs in measure-skeletons/,
  ],
  [
    "a skeleton with the wording of a question",
    "measure",
    "measure-skeletons/other.yaml items.0.text",
    ({ more }) => more.push(skeleton({ items: phq9.items.map((item, i) => ({ ...item, text: i === 0 ? item.text : "" })) })),
    /for the practice to bring/,
  ],
  [
    "a skeleton with the owner's instruction",
    "measure",
    "measure-skeletons/other.yaml instruction",
    ({ more }) => more.push(skeleton({ instruction: phq9.instruction })),
    /for the practice to bring/,
  ],
  [
    "a chapter that gives a measure which a build may leave out",
    "measure",
    "problems/adult/x.yaml measures.1.id",
    ({ chapter, more }) => {
      more.push(withConditions());
      alter(chapter.measures, 1, { id: "other" });
    },
    /"other" \(licensed-measures\/other\.yaml\) can be left out of a build/,
  ],
  [
    "a signal by a measure which a build may leave out",
    "measure",
    "problems/adult/x.yaml definitions.0.signals.0.measure",
    ({ chapter, more }) => {
      more.push(withConditions());
      alter(chapter.definitions, 0, { signals: [{ kind: "item", measure: "other", item: 1, atLeast: 2 }] });
    },
    /refer to a measure in measures/,
  ],
  [
    "a case with a score of a measure that has no wording",
    "measure",
    "cases/rowan.yaml administrations.0.measure",
    ({ example, more }) => {
      more.push(skeleton({}));
      alter(example.administrations, 0, { measure: "other" });
    },
    /"other" \(measure-skeletons\/other\.yaml\)/,
  ],

  // Cases
  [
    "a case with a person's name",
    "case",
    "cases/rowan.yaml client.name.family",
    ({ example }) => alter([example.client], 0, { name: { given: "Rowan", family: "Smith" } }),
    /last name is "Example"/,
  ],
  [
    "a case of a chapter that does not exist",
    "dangling-reference",
    "cases/rowan.yaml chapter",
    ({ example }) => alter([example], 0, { chapter: "adult-nothing" }),
    /no chapter/,
  ],
  [
    "an answer given after the case is told",
    "case",
    "cases/rowan.yaml administrations.0.date",
    ({ example }) => alter(example.administrations, 0, { date: "2026-11-24" }),
    /after the day/,
  ],
  [
    "a risk assessed after the case is told",
    "case",
    "cases/rowan.yaml intake.risk.assessedOn",
    ({ example }) => alter([example], 0, { intake: { risk: { assessedOn: "2026-12-01" } } }),
    /after the day/,
  ],
  [
    "a diagnosis made after the case is told",
    "case",
    "cases/rowan.yaml diagnoses.0.diagnosedOn",
    ({ example }) => alter(example.diagnoses, 0, { diagnosedOn: "2027-01-01" }),
    /after the day/,
  ],
  [
    "answers too few",
    "case",
    "cases/rowan.yaml administrations.0",
    ({ example }) => alter(example.administrations, 0, { answers: [1, 1, 1] }),
    /9 to 10 items .*; here are 3 answers/,
  ],
  [
    "an answer out of range",
    "case",
    "cases/rowan.yaml administrations.0",
    ({ example }) => alter(example.administrations, 0, { answers: [4, 1, 1, 1, 1, 1, 1, 1, 1] }),
    /4 is none of these/,
  ],
  [
    "answers to another version",
    "case",
    "cases/rowan.yaml administrations.0",
    ({ example }) => alter(example.administrations, 0, { measureVersion: "0.9" }),
    /at version 1\.0/,
  ],
  [
    "answers to a measure that does not exist",
    "case",
    "cases/rowan.yaml administrations.0",
    ({ example }) => alter(example.administrations, 0, { measure: "nothing" }),
    /no measure/,
  ],
  [
    "no principal diagnosis",
    "case",
    "cases/rowan.yaml diagnoses",
    ({ example }) => alter(example.diagnoses, 0, { rank: "co-occurring" }),
    /Exactly one diagnosis/,
  ],
  [
    "a goal that does not exist",
    "dangling-reference",
    "cases/rowan.yaml workedPlan.goals.1.id",
    ({ example }) => alter(example.workedPlan.goals, 1, { id: "x-goal-99" }),
    /no goal "x-goal-99"/,
  ],
  [
    "a goal without an objective",
    "case",
    "cases/rowan.yaml workedPlan.goals.1",
    ({ example }) => alter(example.workedPlan.goals, 1, { id: "x-goal-3" }),
    /No objective of the plan serves the goal/,
  ],
  [
    "an objective for none of the goals",
    "case",
    "cases/rowan.yaml workedPlan.objectives.3",
    ({ example }) => {
      example.workedPlan.objectives.push("x-obj-3");
      example.workedPlan.interventions.push("x-int-3");
    },
    /serves none of the plan's goals/,
  ],
  [
    "an objective without an intervention",
    "case",
    "cases/rowan.yaml workedPlan.objectives.3",
    ({ example }) => example.workedPlan.objectives.push("x-obj-12"),
    /No intervention of the plan serves/,
  ],
  [
    "an intervention for none of the objectives",
    "case",
    "cases/rowan.yaml workedPlan.interventions.6",
    ({ example }) => example.workedPlan.interventions.push("x-int-3"),
    /serves none of the plan's objectives/,
  ],
  [
    "an intervention both used and held back",
    "case",
    "cases/rowan.yaml workedPlan.heldBack.0.id",
    ({ example }) => example.workedPlan.heldBack.push({ id: "x-int-0", because: "It would not be wise now." }),
    /both in the plan and held back/,
  ],
  [
    "an intervention used against its caution",
    "case",
    "cases/rowan.yaml workedPlan.interventions.0",
    ({ chapter, example }) => {
      chapter.interventions[0]?.cautions.push({ when: "pregnancy", action: "hold", because: "Because of reasons that are good." });
      example.intake = { medical: { pregnancy: true } };
    },
    /held back because of pregnancy, which this record shows/,
  ],
  [
    "an intervention held back for no reason in the record",
    "case",
    "cases/rowan.yaml workedPlan.heldBack.0.id",
    ({ chapter, example }) => {
      chapter.interventions[5]?.cautions.push({ when: "pregnancy", action: "hold", because: "Because of reasons that are good." });
      example.workedPlan.heldBack.push({ id: "x-int-5", because: "It would not be wise now." });
    },
    /Nothing in this record holds "x-int-5" back/,
  ],
  [
    "a rival method without a rival",
    "rival",
    "problems/adult/x.yaml interventions.5.rival",
    ({ chapter }) => alter(chapter.interventions, 5, { rival: { family: "memory", methods: ["one"] } }),
    /"memory" has no other method than "one"/,
  ],
];

describe("a fault is found where it is:", () => {
  test.each(faults)("%s", (_, rule, place, change, message) => {
    const found = lintLibrary(libraryAfter(change)).filter(
      (fault) => fault.rule === rule && `${fault.file} ${fault.path.join(".")}` === place,
    );
    expect(found.map((fault) => fault.message).join("\n")).toMatch(message);
  });
});

test.each<[string, Record<string, object>]>([
  ["its caution applies", { medical: { pregnancy: true } }],
  ["its approach was declined", { preferences: { declined: [{ approach: "cbt" }] } }],
  ["its approach made things worse", { priorTreatment: { treatments: [{ id: "t1", approach: "cbt", outcome: "made-worse" }] } }],
])("an intervention may be held back when %s", (_, intake) => {
  const library = libraryAfter(({ chapter, example }) => {
    chapter.interventions[5]?.cautions.push({ when: "pregnancy", action: "hold", because: "Because of reasons that are good." });
    example.workedPlan.heldBack.push({ id: "x-int-5", because: "It would not be wise now." });
    example.intake = intake;
  });
  expect(lintLibrary(library)).toEqual([]);
});

test("a near-duplicate in another file is told in both", () => {
  const library = libraryAfter(({ chapter, homework }) =>
    alter(homework, 0, { data: homeworkData("x-sheet-1", "adult-x", { ifStuck: chapter.goals[0]?.plain }) }),
  );
  expect(lintLibrary(library).map((fault) => [fault.rule, fault.file])).toEqual([
    ["near-duplicate", "homework/x-sheet-1.yaml"],
    ["near-duplicate", "problems/adult/x.yaml"],
  ]);
});

describe("a technique that one statement holds back", () => {
  const held = { when: "acute-suicide-risk", action: "hold", because: "Because of reasons that are good." };
  const afterCaution = (...cautions: object[]) =>
    lintLibrary(
      libraryAfter(({ chapter }) => {
        alter(chapter.interventions, 5, { technique: "a shared technique", cautions: [held] });
        alter(chapter.interventions, 6, { technique: "a shared technique", cautions });
      }),
    );

  test("is not offered by another without a word about it", () => {
    const [fault, ...more] = afterCaution();
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ rule: "safety", file: "problems/adult/x.yaml", path: ["interventions", 6, "cautions"] });
    expect(fault?.message).toMatch(/"x-int-5" holds a shared technique back because of acute risk of suicide/);
  });

  test.each([
    ["holds it too", held],
    ["adapts it", { ...held, action: "adapt" }],
    ["names the raised risk, which acute risk includes", { ...held, when: "elevated-suicide-risk", action: "adapt" }],
  ])("may be offered by another that %s", (_, caution) => expect(afterCaution(caution)).toEqual([]));

  test("is not excused by a word about something else", () =>
    expect(afterCaution({ ...held, when: "pregnancy", action: "adapt" })).toHaveLength(1));
});

describe("a rival method", () => {
  const after = (...rivals: (object | undefined)[]) =>
    lintLibrary(
      libraryAfter(({ chapter }) => {
        for (const [i, rival] of rivals.entries())
          alter(chapter.interventions, i + 5, { technique: `way ${Math.min(i, 1)}`, ...(rival && { rival }) });
      }),
    ).map(({ rule, path, message }) => `${rule} ${path.join(".")}: ${message}`);
  const one = { family: "memory", methods: ["one"] };
  const two = { family: "memory", methods: ["two", "three"] };

  test("is the same rival wherever its technique stands", () => {
    expect(after(one, two, { ...two, methods: ["three", "two"] })).toEqual([]);
    for (const other of [undefined, one])
      expect(after(one, two, other)).toEqual([
        expect.stringMatching(/^rival interventions\.7\.rival: way 1 is "memory: three, two" in "x-int-6"/),
      ]);
  });
});

test("what stands in a file that could not be read is not taken for missing", () => {
  const library = libraryAfter(({ chapter }) => chapter.interventions[0]?.evidence.push("nobody-1999"));
  expect(lintLibrary(library)).toHaveLength(1);
  expect(lintLibrary(library, { alsoKnown: new Set(["nobody-1999"]) })).toEqual([]);
});

describe("codes that the table does not have", () => {
  const none = { synonyms: [], specifiers: [] };
  const lint = (change: (parts: Parts) => void): string[] =>
    lintDiagnoses(libraryAfter(change), { table: smallTable, ...none }).map(
      (fault) => `${fault.file} ${fault.path.join(".")}: ${fault.message}`,
    );

  test("none in a faultless library", () => {
    expect(lint(() => {})).toEqual([]);
  });

  test.each<[string, (parts: Parts) => void, RegExp]>([
    ["of a chapter", ({ chapter }) => chapter.diagnoses.push("F33"), /x\.yaml diagnoses\.1: No billable code .* begins with F33/],
    [
      "of a signal",
      ({ chapter }) => alter(chapter.definitions, 1, { signals: [{ kind: "diagnosis", code: "F40.1" }] }),
      /definitions\.1\.signals\.0\.code: No billable/,
    ],
    [
      "retired",
      ({ example }) => alter(example.diagnoses, 0, { code: "F50.8", description: "Other eating disorders" }),
      /diagnoses\.0\.code: F50\.8 .* was retired/,
    ],
    [
      "a category",
      ({ example }) => alter(example.diagnoses, 0, { code: "F32", description: "Depressive episode" }),
      /diagnoses\.0\.code: .* cannot be billed/,
    ],
    [
      "with another description",
      ({ example }) => alter(example.diagnoses, 0, { description: "Depression" }),
      /The official description of F32\.1 is "Major/,
    ],
  ])("%s", (_, change, message) => {
    expect(lint(change).join("\n")).toMatch(message);
  });

  test("of the synonyms and specifiers", () => {
    const found = lintDiagnoses(libraryAfter(), {
      table: smallTable,
      synonyms: [
        { terms: ["low mood"], codes: ["F33"] },
        { terms: ["Low mood"], codes: ["F32"] },
      ],
      specifiers: [{ group: "Course", codes: ["F32"], except: ["F33.1"], choose: "any", specifiers: ["With a specifier"] }],
    });
    expect(found.map((fault) => `${fault.rule} ${fault.file} ${fault.path.join(".")}`)).toEqual([
      "diagnosis-code diagnoses/synonyms.yaml 0.codes.0",
      "duplicate-id diagnoses/synonyms.yaml 1.terms",
      "diagnosis-code diagnoses/specifiers.yaml 0.except.0",
    ]);
  });
});

test("every rule is shown by a fault above", () => {
  const shown = new Set<LibraryRule>([...faults.map(([, rule]) => rule), "diagnosis-code"]);
  expect(libraryRules.filter((rule) => !shown.has(rule))).toEqual([]);
});
