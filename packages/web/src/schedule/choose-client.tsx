import { MultiSelect, type OptionsFilter, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { formatDate } from "@trellis/domain/calendar/date";
import { type ReactNode, useState } from "react";
import { clientPage } from "../api/clients.ts";

export interface ChosenClient {
  readonly id: string;
  readonly name: string;
}

/** Clients of one's own, found by the words typed so far. Everything offered stays known, so that who is chosen keeps the name. */
function useOffered(chosen: readonly ChosenClient[]) {
  const [typed, setTyped] = useState("");
  // After a choice the field holds the name that was chosen, which is not searched for.
  const words = chosen.some(({ name }) => name === typed) ? "" : typed;
  const found = useQuery({
    queryKey: ["clients-to-plan-for", words],
    queryFn: ({ signal }) => clientPage(words, "mine", null, signal),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const clients = found.data?.clients ?? [];
  const data = [
    ...clients.map(({ id, name }) => ({ value: id, label: name })),
    ...chosen.filter(({ id }) => !clients.some((client) => client.id === id)).map(({ id, name }) => ({ value: id, label: name })),
  ];
  const born = new Map(clients.map(({ id, birthDate }) => [id, birthDate]));
  return { typed, setTyped, data, born };
}

// The server has searched.
const asFound: OptionsFilter = ({ options }) => options;

const shared = {
  size: "md",
  searchable: true,
  filter: asFound,
  nothingFoundMessage: "Nobody of your clients by that name.",
  maxDropdownHeight: 260,
  autoComplete: "off",
} as const;

const withBirth =
  (born: ReadonlyMap<string, string>) =>
  ({ option }: { option: { value: string; label: string } }) => (
    <span>
      {option.label}
      {born.has(option.value) && (
        <span style={{ color: "var(--ink-soft)", fontSize: "0.85rem" }}> · born {formatDate(born.get(option.value) ?? "")}</span>
      )}
    </span>
  );

/** Which client a session is for. */
export function ClientField({
  value,
  onChange,
  error,
}: {
  readonly value: ChosenClient | null;
  readonly onChange: (client: ChosenClient | null) => void;
  readonly error?: ReactNode;
}) {
  const { typed, setTyped, data, born } = useOffered(value === null ? [] : [value]);
  return (
    <Select
      {...shared}
      label="Client"
      placeholder="Type a name"
      value={value?.id ?? null}
      data={data}
      searchValue={typed}
      onSearchChange={setTyped}
      renderOption={withBirth(born)}
      onChange={(id) => {
        const found = data.find((option) => option.value === id);
        onChange(found === undefined ? null : { id: found.value, name: found.label });
      }}
      error={error}
      required
      data-autofocus
    />
  );
}

/** Which clients sit in a group. */
export function ClientsField({
  value,
  onChange,
  error,
}: {
  readonly value: readonly ChosenClient[];
  readonly onChange: (clients: readonly ChosenClient[]) => void;
  readonly error?: ReactNode;
}) {
  const { typed, setTyped, data, born } = useOffered(value);
  return (
    <MultiSelect
      {...shared}
      label="Who is in the group"
      description="What one chart shows of the group never names the others."
      placeholder={value.length === 0 ? "Type a name" : ""}
      value={value.map(({ id }) => id)}
      data={data}
      searchValue={typed}
      onSearchChange={setTyped}
      renderOption={withBirth(born)}
      onChange={(ids) =>
        onChange(
          ids.flatMap((id) => {
            const found = data.find((option) => option.value === id);
            return found === undefined ? [] : [{ id, name: found.label }];
          }),
        )
      }
      error={error}
      required
    />
  );
}
