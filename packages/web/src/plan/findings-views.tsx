import { Button } from "@mantine/core";
import { minimumPlan, planRules, reviewerObjections } from "@trellis/domain/findings/check-plan";
import type { Finding, Severity } from "@trellis/domain/findings/finding";
import type { RuleInput } from "@trellis/domain/findings/rule";
import { placeInWords } from "@trellis/domain/plan/numbering";
import { useSyncExternalStore } from "react";
import { Icon } from "../shell/icon.tsx";
import classes from "./composer.module.css";
import { useComposer, usePlan } from "./composer-context.ts";
import { Disclosure } from "./fields.tsx";
import { authorityWords, FixButton, SeverityMark, SourceOf } from "./finding-notes.tsx";

const order: readonly Severity[] = ["error", "warning", "advice"];
const countWords: Record<Severity, readonly [string, string]> = {
  error: ["thing needed to sign", "things needed to sign"],
  warning: ["possible objection", "possible objections"],
  advice: ["thought", "thoughts"],
};

export function useAllFindings(): readonly Finding[] {
  const { findings } = useComposer();
  return useSyncExternalStore(findings.subscribe, findings.all);
}

export function countInWords(findings: readonly Finding[]): string {
  const parts = order.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${countWords[severity][count === 1 ? 0 : 1]}`];
  });
  return parts.length === 0 ? "Nothing to object to" : parts.join(", ");
}

/** From this many on, findings of one rule are told as one, so that they do not drown the rest. */
const many = 4;

/** Findings of one rule together where there are many of them. */
function byRule(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.rule) ?? [];
    group.push(finding);
    groups.set(finding.rule, group);
  }
  return [...groups.values()].flatMap((group) => (group.length >= many ? [group] : group.map((finding) => [finding])));
}

const requirementOf = (rule: string) => planRules.find(({ id }) => id === rule)?.requirement;

/** What a finding says, and of which goal or objective: away from its item, "this goal" alone would say too little. */
export function FindingWords({ finding }: { readonly finding: Finding }) {
  const place = usePlan((plan) => placeInWords(plan, finding.path));
  return (
    <>
      {place !== null && <strong>{place}: </strong>}
      {finding.message}
    </>
  );
}

/** A list of findings, each leading to its item. Many of one rule stand behind one line. */
export function FindingList({ findings, onJump }: { readonly findings: readonly Finding[]; readonly onJump: (finding: Finding) => void }) {
  const groups = byRule(findings);
  const single = groups.flatMap((group) => (group.length === 1 ? group : []));
  return (
    <>
      {single.length > 0 && <PlainList findings={single} onJump={onJump} />}
      {groups.map((group) => {
        const [first] = group;
        if (first === undefined || group.length === 1) return null;
        return (
          <div key={first.rule} className={classes.findingMany}>
            <p className={classes.findingTogether}>
              <SeverityMark severity={first.severity} bare />
              <span>
                {requirementOf(first.rule) ?? first.rule}: <strong>{group.length} to go</strong>
              </span>
            </p>
            <div className={classes.findingFoot}>
              <SourceOf finding={first} />
              <Button variant="default" size="compact-sm" onClick={() => onJump(first)}>
                Go to the next
                <span className={classes.unseen}>
                  : <FindingWords finding={first} />
                </span>
              </Button>
            </div>
            <Disclosure label={`All ${group.length}`} hidden={requirementOf(first.rule) ?? first.rule}>
              <PlainList findings={group} onJump={onJump} sourced={false} />
            </Disclosure>
          </div>
        );
      })}
    </>
  );
}

function PlainList({
  findings,
  onJump,
  sourced = true,
}: {
  readonly findings: readonly Finding[];
  readonly onJump: (finding: Finding) => void;
  readonly sourced?: boolean;
}) {
  return (
    <ul className={classes.findingList}>
      {findings.map((finding) => (
        <li key={`${finding.rule}${finding.path.join("/")}${finding.message}`} data-severity={finding.severity}>
          <button type="button" className={classes.findingJump} onClick={() => onJump(finding)}>
            <SeverityMark severity={finding.severity} bare />
            <span>
              <FindingWords finding={finding} />
            </span>
          </button>
          <div className={classes.findingFoot}>
            {sourced && <SourceOf finding={finding} />}
            <FixButton finding={finding} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Everything that a careful colleague would say, the most important first. */
export function FindingsPanel({ onJump }: { readonly onJump: (finding: Finding) => void }) {
  const { context } = useComposer();
  const findings = useAllFindings();
  if (context === null) return <p className={classes.quiet}>The library is being fetched; findings come with it.</p>;
  if (findings.length === 0)
    return (
      <p className={classes.done}>
        <Icon name="check" /> Nothing to object to.
      </p>
    );
  return (
    <>
      {order.map((severity) => {
        const these = findings.filter((finding) => finding.severity === severity);
        if (these.length === 0) return null;
        return (
          <div key={severity} className={classes.findingGroup}>
            <h3 className={classes.findingHead}>
              <SeverityMark severity={severity} /> <span className={classes.count}>{these.length}</span>
            </h3>
            <FindingList findings={these} onJump={onJump} />
          </div>
        );
      })}
    </>
  );
}

/** The smallest set that the rules in force demand of this plan, each with who asks for it, and the word "done" when it is. */
export function MinimumPlanView({ input, onJump }: { readonly input: RuleInput; readonly onJump: (finding: Finding) => void }) {
  const { requirements, done } = minimumPlan(input);
  const open = requirements.filter((requirement) => requirement.open.length > 0).length;
  return (
    <section className={classes.part} aria-label="Minimum plan">
      <h2>Minimum plan</h2>
      <p className={classes.lead}>
        The least that the rules in force for this practice ask of a plan. More is welcome where it helps; nothing more is needed to sign.
      </p>
      <p className={done ? classes.done : classes.verdict} role="status">
        {done ? (
          <>
            <Icon name="check" /> Done. The plan has everything that is asked of it.
          </>
        ) : (
          `${requirements.length - open} of ${requirements.length} done. ${open === 1 ? "One thing is" : `${open} things are`} missing.`
        )}
      </p>
      <ul className={classes.requirements}>
        {requirements.map((requirement) => (
          <li key={requirement.rule} data-done={requirement.open.length === 0 || undefined}>
            <span className={classes.requirementMark} aria-hidden="true">
              {requirement.open.length === 0 && <Icon name="check" size={16} />}
            </span>
            <div className={classes.rowMain}>
              <p className={classes.requirement}>
                {requirement.requirement} <span className={classes.state}>{requirement.open.length === 0 ? "Done" : "Missing"}</span>
              </p>
              <p className={classes.source}>
                {authorityWords[requirement.authority]} · {requirement.citation}
              </p>
              {requirement.open.length > 0 && <FindingList findings={requirement.open} onJump={onJump} />}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a payer's or accreditor's reviewer would object to, on one page. */
export function ReviewerView({ onJump }: { readonly onJump: (finding: Finding) => void }) {
  const objections = reviewerObjections(useAllFindings());
  return (
    <section className={classes.part} aria-label="Reviewer's view">
      <h2>Reviewer's view</h2>
      <p className={classes.lead}>
        What somebody who reviews this chart for a payer or an accreditor would object to. It says whether the documentation is there, not
        whether care is adequate.
      </p>
      {objections.length === 0 ? (
        <p className={classes.done}>
          <Icon name="check" /> Nothing to object to.
        </p>
      ) : (
        <>
          <p className={classes.verdict}>{countInWords(objections)}.</p>
          <FindingList findings={objections} onJump={onJump} />
        </>
      )}
    </section>
  );
}

export function FindingsButton({ onClick }: { readonly onClick: () => void }) {
  const findings = useAllFindings();
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return (
    <Button variant="default" onClick={onClick} aria-label={`Findings: ${countInWords(findings)}`}>
      Findings{findings.length > 0 && ` (${findings.length})`}
      {errors > 0 && (
        <span className={classes.dotError} aria-hidden="true">
          {errors}
        </span>
      )}
    </Button>
  );
}
