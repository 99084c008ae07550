import { Alert, Badge, Button, Checkbox, Group, Modal, PasswordInput, Stack, Switch, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  changeMember,
  invitationsQuery,
  invite,
  type Member,
  makeRecoveryLink,
  membersQuery,
  withdrawInvitation,
} from "../api/practice.ts";
import { queryClient } from "../api/query-client.ts";
import type { Role } from "../api/session.ts";
import { SelectField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { DemoPassword } from "../session/demo-password.tsx";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { WideTable } from "../shell/wide-table.tsx";
import { CopyField } from "./copy-field.tsx";
import { roleMeanings, roleNames, roles } from "./role-names.ts";

const when = (instant: string) => new Date(instant).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });

/** Who works here, what they may do, and who is invited. */
export function PeopleScreen() {
  usePageTitle("People");
  const members = useQuery(membersQuery);
  const invitations = useQuery(invitationsQuery);
  const [locked, setLocked] = useState<Member | null>(null);
  const [edited, setEdited] = useState<Member | null>(null);
  const [inviting, setInviting] = useState(false);
  if (members.error !== null) return <PageFault error={members.error} retry={() => void members.refetch()} />;
  if (members.data === undefined) return <Waiting what="the people" />;
  const nameOf = (id: string | null) => members.data.find((member) => member.id === id)?.name ?? "";
  return (
    <>
      <PageHeading
        lead="Each person has a password of their own. What a role may see is enforced in the database, not only on screen."
        actions={
          <Button leftSection={<Icon name="plus" />} onClick={() => setInviting(true)}>
            Invite somebody
          </Button>
        }
      >
        People
      </PageHeading>
      <Stack gap="lg">
        <Card title="In the practice">
          <WideTable label="People in the practice" minWidth={560} head={["Name", "Roles", "Supervisor", "Actions"]}>
            {members.data.map((member) => (
              <Table.Tr key={member.id}>
                <Table.Td>
                  <Text fw={600}>
                    {member.name}
                    {member.credentials === "" ? "" : `, ${member.credentials}`}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {member.email}
                  </Text>
                  {!member.active && <Badge color="stone">No access</Badge>}
                </Table.Td>
                <Table.Td>{member.roles.map((role) => roleNames[role]).join(", ")}</Table.Td>
                <Table.Td>{nameOf(member.supervisorId)}</Table.Td>
                <Table.Td>
                  <Button variant="subtle" size="compact-md" onClick={() => setEdited(member)}>
                    Change<span style={{ position: "absolute", clipPath: "inset(50%)" }}> {member.name}</span>
                  </Button>
                  {member.active && (
                    <Button variant="subtle" size="compact-md" onClick={() => setLocked(member)}>
                      New password<span style={{ position: "absolute", clipPath: "inset(50%)" }}> for {member.name}</span>
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </WideTable>
        </Card>
        {(invitations.data?.length ?? 0) > 0 && (
          <Card title="Invited, not here yet">
            <Stack gap="sm">
              {invitations.data?.map((invitation) => (
                <Group key={invitation.id} justify="space-between">
                  <span>
                    <strong>{invitation.name}</strong>, {invitation.roles.map((role) => roleNames[role].toLowerCase()).join(" and ")}
                    <Text size="sm" c="dimmed">
                      The link works until {when(invitation.expiresAt)}.
                    </Text>
                  </span>
                  <Button
                    variant="default"
                    size="compact-md"
                    onClick={() =>
                      void withdrawInvitation(invitation.id).then(() =>
                        queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
                      )
                    }
                  >
                    Withdraw
                  </Button>
                </Group>
              ))}
            </Stack>
          </Card>
        )}
      </Stack>
      {inviting && <Invite onClose={() => setInviting(false)} />}
      {locked !== null && <RecoverMember member={locked} onClose={() => setLocked(null)} />}
      {edited !== null && <EditMember member={edited} members={members.data} onClose={() => setEdited(null)} />}
    </>
  );
}

interface MadeLink {
  readonly link: string;
  readonly expiresAt: string;
}

/** A link that was just made, to be handed over: it is shown this once. */
function OneTimeLink({ name, made, onClose }: { readonly name: string; readonly made: MadeLink; readonly onClose: () => void }) {
  return (
    <Stack>
      <Text>
        Give this link to {name} in a way you trust. It works once, until {when(made.expiresAt)}, and is not shown again.
      </Text>
      <CopyField label="One-time link" text={made.link} />
      <Group>
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}

function RoleChoice({ value, onChange }: { readonly value: readonly Role[]; readonly onChange: (roles: readonly Role[]) => void }) {
  return (
    <Checkbox.Group label="Roles" size="md" value={[...value]} onChange={(next) => onChange(next as Role[])}>
      <Stack gap="xs" mt="xs">
        {roles.map((role) => (
          <Checkbox key={role} value={role} label={roleNames[role]} description={roleMeanings[role]} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function Invite({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly Role[]>(["clinician"]);
  const [link, setLink] = useState<MadeLink | null>(null);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      setLink(await invite(name.trim(), chosen));
      void queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey });
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Modal opened onClose={onClose} title="Invite somebody" size="lg">
      {link === null ? (
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            <ErrorSummary title="The invitation was not made" error={error} problems={serverProblems(error)} />
            <TextField label="Name" value={name} onChange={setName} max={200} required autoFocus />
            <RoleChoice value={chosen} onChange={setChosen} />
            <Group>
              <Button type="submit" loading={busy} disabled={name.trim() === "" || chosen.length === 0}>
                Make a one-time link
              </Button>
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <OneTimeLink name={name} made={link} onClose={onClose} />
      )}
    </Modal>
  );
}

/** A one-time link with which a colleague who is locked out sets a new password. */
function RecoverMember({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const [secondFactor, setSecondFactor] = useState(false);
  const [password, setPassword] = useState("");
  const [made, setMade] = useState<MadeLink | null>(null);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      setMade(await makeRecoveryLink(member.id, secondFactor, password));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Modal opened onClose={onClose} title={`A new password for ${member.name}`} size="lg">
      {made === null ? (
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            <Text>
              Somebody who is locked out sets a new password with a one-time link. Be sure that it is {member.name} who asks: the link opens
              the account.
            </Text>
            <ErrorSummary title="The link was not made" error={error} problems={serverProblems(error)} />
            <Checkbox
              checked={secondFactor}
              onChange={(event) => setSecondFactor(event.currentTarget.checked)}
              label="The phone is lost: switch the second factor off too"
            />
            <DemoPassword />
            <PasswordInput
              label="Your own password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              autoComplete="current-password"
              required
            />
            <Group>
              <Button type="submit" loading={busy} disabled={password === ""}>
                Make a one-time link
              </Button>
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <OneTimeLink name={member.name} made={made} onClose={onClose} />
      )}
    </Modal>
  );
}

function EditMember({
  member,
  members,
  onClose,
}: {
  readonly member: Member;
  readonly members: readonly Member[];
  readonly onClose: () => void;
}) {
  const [form, setForm] = useState({
    name: member.name,
    credentials: member.credentials,
    npi: member.npi,
    roles: member.roles,
    active: member.active,
    supervisorId: member.supervisorId,
  });
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const problems = serverProblems(error);
  const set = <K extends keyof typeof form>(key: K, value: (typeof form)[K]) => setForm((before) => ({ ...before, [key]: value }));
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await changeMember(member.id, member.version, form);
      await queryClient.invalidateQueries({ queryKey: membersQuery.queryKey });
      onClose();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }
  return (
    <Modal opened onClose={onClose} title={member.name} size="lg">
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <ErrorSummary title="The changes are not saved" error={error} problems={problems} />
          <TextField
            label="Name"
            value={form.name}
            onChange={(value) => set("name", value)}
            max={200}
            error={problems.get("/name")}
            required
          />
          <Group grow align="flex-start">
            <TextField
              label="Credentials"
              value={form.credentials}
              onChange={(value) => set("credentials", value)}
              max={120}
              error={problems.get("/credentials")}
            />
            <TextField
              label="NPI"
              value={form.npi}
              onChange={(value) => set("npi", value)}
              max={20}
              inputMode="numeric"
              error={problems.get("/npi")}
            />
          </Group>
          <RoleChoice value={form.roles} onChange={(next) => set("roles", next)} />
          <SelectField
            label="Supervisor"
            value={form.supervisorId ?? ""}
            choices={[
              { value: "", label: "None" },
              ...members
                .filter((other) => other.id !== member.id && other.roles.includes("supervisor"))
                .map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(value) => set("supervisorId", value === "" ? null : value)}
          />
          <Switch label="May sign in" checked={form.active} onChange={(event) => set("active", event.currentTarget.checked)} />
          {!form.active && (
            <Alert color="straw">Without access nobody can sign in as {member.name}. What they wrote and signed stays.</Alert>
          )}
          <Group>
            <Button type="submit" loading={busy} disabled={form.roles.length === 0}>
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
