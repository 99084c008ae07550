import type { SaveState } from "./saver.ts";

export type SaveTone = "quiet" | "busy" | "warning" | "attention";

export interface SaveWords {
  readonly tone: SaveTone;
  readonly short: string;
  /** What happened and what to do, where there is something to know. */
  readonly long: string;
}

/** A save state in words that need no explanation. */
export function saveWords(state: SaveState, clock: (instant: number) => string): SaveWords {
  switch (state.kind) {
    case "saved":
      return { tone: "quiet", short: state.at === null ? "All changes saved" : `Saved at ${clock(state.at)}`, long: "" };
    case "unsaved":
      return { tone: "busy", short: "Typing…", long: "" };
    case "saving":
      return { tone: "busy", short: "Saving…", long: "" };
    case "offline":
      return {
        tone: "warning",
        short: "Not saved: no connection",
        long: "Trellis cannot be reached. What you typed stays on this page, and saving is tried again by itself. Keep the page open.",
      };
    case "failed":
      return {
        tone: "warning",
        short: "Not saved yet",
        long: `${state.message} What you typed stays on this page, and saving is tried again by itself. Keep the page open.`,
      };
    case "refused":
      return {
        tone: "attention",
        short: "Not saved",
        long: refusal(
          state.problem.errors.map(({ message }) => message),
          state.problem.message,
        ),
      };
    case "conflict":
      return {
        tone: "attention",
        short: "Not saved: changed elsewhere",
        long: "The same text was changed in another tab or by somebody else. Choose what to keep; nothing is overwritten until you do.",
      };
  }
}

function refusal(messages: readonly string[], otherwise: string): string {
  return `${messages.length > 0 ? messages.join(" ") : otherwise} What you typed stays on this page.`;
}
