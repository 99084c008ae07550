import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { request } from "../api/client.ts";
import { type OwnItem, ownItemsQuery } from "../api/practice.ts";
import { queryClient } from "../api/query-client.ts";
import { SelectField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";

export const kindNames: Record<OwnItem["kind"], string> = {
  definition: "How a problem shows",
  goal: "Goal",
  objective: "Objective",
  intervention: "Intervention",
  outcome: "Expected outcome",
  discharge: "Criterion for ending therapy",
};
const kinds = Object.keys(kindNames) as OwnItem["kind"][];

/** The practice's own statements, offered in every plan beside the library's. */
export function OwnStatements({ items }: { readonly items: readonly OwnItem[] }) {
  return (
    <>
      <NewItem />
      {items.length === 0 ? (
        <EmptyState title="No statement of your own yet">Write one here, or keep one from a plan while you are drafting it.</EmptyState>
      ) : (
        kinds
          .filter((kind) => items.some((item) => item.kind === kind))
          .map((kind) => (
            <Card key={kind} title={kindNames[kind]}>
              <Stack gap="md">
                {items
                  .filter((item) => item.kind === kind)
                  .map((item) => (
                    <Item key={item.id} item={item} />
                  ))}
              </Stack>
            </Card>
          ))
      )}
    </>
  );
}

function Item({ item }: { readonly item: OwnItem }) {
  const [error, setError] = useState<unknown>();
  async function remove(): Promise<void> {
    if (!window.confirm("Take this statement out of your library? Plans that use it keep it.")) return;
    try {
      await request("DELETE", `/api/library/items/${item.id}`);
      await queryClient.invalidateQueries({ queryKey: ownItemsQuery.queryKey });
    } catch (caught) {
      setError(caught);
    }
  }
  return (
    <div>
      <Text>{item.text}</Text>
      {item.plain !== "" && (
        <Text size="sm" c="dimmed">
          For the client: {item.plain}
        </Text>
      )}
      <ErrorSummary title="It was not taken out" error={error} />
      <Button variant="subtle" color="stone" size="compact-sm" onClick={() => void remove()}>
        Take out<span style={{ position: "absolute", clipPath: "inset(50%)" }}>: {item.text.slice(0, 60)}</span>
      </Button>
    </div>
  );
}

function NewItem() {
  const [form, setForm] = useState<{ kind: OwnItem["kind"]; text: string; plain: string }>({ kind: "intervention", text: "", plain: "" });
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const problems = serverProblems(error);
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await request("POST", "/api/library/items", {
        body: { id: newId(), kind: form.kind, text: form.text.trim(), plain: form.plain.trim() },
      });
      await queryClient.invalidateQueries({ queryKey: ownItemsQuery.queryKey });
      setForm({ ...form, text: "", plain: "" });
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Card title="Add a statement">
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <ErrorSummary title="The statement was not added" error={error} problems={problems} attempt={attempt} />
          <SelectField
            label="Kind"
            value={form.kind}
            choices={kinds.map((value) => ({ value, label: kindNames[value] }))}
            onChange={(kind) => setForm({ ...form, kind })}
          />
          <TextField
            label="Statement"
            description="As it stands in the record. Say “the client”; names are added in the plan."
            value={form.text}
            onChange={(text) => setForm({ ...form, text })}
            rows={2}
            max={1000}
            error={problems.get("/text")}
            required
          />
          <TextField
            label="For the client, in everyday words"
            value={form.plain}
            onChange={(plain) => setForm({ ...form, plain })}
            rows={2}
            max={1000}
            error={problems.get("/plain")}
          />
          <Group>
            <Button type="submit" loading={busy} disabled={form.text.trim() === ""}>
              Add to the library
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
