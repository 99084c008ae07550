import { Alert, Button, Checkbox, Group, NumberInput, SimpleGrid, Stack } from "@mantine/core";
import type { Profile } from "@trellis/domain/plan/plan";
import { useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { changePractice } from "../api/practice.ts";
import { type Practice, refreshSession, useSignedIn } from "../api/session.ts";
import { ChoiceField, SelectField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { timeZones } from "../form/time-zones.ts";
import { mergeFields } from "../save-state/merge.ts";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { countries } from "./countries.ts";
import { CrisisCard } from "./crisis-card.tsx";
import { accreditorWords, payerWords, settingWords } from "./profile-words.ts";

type Form = Pick<
  Practice,
  "name" | "address" | "timeZone" | "country" | "idleMinutes" | "coSignature" | "reviewWeeks" | "noteHours" | "profile" | "crisis"
>;

function formOf({ name, address, timeZone, country, idleMinutes, coSignature, reviewWeeks, noteHours, profile, crisis }: Practice): Form {
  return { name, address, timeZone, country, idleMinutes, coSignature, reviewWeeks, noteHours, profile, crisis };
}

/** What holds for the whole practice. */
export function PracticeScreen() {
  usePageTitle("Practice");
  const { practice } = useSignedIn();
  const [read, setRead] = useState(practice);
  const [form, setForm] = useState(() => formOf(practice));
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [note, setNote] = useState<"saved" | "merged" | null>(null);
  const [busy, setBusy] = useState(false);
  const dirty = JSON.stringify(form) !== JSON.stringify(formOf(read));
  useLeaveWarning(dirty);
  const set = <K extends keyof Form>(key: K, value: Form[K]) => {
    setNote(null);
    setForm((before) => ({ ...before, [key]: value }));
  };
  const setProfile = (part: Partial<Profile>) => set("profile", { ...form.profile, ...part });

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    const found = new Map<string, string>();
    if (form.name.trim() === "") found.set("/name", "Give the practice a name.");
    if (form.idleMinutes < 1 || form.idleMinutes > 480) found.set("/idleMinutes", "Between 1 and 480 minutes.");
    if (form.reviewWeeks < 4 || form.reviewWeeks > 6) found.set("/reviewWeeks", "Between 4 and 6 weeks.");
    if (form.noteHours < 1 || form.noteHours > 720) found.set("/noteHours", "Between 1 and 720 hours.");
    setProblems(found);
    setError(undefined);
    setNote(null);
    setAttempt((n) => n + 1);
    if (found.size > 0) return;
    setBusy(true);
    try {
      await changePractice(read.version, form);
      const session = await refreshSession();
      if (session.practice !== undefined) {
        setRead(session.practice);
        setForm(formOf(session.practice));
      }
      setNote("saved");
    } catch (caught) {
      if (caught instanceof ApiProblem && caught.status === 409) {
        const newest = (await refreshSession()).practice;
        if (newest !== undefined) {
          setForm(mergeFields<Form>(formOf(read), form, formOf(newest)).merged);
          setRead(newest);
          setNote("merged");
        }
      } else {
        setError(caught);
        setProblems(serverProblems(caught));
        setAttempt((n) => n + 1);
      }
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate style={{ maxWidth: "50rem" }}>
      <PageHeading lead="What holds for everybody here. It can be changed at any time; signed plans stay as they are.">
        Practice
      </PageHeading>
      <Stack gap="lg">
        <ErrorSummary title="The changes are not saved" error={error} problems={problems} attempt={attempt} />
        {note === "merged" && (
          <Alert color="straw" role="alert" title="Somebody else changed these settings meanwhile">
            Their changes are now on this page beside yours; where both of you changed the same thing, yours is shown. Look it over and save
            again.
          </Alert>
        )}
        <Card title="Name and address">
          <Stack>
            <TextField
              label="Name of the practice"
              description="Stands on every plan."
              value={form.name}
              onChange={(value) => set("name", value)}
              max={200}
              error={problems.get("/name")}
              required
            />
            <TextField
              label="Address"
              value={form.address}
              onChange={(value) => set("address", value)}
              rows={3}
              max={500}
              error={problems.get("/address")}
            />
            <SelectField
              label="Time zone"
              description="Decides which day it is on plans and signatures."
              value={form.timeZone}
              choices={timeZones(form.timeZone)}
              onChange={(value) => set("timeZone", value)}
              error={problems.get("/timeZone")}
            />
            <SelectField
              label="Country"
              description="Decides which numbers your clients are told to call in a crisis."
              value={form.country}
              choices={countries(form.country)}
              onChange={(value) => set("country", value)}
              error={problems.get("/country")}
            />
          </Stack>
        </Card>
        <CrisisCard
          country={form.country}
          crisis={form.crisis}
          onChange={(value) => set("crisis", value)}
          error={problems.get("/crisis")}
        />
        <Card title="Plans">
          <Stack>
            <NumberInput
              label="Weeks until a plan is reviewed"
              description="Between 4 and 6. Single plans can be reviewed sooner."
              value={form.reviewWeeks}
              min={4}
              max={6}
              allowDecimal={false}
              clampBehavior="none"
              onChange={(value) => set("reviewWeeks", Number(value))}
              error={problems.get("/reviewWeeks")}
              maw={260}
            />
            <ChoiceField
              stacked
              label="A supervisor co-signs"
              value={form.coSignature}
              choices={[
                { value: "never", label: "Never" },
                { value: "when-supervised", label: "When the clinician has a supervisor" },
                { value: "always", label: "Every plan" },
              ]}
              onChange={(value) => set("coSignature", value)}
            />
          </Stack>
        </Card>
        <Card title="Notes">
          <NumberInput
            label="Hours until a note is to be signed"
            description="Counted from the end of the session; 72 are three days. A later note can be signed all the same and is marked as late."
            value={form.noteHours}
            min={1}
            max={720}
            allowDecimal={false}
            clampBehavior="none"
            onChange={(value) => set("noteHours", Number(value))}
            error={problems.get("/noteHours")}
            maw={420}
          />
        </Card>
        <Card title="Who judges the plans">
          <Stack>
            <SelectField
              label="Setting"
              description="Decides which rules new plans are checked against."
              value={form.profile.setting}
              choices={(Object.keys(settingWords) as Profile["setting"][]).map((value) => ({ value, label: settingWords[value] }))}
              onChange={(setting) => setProfile({ setting })}
            />
            <Checkbox.Group
              label="Payers you usually work with"
              size="md"
              value={form.profile.payers.map(({ type }) => type)}
              onChange={(types) =>
                setProfile({
                  payers: (types as Profile["payers"][number]["type"][]).map(
                    (type) => form.profile.payers.find((payer) => payer.type === type) ?? { type, name: "", state: "" },
                  ),
                })
              }
            >
              <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs" spacing="xs">
                {(Object.keys(payerWords) as Profile["payers"][number]["type"][]).map((value) => (
                  <Checkbox key={value} value={value} label={payerWords[value]} />
                ))}
              </SimpleGrid>
            </Checkbox.Group>
            <Checkbox.Group
              label="Accredited by"
              size="md"
              value={form.profile.accreditors}
              onChange={(values) => setProfile({ accreditors: values as Profile["accreditors"] })}
            >
              <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs" spacing="xs">
                {(Object.keys(accreditorWords) as Profile["accreditors"][number][]).map((value) => (
                  <Checkbox key={value} value={value} label={accreditorWords[value]} />
                ))}
              </SimpleGrid>
            </Checkbox.Group>
            <Checkbox
              label="Substance use records here are protected by 42 CFR Part 2"
              checked={form.profile.part2}
              onChange={(event) => setProfile({ part2: event.currentTarget.checked })}
            />
          </Stack>
        </Card>
        <Card title="Privacy">
          <NumberInput
            label="Minutes until an unused screen signs off"
            description="What was typed is kept, and work goes on after the password."
            value={form.idleMinutes}
            min={1}
            max={480}
            allowDecimal={false}
            clampBehavior="none"
            onChange={(value) => set("idleMinutes", Number(value))}
            error={problems.get("/idleMinutes")}
            maw={320}
          />
        </Card>
        <Group>
          <Button type="submit" loading={busy} size="lg">
            Save the settings
          </Button>
          <span role="status">{note === "saved" && !dirty ? "Saved." : ""}</span>
        </Group>
      </Stack>
    </form>
  );
}
