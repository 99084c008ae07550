import { ActionIcon, Button, Checkbox, Group, Input, Text } from "@mantine/core";
import type { SafetyContact } from "@trellis/domain/client-document/safety-plan";
import { phoneProblem } from "@trellis/domain/client-document/telephone";
import { useRef, useState } from "react";
import { focusNext, lastEntry } from "../form/focus-next.ts";
import type { Problems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { Icon } from "../shell/icon.tsx";
import classes from "./safety.module.css";

interface Props {
  readonly label: string;
  readonly description: string;
  readonly noun: string;
  readonly contacts: readonly SafetyContact[];
  readonly onChange: (contacts: readonly SafetyContact[]) => void;
  readonly problems: Problems;
  /** Pointer to the list, e.g. `/helpers`. */
  readonly pointer: string;
}

const most = 12;
const empty: SafetyContact = { name: "", phone: "", note: "", anyHour: false };

/** People and places with a number to call, in the order in which they are turned to. */
export function ContactsField({ label, description, noun, contacts, onChange, problems, pointer }: Props) {
  const list = useRef<HTMLFieldSetElement>(null);
  const change = (index: number, part: Partial<SafetyContact>) =>
    onChange(contacts.map((contact, i) => (i === index ? { ...contact, ...part } : contact)));
  return (
    <fieldset className={classes.contacts} ref={list}>
      <Input.Label component="legend" size="md" labelElement="div" p={0}>
        {label}
      </Input.Label>
      <Text size="sm" c="dimmed" mb={6}>
        {description}
      </Text>
      {contacts.map((contact, index) => {
        const called = contact.name.trim() === "" ? `${noun} ${index + 1}` : contact.name.slice(0, 60);
        const at = (field: string) => problems.get(`${pointer}/${index}/${field}`);
        return (
          <fieldset key={index} className={classes.contact} data-entry aria-label={called}>
            <div className={classes.contactFields}>
              <TextField label="Name" value={contact.name} onChange={(name) => change(index, { name })} max={120} error={at("name")} />
              <PhoneField value={contact.phone} onChange={(phone) => change(index, { phone })} error={at("phone")} />
              <TextField
                label="Note"
                value={contact.note}
                onChange={(note) => change(index, { note })}
                max={200}
                placeholder="e.g. sister; after 6 pm; what I would say"
                error={at("note")}
              />
              <Checkbox
                className={classes.anyHour ?? ""}
                label="At any hour"
                checked={contact.anyHour}
                onChange={(event) => change(index, { anyHour: event.currentTarget.checked })}
              />
            </div>
            <ActionIcon
              variant="subtle"
              color="stone"
              size={42}
              aria-label={`Remove ${called}`}
              onClick={() => {
                onChange(contacts.toSpliced(index, 1));
                focusNext(() => list.current?.querySelectorAll("[data-entry]")[Math.max(0, index - 1)] ?? list.current);
              }}
            >
              <Icon name="close" />
            </ActionIcon>
          </fieldset>
        );
      })}
      {problems.get(pointer) !== undefined && <Input.Error>{problems.get(pointer)}</Input.Error>}
      <Group>
        <Button
          variant="default"
          leftSection={<Icon name="plus" />}
          disabled={contacts.length >= most}
          onClick={() => {
            onChange([...contacts, empty]);
            focusNext(() => lastEntry(list.current));
          }}
        >
          Add a {noun}
        </Button>
        {contacts.length >= most && (
          <Text size="sm" c="dimmed">
            That is all that fits here ({most}).
          </Text>
        )}
      </Group>
    </fieldset>
  );
}

/** Says what is wrong with a number once the field is left, not while it is typed. */
function PhoneField({
  value,
  onChange,
  error,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}) {
  const [typing, setTyping] = useState(false);
  return (
    <TextField
      label="Phone"
      inputMode="tel"
      value={value}
      onChange={(phone) => {
        setTyping(true);
        onChange(phone);
      }}
      onBlur={() => setTyping(false)}
      max={50}
      error={error ?? (typing ? undefined : (phoneProblem(value) ?? undefined))}
    />
  );
}
