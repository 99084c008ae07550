import type { Span } from "./progress.ts";

/** Who looks at it: for a client nothing stands there that has to be explained first. */
export type Audience = "clinician" | "client";

export interface CourseFrame {
  readonly width: number;
  /** Without the key below. */
  readonly height: number;
  readonly span: Span;
  /** Size of the letters. */
  readonly text: number;
  readonly audience: Audience;
}

export const ink = { words: "#26231f", soft: "#544d45", line: "#1f5f54", cutoff: "#752d17", rule: "#8f8678", faint: "#d2c9ba" } as const;

/** Letters of the events within a picture, in their order: A, B, …, Z, A2, … */
export const eventLetter = (index: number): string => {
  const round = Math.floor(index / 26);
  return String.fromCharCode(65 + (index % 26)) + (round === 0 ? "" : String(round + 1));
};
