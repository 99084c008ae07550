import { ActionIcon, Button, Group, Stack, Text } from "@mantine/core";
import type { Path } from "@trellis/domain/plan/edit-plan";
import { planNumbers } from "@trellis/domain/plan/numbering";
import type { Agreement, Plan } from "@trellis/domain/plan/plan";
import { useState } from "react";
import type { z } from "zod";
import { type Choice, ChoiceField } from "../../form/choice-field.tsx";
import { DateField } from "../../form/date-field.tsx";
import { newId } from "../../form/new-id.ts";
import { TextField } from "../../form/text-field.tsx";
import { useToday } from "../../session/today.ts";
import { Card } from "../../shell/card.tsx";
import { Icon } from "../../shell/icon.tsx";
import { useComposer, useField, usePlan } from "../composer-context.ts";
import { DisputeChoice } from "../disputes.tsx";
import { keyOf } from "../shared-plan.ts";
import classes from "./sign.module.css";

type AgreementState = z.infer<typeof Agreement>["state"];

const agreementChoices: readonly Choice<AgreementState>[] = [
  { value: "agreed", label: "Agrees with the plan" },
  { value: "agreed-in-part", label: "Agrees in part", description: "What is not agreed stands in the plan and is printed." },
  { value: "did-not-agree", label: "Does not agree" },
  { value: "could-not-answer", label: "Could not answer", description: "For example too unwell at present, or not reached." },
];

const detailLabels: Record<AgreementState, string> = {
  "not-asked": "",
  agreed: "In the client’s words (you can leave this empty)",
  "agreed-in-part": "What the client does not agree with",
  "did-not-agree": "What the client would rather have, and what you do until you agree",
  "could-not-answer": "Why, and when you ask again",
};

interface WordsProps {
  readonly path: Path;
  readonly label: string;
  /** What is done to it, for the undo button of the composer. */
  readonly act?: string;
  readonly description?: string;
  readonly max: number;
  readonly rows?: number;
}

/** Words of the plan in an ordinary field, saved as they are typed. */
function Words({ path, label, act = label, description, max, rows = 2 }: WordsProps) {
  const { value, change, unfit, dispute } = useField(path, act);
  return (
    <div data-place={keyOf(path)}>
      <TextField
        label={label}
        value={typeof value === "string" ? value : ""}
        onChange={change}
        max={max}
        rows={rows}
        error={unfit?.message}
        {...(description === undefined ? {} : { description })}
      />
      {dispute !== undefined && <DisputeChoice dispute={dispute} />}
    </div>
  );
}

/** What client and clinician agreed on, written down before the plan is frozen. */
export function AgreementForm({ hopes }: { readonly hopes: readonly string[] }) {
  return (
    <Stack gap="lg">
      <GoalsInOwnWords hopes={hopes} />
      <Participation />
      <AgreementCard />
      <Declined />
      <CopyGiven />
    </Stack>
  );
}

function GoalsInOwnWords({ hopes }: { readonly hopes: readonly string[] }) {
  const goals = usePlan((plan) =>
    planNumbers(plan).goals.flatMap(({ id, number }) =>
      plan.goals.filter((goal) => goal.id === id).map(({ text, detail, clientWords }) => ({ id, number, text, detail, clientWords })),
    ),
  );
  const { store } = useComposer();
  const used = new Set(goals.map(({ clientWords }) => clientWords.trim()));
  const offered = hopes.map((hope) => hope.trim()).filter((hope) => hope !== "" && !used.has(hope));
  return (
    <Card title="In the client’s own words">
      {goals.length === 0 ? (
        <Text>The plan has no goals yet. Add them first, then come back here.</Text>
      ) : (
        <Stack gap="lg">
          {goals.map((goal) => (
            <fieldset key={goal.id} className={classes.goal} aria-label={`Goal ${goal.number}`}>
              <p className={classes.goalText} dir="auto">
                <strong>Goal {goal.number}.</strong> {[goal.text, goal.detail].filter(Boolean).join(" ")}
              </p>
              <Words
                path={["goals", goal.id, "clientWords"]}
                label={`How the client puts goal ${goal.number}`}
                act={`The client’s words for goal ${goal.number}`}
                max={1000}
              />
              {goal.clientWords.trim() === "" && offered.length > 0 && (
                <Stack gap={6} mt="xs" align="flex-start">
                  <Text size="sm" c="dimmed">
                    Said at intake:
                  </Text>
                  {offered.slice(0, 4).map((hope) => (
                    <Button
                      key={hope}
                      variant="default"
                      h="auto"
                      py={8}
                      styles={{ label: { whiteSpace: "normal", textAlign: "left" } }}
                      onClick={() =>
                        store.act(`The client’s words for goal ${goal.number}`, [
                          { type: "set", path: ["goals", goal.id, "clientWords"], value: hope },
                        ])
                      }
                    >
                      Use “{hope}”
                    </Button>
                  ))}
                </Stack>
              )}
            </fieldset>
          ))}
        </Stack>
      )}
    </Card>
  );
}

function Participation() {
  const { client, reasonIfNone, guardian } = usePlan((plan) => ({
    client: plan.participation.client.trim(),
    reasonIfNone: plan.participation.reasonIfNone.trim(),
    guardian: plan.subject.guardianName,
  }));
  return (
    <Card title="How you made this plan">
      <Stack gap="md">
        <Words
          path={["participation", "client"]}
          label="How the client took part"
          description="What you went through together, what the client chose, changed or put first."
          max={2000}
          rows={3}
        />
        {(client === "" || reasonIfNone !== "") && (
          <Words path={["participation", "reasonIfNone"]} label="If the client could not take part: why" max={2000} />
        )}
        <Words
          path={["participation", "representative"]}
          label={guardian === "" ? "Representative or interpreter who took part" : `How ${guardian} took part`}
          {...(guardian === "" ? {} : { description: "Parent or guardian" })}
          max={2000}
        />
        <Words
          path={["familyInvolvement"]}
          label="Family and others who took part"
          description="Who, and in what way. Leave it empty where nobody did."
          max={4000}
        />
      </Stack>
    </Card>
  );
}

function AgreementCard() {
  const { value, change, dispute } = useField(["agreement", "state"], "Whether the client agrees");
  const state = (value as AgreementState | undefined) ?? "not-asked";
  return (
    <Card title="Does the client agree?">
      <Stack gap="md">
        <div data-place="agreement/state">
          <ChoiceField
            label="The client"
            value={state === "not-asked" ? null : state}
            choices={agreementChoices}
            onChange={change}
            stacked
          />
          {dispute !== undefined && <DisputeChoice dispute={dispute} />}
        </div>
        {state !== "not-asked" && <Words path={["agreement", "detail"]} label={detailLabels[state]} max={2000} />}
      </Stack>
    </Card>
  );
}

function Declined() {
  const { store } = useComposer();
  const ids = usePlan((plan) => plan.declined.map(({ id }) => id));
  const [added, setAdded] = useState<string | null>(null);
  function add(): void {
    const id = newId();
    store.act("Add something the client declined", [
      { type: "insert", list: ["declined"], item: { id, what: "", reason: "" }, before: null },
    ]);
    setAdded(id);
  }
  return (
    <Card title="Offered and declined">
      <Text c="dimmed" mb="md">
        What you offered that the client did not want, and why. It shows that there was a choice.
      </Text>
      <Stack gap="md">
        {ids.map((id, index) => (
          <DeclinedEntry key={id} id={id} number={index + 1} focused={id === added} />
        ))}
        <div>
          <Button variant="default" leftSection={<Icon name="plus" />} onClick={add} disabled={ids.length >= 40}>
            Add something that was declined
          </Button>
        </div>
      </Stack>
    </Card>
  );
}

function DeclinedEntry({ id, number, focused }: { readonly id: string; readonly number: number; readonly focused: boolean }) {
  const { store } = useComposer();
  const what = useField(["declined", id, "what"], "What the client declined");
  return (
    <fieldset className={classes.declined} aria-label={`Declined ${number}`} data-place={`declined/${id}`}>
      <Group wrap="nowrap" align="flex-start" gap="xs">
        <div style={{ flex: 1, minWidth: 0 }}>
          <TextField
            label={`What was declined (${number})`}
            value={typeof what.value === "string" ? what.value : ""}
            onChange={what.change}
            max={500}
            error={what.unfit?.message}
            autoFocus={focused}
          />
          {what.dispute !== undefined && <DisputeChoice dispute={what.dispute} />}
        </div>
        <ActionIcon
          variant="subtle"
          color="stone"
          size={42}
          mt={28}
          aria-label={`Remove what was declined, number ${number}`}
          onClick={() => store.act("Remove something the client declined", [{ type: "remove", list: ["declined"], id }])}
        >
          <Icon name="close" />
        </ActionIcon>
      </Group>
      <div style={{ marginTop: "0.75rem" }}>
        <Words
          path={["declined", id, "reason"]}
          label={`The client’s reason (${number})`}
          act="Why the client declined it"
          max={1000}
          rows={1}
        />
      </div>
    </fieldset>
  );
}

function CopyGiven() {
  const { store } = useComposer();
  const today = useToday();
  const copy = usePlan((plan) => plan.copyGiven);
  const set = (value: Plan["copyGiven"]) => store.act("The client’s copy of the plan", [{ type: "set", path: ["copyGiven"], value }]);
  return (
    <Card title="The client’s copy">
      <Stack gap="md">
        <div data-place="copyGiven">
          <ChoiceField
            label="A copy of the plan"
            value={copy.state}
            choices={[
              { value: "not-yet", label: "Not yet" },
              { value: "given", label: "Given, or will be with the signature" },
              { value: "declined", label: "The client does not want one" },
            ]}
            onChange={(state) => set({ state, on: state === "given" ? (copy.on ?? today) : null })}
            stacked
          />
        </div>
        {copy.state === "given" && (
          <DateField
            label="Given on"
            value={copy.on ?? ""}
            max={today}
            onChange={(on) => set({ state: "given", on: on === "" ? null : on })}
          />
        )}
      </Stack>
    </Card>
  );
}
