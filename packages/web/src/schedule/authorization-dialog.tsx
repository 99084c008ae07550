import { Button, Checkbox, Group, Modal, Stack } from "@mantine/core";
import { PayerAuthorization } from "@trellis/domain/schedule/payer-authorization";
import { useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { saveAuthorization } from "../api/schedule.ts";
import { type Kept, treatmentChanged } from "../api/treatment.ts";
import { ChoiceField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { noProblems, type Problems, problemsOf, serverProblems } from "../form/problems.ts";
import { readNumber } from "../form/read-number.ts";
import { TextField } from "../form/text-field.tsx";
import { useToday } from "../session/today.ts";

/** What a payer authorized: recorded, changed, or ended with a reason. */
export function AuthorizationDialog({
  clientId,
  before,
  payer,
  onClose,
}: {
  readonly clientId: string;
  /** `null` for a new one. */
  readonly before: Kept<PayerAuthorization> | null;
  /** Who pays, as the client's details say. */
  readonly payer: string;
  readonly onClose: () => void;
}) {
  const today = useToday();
  const [id] = useState(() => before?.id ?? newId());
  const [version] = useState(before?.version ?? 0);
  const [value, setValue] = useState<PayerAuthorization>(
    () =>
      before?.content ?? { payer, number: "", from: today, to: "", units: 0, unit: "session", note: "", endedOn: null, endedReason: "" },
  );
  const [units, setUnits] = useState(before === null ? "" : String(before.content.units));
  const [initial] = useState(value);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<PayerAuthorization>) => setValue({ ...value, ...part });

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setAttempt(attempt + 1);
    setError(undefined);
    const whole = { ...value, units: readNumber(units, true) ?? 0 };
    const faults = new Map(problemsOf(PayerAuthorization, whole));
    if (value.from === "") faults.set("/from", "Enter its first day.");
    if (value.to === "") faults.set("/to", "Enter its last day.");
    else if (value.to < value.from) faults.set("/to", "It ends before it begins. Check both days.");
    if (value.endedOn !== null && value.endedReason.trim() === "") faults.set("/endedReason", "Say why it does not count any more.");
    setProblems(faults);
    if (faults.size > 0) return;
    setBusy(true);
    try {
      await saveAuthorization(clientId, id, version, whole);
      onClose();
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught, "/authorization"));
      setBusy(false);
      if (caught instanceof ApiProblem && caught.status === 409) void treatmentChanged(clientId);
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={before === null ? "What a payer authorized" : "Change the authorization"}
      closeOnClickOutside={value === initial}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <ErrorSummary title="The authorization was not saved" error={error} problems={problems} attempt={attempt} />
          <Group align="flex-start" gap="md" grow preventGrowOverflow={false}>
            <TextField
              label="Payer"
              value={value.payer}
              onChange={(name) => change({ payer: name })}
              max={200}
              error={problems.get("/payer")}
              data-autofocus
            />
            <TextField
              label="Number"
              value={value.number}
              onChange={(number) => change({ number })}
              max={80}
              error={problems.get("/number")}
            />
          </Group>
          <Group align="flex-start" gap="md">
            <DateField label="First day" value={value.from} onChange={(from) => change({ from })} error={problems.get("/from")} required />
            <DateField label="Last day" value={value.to} onChange={(to) => change({ to })} error={problems.get("/to")} required />
            <div style={{ width: "9rem" }}>
              <TextField
                label="Units approved"
                inputMode="numeric"
                value={units}
                onChange={setUnits}
                error={problems.get("/units")}
                required
              />
            </div>
          </Group>
          <ChoiceField
            label="A unit is"
            value={value.unit}
            choices={[
              { value: "session", label: "a session" },
              { value: "quarter-hour", label: "a quarter of an hour" },
            ]}
            onChange={(unit) => change({ unit })}
          />
          <TextField label="Note" value={value.note} onChange={(note) => change({ note })} max={300} error={problems.get("/note")} />
          {before !== null && (
            <>
              <Checkbox
                label="It does not count any more"
                checked={value.endedOn !== null}
                onChange={(event) => change({ endedOn: event.currentTarget.checked ? today : null })}
              />
              {value.endedOn !== null && (
                <Group align="flex-start" gap="md" grow preventGrowOverflow={false}>
                  <DateField
                    label="Since"
                    value={value.endedOn}
                    onChange={(endedOn) => change({ endedOn })}
                    error={problems.get("/endedOn")}
                    required
                  />
                  <TextField
                    label="Why"
                    value={value.endedReason}
                    onChange={(endedReason) => change({ endedReason })}
                    max={300}
                    error={problems.get("/endedReason")}
                    required
                  />
                </Group>
              )}
            </>
          )}
          <Group>
            <Button type="submit" loading={busy}>
              Save
            </Button>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
