import { ActionIcon, Anchor, Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Text } from "@mantine/core";
import type { Client, ContactPoint, Coverage, RelatedPerson } from "@trellis/domain/client/client";
import type { MouseEvent } from "react";
import { SelectField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { focusNext, lastEntry } from "../form/focus-next.ts";
import type { Problems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import { emptyRelatedPerson, isMinor } from "./client-form.ts";
import { languageName, languageTags } from "./languages.ts";

interface Props {
  readonly client: Client;
  readonly onChange: (client: Client) => void;
  readonly problems: Problems;
  readonly today: string;
}

const contactKinds: Record<ContactPoint["system"], string> = { phone: "Phone", sms: "Text message", email: "Email", other: "Other" };
const coverageKinds: Record<Coverage["type"], string> = {
  commercial: "Commercial insurance",
  medicare: "Medicare",
  medicaid: "Medicaid",
  "self-pay": "Pays privately",
  other: "Other",
};
const emptyCoverage: Coverage = { type: "commercial", payer: "", memberId: "", authorizationNumber: "" };

/** The client's administrative record. Only the first group is needed to begin. */
export function ClientFields({ client, onChange, problems, today }: Props) {
  const at = (pointer: string) => problems.get(pointer);
  const set = <K extends keyof Client>(key: K, value: Client[K]) => onChange({ ...client, [key]: value });
  const setName = (key: keyof Client["name"]) => (value: string) => set("name", { ...client.name, [key]: value });
  const minor = isMinor(client, today);
  return (
    <Stack gap="lg">
      <Card title="Who it is">
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextField
              label="First name"
              value={client.name.given}
              onChange={setName("given")}
              max={100}
              error={at("/name/given")}
              required
            />
            <TextField
              label="Last name"
              value={client.name.family}
              onChange={setName("family")}
              max={100}
              error={at("/name/family")}
              required
            />
            <TextField
              label="Chosen name"
              description="The name to use, where it differs."
              value={client.name.chosen}
              onChange={setName("chosen")}
              max={100}
              error={at("/name/chosen")}
            />
            <TextField
              label="Pronouns"
              description="As the client says them."
              value={client.pronouns}
              onChange={(value) => set("pronouns", value)}
              max={60}
              error={at("/pronouns")}
            />
            <DateField
              label="Date of birth"
              value={client.birthDate}
              onChange={(value) => set("birthDate", value)}
              max={today}
              error={at("/birthDate")}
              required
            />
            <TextField
              label="Record number"
              description="Your own number, if you use one."
              value={client.recordNumber}
              onChange={(value) => set("recordNumber", value)}
              max={40}
              error={at("/recordNumber")}
            />
          </SimpleGrid>
        </Stack>
      </Card>

      <Card title={minor ? "Parent or guardian" : "Parent or guardian (if any)"}>
        {client.guardian === null && !minor ? (
          <Button
            variant="default"
            leftSection={<Icon name="plus" />}
            onClick={(event) => goOn(event, () => set("guardian", emptyRelatedPerson))}
          >
            Add a parent or guardian
          </Button>
        ) : (
          <Stack gap="sm">
            {minor && <Text c="dimmed">The client is under 18. A parent or guardian signs the plan together with the client.</Text>}
            <PersonFields
              person={client.guardian ?? emptyRelatedPerson}
              onChange={(guardian) => set("guardian", guardian)}
              problems={problems}
              under="/guardian"
              required={minor}
            />
            {!minor && (
              <Checkbox
                label="A court has appointed this guardian for the client as an adult"
                description="Then the guardian signs the plan. Without it an adult client signs."
                checked={client.guardianOfAdult}
                onChange={(event) => set("guardianOfAdult", event.currentTarget.checked)}
              />
            )}
            {!minor && <Remove onClick={(event) => goOn(event, () => set("guardian", null))}>Remove the guardian</Remove>}
          </Stack>
        )}
      </Card>

      <Card title="How to reach the client">
        <Stack>
          {client.contacts.map((contact, index) => (
            <ContactFields
              key={index}
              contact={contact}
              number={index + 1}
              error={at(`/contacts/${index}/value`)}
              onChange={(next) => set("contacts", client.contacts.with(index, next))}
              onRemove={() => set("contacts", client.contacts.toSpliced(index, 1))}
            />
          ))}
          {client.contacts.length < 10 && (
            <Group>
              <Button
                variant="default"
                leftSection={<Icon name="plus" />}
                onClick={(event) => {
                  const card = cardOf(event);
                  set("contacts", [...client.contacts, { system: "phone", value: "", use: "mobile", mayLeaveMessage: false }]);
                  focusNext(() => lastEntry(card));
                }}
              >
                Add a phone or email
              </Button>
            </Group>
          )}
          <TextField
            label="Address"
            value={client.address}
            onChange={(value) => set("address", value)}
            rows={2}
            max={500}
            error={at("/address")}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <SelectField
              label="Language to speak with the client"
              value={client.language}
              choices={[...new Set<string>([...languageTags, client.language])].map((value) => ({ value, label: languageName(value) }))}
              onChange={(value) => set("language", value)}
              error={at("/language")}
            />
            <Checkbox
              label="An interpreter is needed"
              checked={client.interpreterNeeded}
              onChange={(event) => set("interpreterNeeded", event.currentTarget.checked)}
              mt={{ sm: 36 }}
            />
          </SimpleGrid>
        </Stack>
      </Card>

      <Card title="In an emergency">
        {client.emergencyContact === null ? (
          <Button
            variant="default"
            leftSection={<Icon name="plus" />}
            onClick={(event) => goOn(event, () => set("emergencyContact", emptyRelatedPerson))}
          >
            Add an emergency contact
          </Button>
        ) : (
          <Stack gap="sm">
            <PersonFields
              person={client.emergencyContact}
              onChange={(person) => set("emergencyContact", person)}
              problems={problems}
              under="/emergencyContact"
            />
            <Remove onClick={(event) => goOn(event, () => set("emergencyContact", null))}>Remove the emergency contact</Remove>
          </Stack>
        )}
      </Card>

      <Card title="Who pays, and other care">
        <Stack>
          {client.coverage === null ? (
            <Group>
              <Button
                variant="default"
                leftSection={<Icon name="plus" />}
                onClick={(event) => goOn(event, () => set("coverage", emptyCoverage))}
              >
                Add who pays
              </Button>
            </Group>
          ) : (
            <CoverageFields
              coverage={client.coverage}
              problems={problems}
              onChange={(coverage) => set("coverage", coverage)}
              onRemove={(event) => goOn(event, () => set("coverage", null))}
            />
          )}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextField
              label="Primary care provider"
              value={client.primaryCareProvider}
              onChange={(value) => set("primaryCareProvider", value)}
              max={200}
              error={at("/primaryCareProvider")}
            />
            <SelectField
              label="Sex at birth"
              description="Some payers and documents ask for it."
              value={client.sexAtBirth}
              choices={[
                { value: "unknown", label: "Not recorded" },
                { value: "female", label: "Female" },
                { value: "male", label: "Male" },
                { value: "other", label: "Other" },
              ]}
              onChange={(value) => set("sexAtBirth", value)}
            />
          </SimpleGrid>
        </Stack>
      </Card>
    </Stack>
  );
}

const cardOf = (event: MouseEvent) => event.currentTarget.closest("section");

/** Changes what a card asks for, and goes on with the first thing in it. */
function goOn(event: MouseEvent, change: () => void): void {
  const card = cardOf(event);
  change();
  focusNext(() => card);
}

function Remove({ onClick, children }: { readonly onClick: (event: MouseEvent) => void; readonly children: string }) {
  return (
    <Anchor component="button" type="button" size="sm" ta="left" onClick={onClick} style={{ alignSelf: "flex-start" }}>
      {children}
    </Anchor>
  );
}

function PersonFields({
  person,
  onChange,
  problems,
  under,
  required = false,
}: {
  readonly person: RelatedPerson;
  readonly onChange: (person: RelatedPerson) => void;
  readonly problems: Problems;
  readonly under: string;
  readonly required?: boolean;
}) {
  const set = (key: keyof RelatedPerson) => (value: string) => onChange({ ...person, [key]: value });
  const at = (key: string) => problems.get(`${under}/${key}`);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TextField label="Name" value={person.name} onChange={set("name")} max={200} error={at("name")} required={required} />
      <TextField
        label="Relationship"
        placeholder="e.g. mother, partner"
        value={person.relationship}
        onChange={set("relationship")}
        max={100}
        error={at("relationship")}
      />
      <TextField label="Phone" type="tel" value={person.phone} onChange={set("phone")} max={50} error={at("phone")} />
      <TextField label="Email" type="email" value={person.email} onChange={set("email")} max={200} error={at("email")} />
    </SimpleGrid>
  );
}

function ContactFields({
  contact,
  number,
  error,
  onChange,
  onRemove,
}: {
  readonly contact: ContactPoint;
  readonly number: number;
  readonly error: string | undefined;
  readonly onChange: (contact: ContactPoint) => void;
  readonly onRemove: () => void;
}) {
  return (
    <Group align="flex-start" gap="sm" data-entry>
      <NativeSelect
        aria-label={`Contact ${number}: kind`}
        value={contact.system}
        data={Object.entries(contactKinds).map(([value, label]) => ({ value, label }))}
        onChange={(event) => onChange({ ...contact, system: event.currentTarget.value as ContactPoint["system"] })}
        w={150}
      />
      <div style={{ flex: "1 1 12rem" }}>
        <TextField
          label={`Contact ${number}: number or address`}
          hiddenLabel
          value={contact.value}
          error={error}
          max={200}
          type={contact.system === "email" ? "email" : "text"}
          onChange={(value) => onChange({ ...contact, value })}
        />
      </div>
      <Checkbox
        label="May leave a message"
        checked={contact.mayLeaveMessage}
        onChange={(event) => onChange({ ...contact, mayLeaveMessage: event.currentTarget.checked })}
        mt={10}
      />
      <ActionIcon variant="subtle" color="stone" size={42} aria-label={`Remove contact ${number}`} onClick={onRemove}>
        <Icon name="close" />
      </ActionIcon>
    </Group>
  );
}

function CoverageFields({
  coverage,
  problems,
  onChange,
  onRemove,
}: {
  readonly coverage: Coverage;
  readonly problems: Problems;
  readonly onChange: (coverage: Coverage) => void;
  readonly onRemove: (event: MouseEvent) => void;
}) {
  const set = (key: keyof Coverage) => (value: string) => onChange({ ...coverage, [key]: value });
  const at = (key: string) => problems.get(`/coverage/${key}`);
  const insured = coverage.type !== "self-pay";
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <SelectField
          label="Who pays"
          description="Decides which rules the plan is checked against."
          value={coverage.type}
          choices={(Object.keys(coverageKinds) as Coverage["type"][]).map((value) => ({ value, label: coverageKinds[value] }))}
          onChange={(type) => onChange({ ...coverage, type })}
        />
        {insured && (
          <TextField
            label="Name of the payer"
            description="As printed on the card."
            value={coverage.payer}
            onChange={set("payer")}
            max={120}
            error={at("payer")}
          />
        )}
        {insured && (
          <TextField label="Member number" value={coverage.memberId} onChange={set("memberId")} max={80} error={at("memberId")} />
        )}
        {insured && (
          <TextField
            label="Authorization number"
            value={coverage.authorizationNumber}
            onChange={set("authorizationNumber")}
            max={80}
            error={at("authorizationNumber")}
          />
        )}
      </SimpleGrid>
      <Remove onClick={onRemove}>Remove who pays</Remove>
    </Stack>
  );
}
