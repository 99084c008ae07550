import { Alert, Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyField } from "../settings/copy-field.tsx";
import { QrCode } from "../settings/qr-code.tsx";
import type { MadeLink } from "./answer-links.ts";

/** The address of a link that was just made, shown this once: to copy, for the camera of the phone in the room, and beside it what to tell the client. */
export function LinkAddress({ made, children }: { readonly made: MadeLink; readonly children: ReactNode }) {
  const { host, hostname } = new URL(made.link);
  const here = hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "127.0.0.1";
  return (
    <>
      {!made.publicAddress && (
        <Alert color="straw" title="Can the phone reach this address?">
          Trellis has no public address here, so the link works only where {host} can be opened
          {here ? ": on this computer and no other device" : ""}. Whoever looks after the server can set one (TRELLIS_ADDRESS).
        </Alert>
      )}
      <CopyField label="The link. It is shown this once" text={made.link} />
      <Group align="flex-start" gap="lg">
        <QrCode text={made.link} label="The link, for the camera of the phone in the room" size={184} />
        <Stack gap="xs" flex="1 1 18rem">
          {children}
        </Stack>
      </Group>
    </>
  );
}
