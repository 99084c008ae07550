import { Button, Stack, Text } from "@mantine/core";
import { defaultCrisisWords } from "@trellis/domain/practice/crisis-words";
import { useRef } from "react";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";

interface Props {
  readonly country: string;
  /** Empty for the words of the country. */
  readonly crisis: string;
  readonly onChange: (crisis: string) => void;
  readonly error: string | undefined;
}

/** What clients are told of where help is: the words of the practice's country, or its own. */
export function CrisisCard({ country, crisis, onChange, error }: Props) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const usual = defaultCrisisWords(country);
  return (
    <Card title="Help in a crisis">
      <Stack>
        <Text>
          Clients read this on their plan, when they have answered questions, and at once when an answer speaks of danger. Numbers to call
          can be tapped on a phone.
        </Text>
        <TextField
          ref={field}
          label="Your own words"
          description="Leave it empty to use the words below. Say whom to call at any hour, and what to do in danger."
          value={crisis}
          onChange={onChange}
          rows={3}
          max={1000}
          error={error}
        />
        <div>
          <Text fw={600}>{crisis.trim() === "" ? "Clients read:" : "The words for your country, not used now:"}</Text>
          <Text>{usual}</Text>
        </div>
        {crisis.trim() !== "" && (
          <Button
            variant="default"
            style={{ alignSelf: "flex-start" }}
            onClick={() => {
              onChange("");
              field.current?.focus();
            }}
          >
            Use the words for my country
          </Button>
        )}
      </Stack>
    </Card>
  );
}
