import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ErrorSummary } from "../../form/error-summary.tsx";
import { TextField } from "../../form/text-field.tsx";

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  readonly label: string;
  readonly placeholder: string;
  /** What the button says. */
  readonly action: string;
  readonly fault: string;
  readonly failed: string;
  readonly onConfirm: (reason: string) => Promise<void>;
}

/** Something that needs a reason, which stays in the record. */
export function ReasonDialog({ opened, onClose, title, children, label, placeholder, action, fault, failed, onConfirm }: Props) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === "") return;
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm(reason.trim());
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <Text component="div">{children}</Text>
          <ErrorSummary title={failed} error={error} attempt={attempt} />
          <TextField
            label={label}
            placeholder={placeholder}
            value={reason}
            onChange={setReason}
            max={500}
            error={tried && reason.trim() === "" ? fault : undefined}
            required
            data-autofocus
          />
          <Group>
            <Button type="submit" loading={busy}>
              {action}
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
