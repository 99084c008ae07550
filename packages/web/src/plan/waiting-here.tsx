import { Loader, Text } from "@mantine/core";

/** A part of a page that is still being fetched. */
export function WaitingHere({ what }: { readonly what: string }) {
  return (
    <div role="status" style={{ display: "flex", gap: "0.75rem", alignItems: "center", padding: "0.75rem 0" }}>
      <Loader size="sm" color="leaf" aria-hidden="true" />
      <Text c="dimmed">Fetching {what}…</Text>
    </div>
  );
}
