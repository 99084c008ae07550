import { SessionOutline } from "./outline.ts";

const session = (title: string, aim: string, ifNotReady: string, changes: object = {}) => ({
  title,
  aim,
  agenda: [
    { what: "Look at the week", minutes: 15 },
    { what: "Work on the theme of the day", minutes: 35 },
  ],
  homework: ["x-sheet-1"],
  ifNotReady,
  ...changes,
});

/** A made-up course of four sessions, the third of which may be left out. */
export const outlineData = (changes: object = {}) => ({
  id: "x-course",
  title: "A course for tests",
  chapters: ["adult-x"],
  approach: "cbt",
  fit: "For nobody but the tests of this file, whom it suits well.",
  minutes: 50,
  sessions: [
    session("Beginning", "Get to know each other.", "Talk about the weather."),
    session("Going on", "Try the first thing out.", "Watch the therapist try it."),
    session("On the side", "See what else might be of use.", "Leave this out.", { optional: true }),
    session("Leaving", "Say goodbye in good time.", "Say when to meet once more."),
  ],
  basis: "practice-based",
  ...changes,
});

export const exampleOutline = (changes: object = {}): SessionOutline => SessionOutline.parse(outlineData(changes));
