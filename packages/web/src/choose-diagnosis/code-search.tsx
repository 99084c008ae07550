import { Badge, Combobox, Highlight, Text, TextInput, useCombobox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { type DiagnosisCode, diagnosisCodesQuery } from "../api/reference.ts";
import { Icon } from "../shell/icon.tsx";
import classes from "./choose-diagnosis.module.css";

interface Props {
  readonly onChoose: (code: DiagnosisCode, fiscalYear: number) => void;
}

/** Finds a code by word, code, abbreviation or misspelling while one types. A heading that cannot be billed leads to its more specific codes. */
export function CodeSearch({ onChoose }: Props) {
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { data, error, isPlaceholderData } = useQuery({ ...diagnosisCodesQuery(q), enabled: q !== "" });
  const codes = q === "" ? [] : (data?.codes ?? []);

  function choose(value: string): void {
    const code = codes.find((entry) => entry.code === value);
    if (code === undefined || data === undefined) return;
    if (!code.billable && code.current) {
      setTyped(code.code);
      combobox.openDropdown();
      combobox.selectFirstOption();
      return;
    }
    onChoose(code, data.fiscalYear);
    setTyped("");
    combobox.closeDropdown();
  }

  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal={false} shadow="md">
      <Combobox.Target>
        <TextInput
          label="Find a diagnosis"
          description="A word, a code or an abbreviation: “gad”, “ptsd”, “f33”, “major depression”. Arrow keys choose, Enter takes."
          placeholder="Type to search"
          leftSection={<Icon name="search" />}
          value={typed}
          autoComplete="off"
          maxLength={200}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            // Enter with nothing pointed at takes the first, as one expects of a search.
            if (event.key === "Enter") {
              event.preventDefault();
              if (combobox.getSelectedOptionIndex() === -1 && codes[0] !== undefined && !isPlaceholderData) choose(codes[0].code);
            }
          }}
          error={error === null ? undefined : "The codes cannot be searched right now. It is tried again by itself."}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={q === ""}>
        <Combobox.Options mah={420} style={{ overflowY: "auto" }} aria-label="Codes found">
          {codes.map((code) => (
            <Combobox.Option key={code.code} value={code.code} className={classes.option ?? ""}>
              <span className={classes.code}>{code.code}</span>
              <span className={classes.description}>
                <Highlight highlight={q} component="span" color="straw.2">
                  {code.description}
                </Highlight>
              </span>
              {!code.current ? (
                <Badge color="clay">Retired</Badge>
              ) : code.billable ? null : (
                <Badge color="stone">Not billable: more specific codes follow</Badge>
              )}
            </Combobox.Option>
          ))}
          {codes.length === 0 && (
            <Combobox.Empty>{data === undefined ? "Searching…" : "No code found. Try another word, or part of the code."}</Combobox.Empty>
          )}
        </Combobox.Options>
        {data !== undefined && (
          <Text size="xs" c="dimmed" p="xs">
            {data.outdated ?? `ICD-10-CM, fiscal year ${data.fiscalYear}`}
          </Text>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
