import { useBlocker } from "@tanstack/react-router";
import { useRef } from "react";

/** Asks before a form with words in it is left that only its button saves. Returns what to call once they are saved. */
export function useLeaveWarning(dirty: boolean): () => void {
  const saved = useRef(false);
  useBlocker({
    shouldBlockFn: () => dirty && !saved.current && !window.confirm("What you typed here is not saved yet. Leave all the same?"),
    enableBeforeUnload: () => dirty && !saved.current,
  });
  return () => {
    saved.current = true;
  };
}
