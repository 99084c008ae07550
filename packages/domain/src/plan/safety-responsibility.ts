import type { Intake } from "../intake/intake.ts";
import type { Edit } from "./edit-plan.ts";
import type { Plan } from "./plan.ts";

/** What the client does when thoughts of harm grow. A safety plan can be used only once there is one. */
export const whenThoughtsGrow: Readonly<Record<Intake["risk"]["safetyPlan"], Pick<Plan["responsibilities"][number], "what" | "plain">>> = {
  made: {
    what: "Uses the safety plan, and calls the crisis line or emergency services, when thoughts of harm grow stronger.",
    plain: "Use your safety plan. Call for help when thoughts of harm get stronger.",
  },
  none: {
    what: "Makes a safety plan together with the therapist in the next session and uses it from then on; calls the crisis line or emergency services, now as later, when thoughts of harm grow stronger.",
    plain:
      "Make a safety plan with your therapist in the next session. Then use it. Call for help, now too, when thoughts of harm get stronger.",
  },
  declined: {
    what: "Calls the crisis line or emergency services when thoughts of harm grow stronger; has declined a safety plan for now and can ask for one at any time.",
    plain: "Call for help when thoughts of harm get stronger. You did not want a safety plan for now. You can ask for one at any time.",
  },
};

const fitting: Readonly<Record<Plan["crisisPlan"]["state"], keyof typeof whenThoughtsGrow | null>> = {
  present: "made",
  none: "none",
  declined: "declined",
  "not-needed": null,
};

/**
 * What brings the client's part in danger up to date with the plan's safety plan, by responsibility: one was made since the draft, or declined. Words of
 * the clinician's own are left alone.
 */
export function outdatedSafetyParts({
  crisisPlan,
  responsibilities,
}: Pick<Plan, "crisisPlan" | "responsibilities">): ReadonlyMap<string, Edit[]> {
  const state = fitting[crisisPlan.state];
  const now = state === null ? null : whenThoughtsGrow[state];
  const ours = new Set(Object.values(whenThoughtsGrow).map(({ what }) => what));
  const outdated = now === null ? [] : responsibilities.filter(({ what }) => ours.has(what) && what !== now.what);
  return new Map(
    outdated.map(({ id }) => [
      id,
      (["what", "plain"] as const).map(
        (field): Edit => ({ type: "set", path: ["responsibilities", id, field], value: now?.[field] ?? "" }),
      ),
    ]),
  );
}
