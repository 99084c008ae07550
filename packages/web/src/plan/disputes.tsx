import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { newId } from "../form/new-id.ts";
import { inWords, keepBoth } from "../save-state/keep-both.ts";
import classes from "./composer.module.css";
import { useComposer, usePlan, useShared, valueAt } from "./composer-context.ts";
import { jumpTo } from "./jump.ts";
import { type Dispute, keyOf } from "./shared-plan.ts";

const clock = (at: string) => (at === "" ? "" : ` at ${new Date(at).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" })}`);

const words = (value: unknown): string => {
  if (typeof value === "object" && value !== null && "text" in value && typeof value.text === "string") return value.text;
  return inWords(value).join(" · ");
};

/** Somebody else's change came before one's own: theirs stands, one's own is kept, and here one chooses. */
export function DisputeChoice({ dispute }: { readonly dispute: Dispute }) {
  const { store, announce } = useComposer();
  const theirs = usePlan((plan) => valueAt(plan, dispute.path));
  const [fault, setFault] = useState<string | null>(null);
  const who = dispute.by === "" ? "Somebody else" : dispute.by;
  const both = dispute.kind === "same-field" ? keepBoth(dispute.mine, theirs, newId) : null;
  function choose(edits: Dispute["restore"], said: string): void {
    const refusal = store.settle(dispute.id, edits);
    setFault(refusal);
    if (refusal === null) announce(said);
  }
  return (
    <fieldset className={classes.dispute} aria-label="Changed by two people">
      {dispute.kind === "same-field" && (
        <>
          <p>
            <strong>{who}</strong> changed this{clock(dispute.at)} while you were writing. In the plan now:{" "}
            <q className={classes.theirs}>{words(theirs)}</q>
          </p>
          {typeof dispute.mine !== "string" && (
            <p>
              Yours: <q className={classes.theirs}>{words(dispute.mine)}</q>
            </p>
          )}
        </>
      )}
      {dispute.kind === "gone" && (
        <p>
          <strong>{who}</strong> removed this{clock(dispute.at)} while you were writing:{" "}
          <q className={classes.theirs}>{words(dispute.mine)}</q>
        </p>
      )}
      {dispute.kind === "changed" && (
        <p>
          You removed something that <strong>{who}</strong> had just changed{clock(dispute.at)}:{" "}
          <q className={classes.theirs}>{words(theirs)}</q> It is still in the plan.
        </p>
      )}
      {dispute.kind === "unfit" && (
        <p>
          This fits the plan no longer as it stands now: <q className={classes.theirs}>{words(dispute.mine)}</q>
        </p>
      )}
      <Group gap="xs">
        <Button size="compact-md" onClick={() => choose(dispute.restore, "Yours stands in the plan.")}>
          {dispute.kind === "gone" ? "Bring it back with my words" : dispute.kind === "changed" ? "Remove it all the same" : "Use mine"}
        </Button>
        <Button size="compact-md" variant="default" onClick={() => choose([], "Theirs stands in the plan.")}>
          {dispute.kind === "gone" ? "Leave it out" : dispute.kind === "unfit" ? "Let it go" : "Keep theirs"}
        </Button>
        {both !== null && (
          <Button
            size="compact-md"
            variant="default"
            onClick={() => choose([{ type: "set", path: [...dispute.path], value: both }], "Both stand in the plan, one after the other.")}
          >
            Keep both
          </Button>
        )}
      </Group>
      {fault !== null && <p className={classes.error}>{fault}</p>}
    </fieldset>
  );
}

/** Whether a dispute is shown at its own field. */
const hasField = (dispute: Dispute) => dispute.kind === "same-field" && (typeof dispute.mine === "string" || Array.isArray(dispute.mine));

/** Everything that two people changed and nobody has decided yet, at the top of the plan. */
export function Disputes() {
  const disputes = useShared((state) => state.disputes);
  if (disputes.length === 0) return null;
  return (
    <section className={classes.disputes} aria-label="Changed by two people">
      <h2 className={classes.small}>Two people changed the same thing</h2>
      <p>Nothing of either is lost until you choose.</p>
      {disputes.map((dispute) =>
        hasField(dispute) ? (
          <p key={dispute.id}>
            <Button variant="default" size="compact-md" onClick={() => jumpTo(dispute.path)}>
              Go to: {words(dispute.mine).slice(0, 60) || "the field"}
            </Button>
          </p>
        ) : (
          <DisputeChoice key={keyOf(dispute.path)} dispute={dispute} />
        ),
      )}
    </section>
  );
}
