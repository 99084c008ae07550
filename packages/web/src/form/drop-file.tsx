import { Alert, Button, Text } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";
import { Card } from "../shell/card.tsx";
import classes from "./drop-file.module.css";

interface Props {
  /** What kind of file, as people call it: "CSV". */
  readonly kind: string;
  /** Endings and types that the browser offers. */
  readonly accept: string;
  /** Of the file that was chosen. */
  readonly name: string | null;
  /** On the button once a file was chosen. */
  readonly again: string;
  readonly busy: boolean;
  readonly fault: string | null;
  readonly onChoose: (file: File) => void;
  /** What has to be in the file, said until one is chosen. */
  readonly hint?: ReactNode;
  /** Between the file and what is wrong with it. */
  readonly children?: ReactNode;
}

/** A file to be read, dropped or chosen. */
export function DropFile({ kind, accept, name, again, busy, fault, onChoose, hint, children }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <Card title="The file">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way beside the button in it */}
      <div
        className={classes.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const [dropped] = event.dataTransfer.files;
          if (dropped !== undefined) onChoose(dropped);
        }}
      >
        <Text>{name === null ? `Drop a ${kind} file here, or choose one.` : `Chosen: ${name}`}</Text>
        <Button variant={name === null ? "filled" : "default"} onClick={() => input.current?.click()} loading={busy}>
          {name === null ? "Choose a file" : again}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept={accept}
          aria-label={`${kind} file`}
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            // The same file can be chosen again after it was corrected.
            event.currentTarget.value = "";
            if (chosen !== undefined) onChoose(chosen);
          }}
        />
        {name === null && hint}
      </div>
      {children}
      {fault !== null && (
        <Alert color="clay" role="alert" title="The file was not read" mt="md">
          {fault}
        </Alert>
      )}
    </Card>
  );
}
