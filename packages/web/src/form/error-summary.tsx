import { Alert, List, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { ApiProblem } from "../api/client.ts";
import type { Problems } from "./problems.ts";

interface Props {
  /** What a request or a check came back with; nothing is shown without one. */
  readonly error?: unknown;
  readonly problems?: Problems;
  /** What could not be done, e.g. "The client was not added". */
  readonly title: string;
  /** Changes with every attempt, so that the summary is read out again. */
  readonly attempt?: number;
}

/** Says at the top of a form why it did not go through, and takes the focus so that nobody misses it. */
export function ErrorSummary({ error, problems, title, attempt = 0 }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const messages = [...new Set(problems?.values() ?? [])];
  const message =
    error instanceof ApiProblem
      ? messages.length > 0 && error.errors.length > 0
        ? ""
        : error.message
      : error instanceof Error
        ? error.message
        : "";
  const shown = messages.length > 0 || message !== "";
  useEffect(() => {
    if (shown && attempt > 0) box.current?.focus();
  }, [shown, attempt]);
  if (!shown) return null;
  return (
    <Alert ref={box} tabIndex={-1} color="clay" role="alert" title={title}>
      {message !== "" && <Text size="sm">{message} What you typed is still here.</Text>}
      {messages.length > 0 && (
        <List size="sm">
          {messages.map((text) => (
            <List.Item key={text}>{text}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
