import { Button, Loader, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { useReachable } from "../api/connection.ts";

/** Shown while something is fetched; says why when it takes long. */
export function Waiting({ what = "the page" }: { readonly what?: string }) {
  const reachable = useReachable();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Stack align="center" py="xl" role="status" aria-live="polite" style={{ visibility: long ? "visible" : "hidden" }}>
      <Loader color="leaf" aria-hidden="true" />
      <Text c="dimmed">
        {reachable
          ? `Opening ${what}…`
          : `Trellis cannot be reached right now. ${what[0]?.toUpperCase()}${what.slice(1)} opens as soon as it answers.`}
      </Text>
    </Stack>
  );
}

/** Says what went wrong on a page that cannot be shown, and what to do. */
export function PageFault({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const missing = error instanceof ApiProblem && error.status === 404;
  const forbidden = error instanceof ApiProblem && error.status === 403;
  return (
    <Stack align="flex-start" py="xl" role="alert">
      <Text fw={600} size="lg">
        {missing
          ? "There is nothing here, or it is not open to you."
          : forbidden
            ? "This is not open to you."
            : "This page could not be opened."}
      </Text>
      <Text c="dimmed">{error instanceof Error ? error.message : "Something unexpected happened."}</Text>
      {!missing && (
        <Button variant="default" onClick={retry ?? (() => window.location.reload())}>
          Try again
        </Button>
      )}
    </Stack>
  );
}
