import { Button, Group, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { Icon } from "../shell/icon.tsx";

/** Text to be handed on, with a button that copies it; where the browser withholds copying, it is selected instead. */
export function CopyField({ label, text }: { readonly label: string; readonly text: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  async function copy(): Promise<void> {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setSaid("Copied.");
    } catch {
      setSaid("Selected: press Ctrl+C (or ⌘C) to copy.");
    }
  }
  return (
    <div>
      <Group align="flex-end" gap="sm">
        <TextInput ref={field} label={label} value={text} readOnly flex="1 1 16rem" onFocus={(event) => event.currentTarget.select()} />
        <Button variant="default" leftSection={<Icon name="copy" />} onClick={() => void copy()}>
          Copy
        </Button>
      </Group>
      <p role="status" style={{ margin: "0.3rem 0 0", minHeight: "1.4em" }}>
        {said}
      </p>
    </div>
  );
}
