import { Button } from "@mantine/core";
import type { Authority, Finding, Severity } from "@trellis/domain/findings/finding";
import { useEffect, useRef } from "react";
import classes from "./composer.module.css";
import { useComposer, useItemFindings } from "./composer-context.ts";
import { goOnIn } from "./jump.ts";

export const severityWords: Record<Severity, string> = {
  error: "Needed to sign",
  warning: "May be objected to",
  advice: "Worth a thought",
};

/** Who asks for it, in words that cannot be mistaken: what is a convention is never called a rule. */
export const authorityWords: Record<Authority, string> = {
  "federal rule": "Federal rule",
  "payer guidance": "Payer guidance",
  accreditor: "Accreditor",
  "payer audit list": "Payers' audit lists",
  "clinical practice": "Good practice, not a rule",
  convention: "Convention, not a law",
};

/** Tells severities apart by shape and by words, not by color alone. */
export function SeverityMark({ severity, bare = false }: { readonly severity: Severity; readonly bare?: boolean }) {
  return (
    <span className={classes.severity} data-severity={severity}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
        {severity === "error" && <path d="M4.200 0h5.600L14 4.200v5.600L9.800 14H4.200L0 9.800V4.200Z" fill="currentColor" />}
        {severity === "warning" && <path d="M7 .800 14 13.200H0Z" fill="currentColor" />}
        {severity === "advice" && <circle cx="7" cy="7" r="5.500" fill="none" stroke="currentColor" strokeWidth="2.200" />}
      </svg>
      <span className={bare ? classes.unseen : undefined}>{severityWords[severity]}</span>
    </span>
  );
}

export function FixButton({ finding }: { readonly finding: Finding }) {
  const { store, readOnly, announce } = useComposer();
  const { fix } = finding;
  const goOn = useRef<(() => void) | null>(null);
  // The button goes with its finding, which is a moment after the click.
  useEffect(
    () => () => {
      if (document.activeElement === document.body) goOn.current?.();
    },
    [],
  );
  if (fix === undefined || readOnly) return null;
  return (
    <Button
      variant="default"
      size="compact-sm"
      onClick={(event) => {
        const item = event.currentTarget.closest("li");
        const refusal = store.act(fix.label, fix.edits);
        announce(refusal ?? `Done: ${fix.label}`);
        const next = item?.nextElementSibling?.querySelector("button") ?? item?.previousElementSibling?.querySelector("button");
        // The keyboard goes on with the next finding there, or in what was filled in.
        if (refusal === null)
          goOn.current = () => {
            if (next?.isConnected) next.focus();
            else goOnIn(fix.edits);
          };
      }}
    >
      {fix.label}
    </Button>
  );
}

export function SourceOf({ finding }: { readonly finding: Finding }) {
  if (finding.source === undefined) return null;
  return (
    <span className={classes.source}>
      {authorityWords[finding.source.authority]} · {finding.source.citation}
    </span>
  );
}

/** What is to be said about one item, at the item. A detail that is still missing is asked for at its own field. */
export function ItemFindings({ item }: { readonly item: string }) {
  const findings = useItemFindings(item);
  const shown = findings.filter(({ rule, path }) => !(rule === "CORE-09" && path.at(-1) === "detail"));
  if (shown.length === 0) return null;
  return (
    <ul className={classes.notes} aria-label="Findings here">
      {shown.map((finding) => (
        <li key={`${finding.rule}${finding.path.join("/")}${finding.message}`} className={classes.note} data-severity={finding.severity}>
          <SeverityMark severity={finding.severity} />
          <span className={classes.noteWords}>
            {finding.message} <SourceOf finding={finding} />
          </span>
          <FixButton finding={finding} />
        </li>
      ))}
    </ul>
  );
}
