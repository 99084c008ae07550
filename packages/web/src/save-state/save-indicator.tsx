import { type ReactNode, useEffect, useState } from "react";
import classes from "./save-indicator.module.css";
import { saveWords } from "./save-words.ts";
import type { SaveState } from "./saver.ts";

const clock = (instant: number) => new Date(instant).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });

interface Props {
  readonly state: SaveState;
  /** Says the whole sentence, not only the short word. */
  readonly full?: boolean;
  /** What to do about it, e.g. a link. */
  readonly action?: ReactNode;
}

/**
 * Says in words whether what was typed is saved. Screen readers hear it when something goes wrong or is right again, not at every
 * keystroke.
 */
export function SaveIndicator({ state, full = true, action }: Props) {
  const words = saveWords(state, clock);
  const troubled = words.tone === "warning" || words.tone === "attention";
  const [spoken, setSpoken] = useState("");
  const long = words.long;
  useEffect(() => {
    setSpoken((before) => (troubled ? `${words.short}. ${long}` : before === "" ? "" : state.kind === "saved" ? "Saved." : before));
  }, [troubled, words.short, long, state.kind]);
  return (
    <div className={classes.indicator} data-tone={words.tone} data-save-state={state.kind}>
      <span className={classes.dot} aria-hidden="true" />
      <span>
        <span className={classes.short}>{words.short}</span>
        {full && long !== "" && <span className={classes.long}> {long}</span>} {action}
      </span>
      <span role="status" className={classes.spoken}>
        {spoken}
      </span>
    </div>
  );
}
