import { Anchor, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "../api/client.ts";
import { type Chart, chartQuery } from "../api/clients.ts";
import { membersQuery } from "../api/practice.ts";
import { queryClient } from "../api/query-client.ts";
import { SelectField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { Card } from "../shell/card.tsx";
import classes from "./client.module.css";

const roleWords: Readonly<Record<string, string>> = {
  primary: "Treating clinician",
  member: "On the care team",
  emergency: "Emergency access, for 24 hours",
};

/** Who treats the client, and so may open the chart. */
export function CareTeamCard({ chart }: { readonly chart: Chart }) {
  const [adding, setAdding] = useState(false);
  return (
    <Card
      title="Care team"
      actions={
        <Anchor component="button" type="button" onClick={() => setAdding(true)}>
          Add somebody
        </Anchor>
      }
    >
      {chart.careTeam.length === 0 ? (
        <Text c="dimmed">Nobody yet.</Text>
      ) : (
        <ul className={classes.plain}>
          {chart.careTeam.map(({ memberId, name, role }) => (
            <li key={`${memberId}${role}`} className={classes.row}>
              <span>
                <span className={classes.rowTitle}>{name}</span>
                <span className={classes.rowDetail}>{roleWords[role] ?? role}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {adding && <AddToCareTeam chart={chart} onClose={() => setAdding(false)} />}
    </Card>
  );
}

function AddToCareTeam({ chart, onClose }: { readonly chart: Chart; readonly onClose: () => void }) {
  const members = useQuery(membersQuery);
  const [memberId, setMemberId] = useState("");
  const [role, setRole] = useState<"primary" | "member">("member");
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const known = new Set(chart.careTeam.map((member) => member.memberId));
  const others = (members.data ?? []).filter(
    (member) => member.active && !known.has(member.id) && member.roles.some((held) => held === "clinician" || held === "supervisor"),
  );

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await request("POST", `/api/clients/${chart.id}/care-team`, { body: { memberId, role } });
      await queryClient.refetchQueries({ queryKey: chartQuery(chart.id).queryKey });
      onClose();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }

  return (
    <Modal opened onClose={onClose} title="Add to the care team">
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <Text>Whoever is on the care team can open this chart.</Text>
          <ErrorSummary title="Nobody was added" error={error ?? members.error ?? undefined} />
          {members.data !== undefined && others.length === 0 ? (
            <Text c="dimmed">There is nobody else in the practice who could be added. The owner can invite people.</Text>
          ) : (
            <>
              <SelectField
                label="Who"
                value={memberId}
                choices={[
                  { value: "", label: "Choose" },
                  ...others.map(({ id, name, credentials }) => ({
                    value: id,
                    label: credentials === "" ? name : `${name}, ${credentials}`,
                  })),
                ]}
                onChange={setMemberId}
                required
              />
              <SelectField
                label="As"
                value={role}
                choices={[
                  { value: "member", label: "On the care team" },
                  { value: "primary", label: "Treating clinician" },
                ]}
                onChange={setRole}
              />
            </>
          )}
          <Group>
            <Button type="submit" loading={busy} disabled={memberId === ""}>
              Add
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
