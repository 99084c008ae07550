import { VisuallyHidden } from "@mantine/core";
import { excerptOf } from "@trellis/domain/plan/difference/excerpt";
import type { WordChange } from "@trellis/domain/plan/difference/word-changes";
import classes from "./history.module.css";

/** Words as with a pencil: struck where they were taken out, underlined where they are new. Who listens hears it said. */
export function MarkedWords({ words }: { readonly words: readonly WordChange[] }) {
  return (
    <span dir="auto">
      {excerptOf(words).map(({ kind, text }, index) =>
        kind === "same" ? <span key={index}>{text}</span> : kind === "out" ? <Out key={index}>{text}</Out> : <In key={index}>{text}</In>,
      )}
    </span>
  );
}

export function Out({ children }: { readonly children: string }) {
  return (
    <del className={classes.out}>
      <VisuallyHidden>taken out: </VisuallyHidden>
      {children}
      <VisuallyHidden>, end; </VisuallyHidden>
    </del>
  );
}

export function In({ children }: { readonly children: string }) {
  return (
    <ins className={classes.in}>
      <VisuallyHidden>new: </VisuallyHidden>
      {children}
      <VisuallyHidden>, end; </VisuallyHidden>
    </ins>
  );
}
