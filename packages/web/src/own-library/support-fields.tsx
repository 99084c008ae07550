import { Button, Checkbox, Input, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { OwnSource } from "@trellis/domain/library/own-chapter";
import { plainWords } from "@trellis/domain/library/word-index";
import { useDeferredValue, useState } from "react";
import { evidenceRegisterQuery } from "../api/library.ts";
import { ChoiceField } from "../form/choice-field.tsx";
import { hasProblem, type Problems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import classes from "./own-library.module.css";

interface Supported {
  readonly basis: "evidence" | "practice-based";
  readonly evidence: string[];
}

/** What a statement rests on: the practice's experience, or sources of the library and of the chapter. */
export function SupportFields({
  item,
  set,
  sources,
  problems,
}: {
  readonly item: Supported;
  readonly set: (part: Supported) => void;
  readonly sources: readonly OwnSource[];
  readonly problems: Problems;
}) {
  return (
    <Stack gap="xs">
      <ChoiceField
        label="It rests on"
        value={item.basis}
        choices={[
          { value: "practice-based", label: "our own practice" },
          { value: "evidence", label: "published sources" },
        ]}
        onChange={(basis) => set({ basis, evidence: basis === "evidence" ? item.evidence : [] })}
        error={problems.get("/basis")}
      />
      {(item.basis === "evidence" || item.evidence.length > 0) && (
        <Sources item={item} set={set} sources={sources} fault={hasProblem(problems, "/evidence")} problems={problems} />
      )}
    </Stack>
  );
}

function Sources({ item, set, sources, problems, fault }: Parameters<typeof SupportFields>[0] & { readonly fault: boolean }) {
  const register = useQuery(evidenceRegisterQuery);
  const [typed, setTyped] = useState("");
  const words = plainWords(useDeferredValue(typed));
  const shipped = register.data?.evidence ?? [];
  const called = (id: string): string => {
    const own = sources.find((source) => source.id === id);
    if (own !== undefined)
      return `${own.authors} (${own.year}). ${own.title}${own.verified === undefined ? " (not read yet, supports nothing)" : ""}`;
    const known = shipped.find((source) => source.id === id);
    return known === undefined ? id : `${known.authors} (${known.year}). ${known.title}`;
  };
  const found =
    words.length === 0
      ? []
      : shipped
          .filter(({ id, authors, year, title }) => {
            const text = plainWords(`${authors} ${year} ${title}`);
            return !item.evidence.includes(id) && words.every((word) => text.some((other) => other.startsWith(word)));
          })
          .slice(0, 8);
  const offered = [...item.evidence, ...sources.flatMap(({ id }) => (item.evidence.includes(id) ? [] : [id]))];
  return (
    <fieldset className={classes.several}>
      <Input.Label component="legend" size="md" labelElement="div" p={0}>
        Sources
      </Input.Label>
      <Stack gap="xs" mt={6}>
        {offered.map((id) => (
          <Checkbox
            key={id}
            label={called(id)}
            checked={item.evidence.includes(id)}
            onChange={(event) =>
              set({ ...item, evidence: event.currentTarget.checked ? [...item.evidence, id] : item.evidence.filter((one) => one !== id) })
            }
          />
        ))}
        <TextField
          label="Find a source in the library"
          description="By author, year or words of its title. Sources of your own stand in the last part of the chapter."
          value={typed}
          onChange={setTyped}
        />
        {found.map((source) => (
          <div key={source.id} className={classes.found}>
            <Text size="sm" flex={1}>
              {source.authors} ({source.year}). {source.title}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                set({ basis: "evidence", evidence: [...item.evidence, source.id] });
                setTyped("");
              }}
            >
              Take<span className={classes.unseen}> {source.title}</span>
            </Button>
          </div>
        ))}
        {words.length > 0 && found.length === 0 && register.data !== undefined && (
          <Text size="sm" c="dimmed">
            No source of the library fits. Add one of your own under Sources.
          </Text>
        )}
      </Stack>
      {fault && (
        <Input.Error mt={6}>
          {[...problems].flatMap(([pointer, message]) => (pointer.startsWith("/evidence") ? [message] : []))[0]}
        </Input.Error>
      )}
    </fieldset>
  );
}
