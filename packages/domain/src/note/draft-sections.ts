import { numberOf, planNumbers } from "../plan/numbering.ts";
import { objectiveText } from "../plan/objective-text.ts";
import { type NoteFormat, noteSections, type ProgressNote } from "./note.ts";
import { inShort, interventionName, type NoteContext } from "./note-context.ts";
import { riskLevelWords } from "./note-words.ts";
import { scoreSentence } from "./scores-since.ts";

/** What a note is put together from. */
type Piece = "goals" | "client" | "homework" | "scores" | "interventions" | "objectives" | "risk" | "next";

/** Which pieces each part of a format holds, in their order. */
const sectionPieces: { readonly [F in NoteFormat]: { readonly [S in (typeof noteSections)[F][number]]: readonly Piece[] } } = {
  soap: { subjective: ["client", "homework"], objective: ["scores", "interventions"], assessment: ["objectives", "risk"], plan: ["next"] },
  dap: { data: ["client", "homework", "scores", "interventions"], assessment: ["objectives", "risk"], plan: ["next"] },
  birp: { behavior: ["client", "homework", "scores"], intervention: ["interventions"], response: ["objectives", "risk"], plan: ["next"] },
  girp: {
    goal: ["goals"],
    intervention: ["interventions"],
    response: ["client", "homework", "scores", "objectives", "risk"],
    plan: ["next"],
  },
  free: { text: ["client", "homework", "scores", "interventions", "objectives", "risk", "next"] },
};

const piecesOf = (format: NoteFormat, section: string): readonly Piece[] =>
  (sectionPieces[format] as Readonly<Record<string, readonly Piece[]>>)[section] ?? [];

/** Ends as a sentence does. */
const sentence = (text: string): string => {
  const words = text.trim();
  return words === "" || /[.!?…”"]$/.test(words) ? words : `${words}.`;
};

const ratingSentences: Record<ProgressNote["objectives"][number]["rating"], string> = {
  none: "no progress",
  some: "some progress",
  good: "good progress",
  achieved: "achieved",
  worse: "worse than before",
};

const homeworkSentences: Record<ProgressNote["homework"][number]["outcome"], string> = {
  done: "done",
  partly: "done in part",
  "not-done": "not done",
};

/** Each piece as lines, saying what was ticked and nothing that was not. */
const lines: { readonly [P in Piece]: (note: ProgressNote, context: NoteContext) => readonly string[] } = {
  goals: (note, { plan }) => {
    if (plan === null) return [];
    const numbers = planNumbers(plan);
    const worked = new Set(note.objectives.map(({ objectiveId }) => objectiveId));
    return plan.goals.flatMap((goal) => {
      const objectives = plan.objectives.filter(({ id, goalId }) => goalId === goal.id && worked.has(id));
      if (objectives.length === 0) return [];
      const named = objectives.map(
        (objective) => `objective ${numberOf(numbers.objectives, objective.id)}, “${inShort(objectiveText(objective))}”`,
      );
      return [`Worked toward goal ${numberOf(numbers.goals, goal.id)}, “${inShort(goal.text)}”: ${named.join("; ")}.`];
    });
  },
  client: (note) => (note.client.trim() === "" ? [] : [note.client.trim()]),
  homework: (note, { homework }) =>
    note.homework.map(({ homeworkId, outcome, why, title }) => {
      const named = homework.find(({ id }) => id === homeworkId)?.title ?? title;
      return `Homework${named === "" ? "" : ` “${named}”`}: ${homeworkSentences[outcome]}.${why.trim() === "" ? "" : ` ${sentence(why)}`}`;
    }),
  scores: (_note, { scores }) => scores.map(scoreSentence),
  interventions: (note, { plan }) => {
    const plain = note.interventions.filter(({ comment }) => comment.trim() === "");
    const names = plain
      .map(({ interventionId, text }) => interventionName(plan, interventionId) || inShort(text))
      .filter((name) => name !== "");
    return [
      ...(names.length === 0 ? [] : [sentence(`Interventions used: ${names.join("; ")}`)]),
      ...note.interventions.flatMap(({ interventionId, comment, text }) => {
        if (comment.trim() === "") return [];
        const name = interventionName(plan, interventionId) || inShort(text);
        return [sentence(`${name[0]?.toUpperCase() ?? ""}${name.slice(1)}: ${comment.trim()}`)];
      }),
    ];
  },
  objectives: (note, { plan }) => {
    const numbers = plan === null ? null : planNumbers(plan);
    return note.objectives.map(({ objectiveId, rating, comment, text }) => {
      const objective = plan?.objectives.find(({ id }) => id === objectiveId);
      const named =
        objective === undefined || numbers === null
          ? `Objective “${inShort(text)}”`
          : `Objective ${numberOf(numbers.objectives, objectiveId)}, “${inShort(objectiveText(objective))}”`;
      return `${named}: ${ratingSentences[rating]}.${comment.trim() === "" ? "" : ` ${sentence(comment)}`}`;
    });
  },
  risk: ({ risk }) => {
    const own = risk.text.trim() === "" ? "" : ` ${sentence(risk.text)}`;
    switch (risk.state) {
      case "not-asked":
        return [];
      case "none":
        return [`Asked about risk of harm to self and others: no concern.${own}`];
      case "unchanged":
        return [`Asked about risk of harm to self and others: unchanged since it was last assessed.${own}`];
      case "changed":
        return [
          `Asked about risk of harm to self and others: changed${risk.level === null ? "" : `, now judged ${riskLevelWords[risk.level]}`}.${own}`,
        ];
    }
  },
  next: (note, { given }) => [
    ...(note.nextTime.trim() === "" ? [] : [`Next time: ${sentence(note.nextTime)}`]),
    ...(given.length === 0 ? [] : [`Homework given: ${given.map((title) => `“${title}”`).join(", ")}.`]),
  ],
};

const written = (pieces: readonly Piece[], note: ProgressNote, context: NoteContext): string =>
  pieces.flatMap((piece) => lines[piece](note, context)).join("\n");

/** The text that the ticks imply for one part, whatever stands there now. */
export function draftedSection(note: ProgressNote, context: NoteContext, section: string): string {
  return written(piecesOf(note.format, section), note, context);
}

/** All parts of the note's format: those in the clinician's own words as they are, the others as the ticks have it. */
export function draftedSections(note: ProgressNote, context: NoteContext): Record<string, string> {
  return Object.fromEntries(
    noteSections[note.format].map((section) => [
      section,
      note.ownWords.includes(section) ? (note.sections[section] ?? "") : draftedSection(note, context, section),
    ]),
  );
}

/** The note with its text following the ticks. */
export const withDraftedText = (note: ProgressNote, context: NoteContext): ProgressNote => ({
  ...note,
  sections: draftedSections(note, context),
});

/**
 * The note in another format. A part in own words goes to the part that takes most of what it held, with what else belongs there as the ticks have it:
 * not a word of the clinician's is lost.
 */
export function inFormat(note: ProgressNote, format: NoteFormat, context: NoteContext): ProgressNote {
  if (format === note.format) return note;
  const names: readonly string[] = noteSections[format];
  const own = new Map<string, { readonly texts: string[]; readonly said: Set<Piece> }>();
  for (const section of note.ownWords) {
    const held = piecesOf(note.format, section);
    const shared = (name: string) => piecesOf(format, name).filter((piece) => held.includes(piece)).length;
    const home = names.includes(section) ? section : (names.toSorted((a, b) => shared(b) - shared(a))[0] ?? "text");
    const there = own.get(home) ?? { texts: [], said: new Set<Piece>() };
    there.texts.push(note.sections[section] ?? "");
    for (const piece of held) there.said.add(piece);
    own.set(home, there);
  }
  const next: ProgressNote = { ...note, format, ownWords: [...own.keys()], sections: {} };
  const sections = Object.fromEntries(
    [...own].map(([section, { texts, said }]) => [
      section,
      [
        ...texts,
        written(
          piecesOf(format, section).filter((piece) => !said.has(piece)),
          note,
          context,
        ),
      ]
        .filter((text) => text.trim() !== "")
        .join("\n"),
    ]),
  );
  return withDraftedText({ ...next, sections }, context);
}

/** A part's new text. Made the same as the ticks have it, it follows them again. */
export function withOwnWords(note: ProgressNote, context: NoteContext, section: string, text: string): ProgressNote {
  const others = note.ownWords.filter((name) => name !== section);
  const follows = text === draftedSection(note, context, section);
  return { ...note, sections: { ...note.sections, [section]: text }, ownWords: follows ? others : [...others, section] };
}

/** The note with the text of those parts alone that are in own words: what two windows can differ in. The others follow from the ticks. */
export const ownWordsOnly = (note: ProgressNote): ProgressNote => ({
  ...note,
  sections: Object.fromEntries(Object.entries(note.sections).filter(([section]) => note.ownWords.includes(section))),
});
