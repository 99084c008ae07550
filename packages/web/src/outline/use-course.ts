import type { OutlineCourse } from "@trellis/domain/outline/outline-course";
import { useState } from "react";
import { removeCourse, saveCourse } from "../api/outlines.ts";
import type { Kept } from "../api/treatment.ts";

export interface CourseSaving {
  /** Saves the changed course. True when it arrived. */
  readonly change: (content: OutlineCourse, told: string) => Promise<boolean>;
  readonly remove: () => Promise<boolean>;
  readonly busy: boolean;
  readonly error: unknown;
  /** Changes with every attempt, for the summary of what went wrong. */
  readonly attempt: number;
  /** What was done last, for screen readers. */
  readonly told: string;
}

/** Going on in one course: every step is saved at once, on the state it was made on. */
export function useCourse(clientId: string, course: Kept<OutlineCourse>): CourseSaving {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [told, setTold] = useState("");

  async function send(work: () => Promise<void>, words: string): Promise<boolean> {
    setBusy(true);
    setError(undefined);
    setAttempt((count) => count + 1);
    try {
      await work();
      setTold(words);
      return true;
    } catch (caught) {
      setError(caught);
      return false;
    } finally {
      setBusy(false);
    }
  }

  return {
    // Whoever opens a course again has the others before them: both may go on.
    change: (content, words) => send(() => saveCourse(clientId, { ...course, content }, true), words),
    remove: () => send(() => removeCourse(clientId, course), "Course taken back."),
    busy,
    error,
    attempt,
    told,
  };
}
