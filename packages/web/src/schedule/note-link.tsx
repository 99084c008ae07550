import { Anchor, Button, type ButtonProps } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ShownSession } from "./shown-session.ts";

type Whose = Pick<ShownSession, "clientId" | "id" | "note">;

/** Where the note of a session is begun, gone on with, or read. */
export function noteAddress({ clientId, id, note }: Whose): string {
  return note === null ? `/clients/${clientId}/notes/new?session=${id}` : `/clients/${clientId}/notes/${note.id}`;
}

function noteWords({ note }: Whose): string {
  return note === null ? "Write the note" : note.signed ? "Read the note" : "Go on with the note";
}

/** The way to the note of a session, as a button or as a link in a line. `children` says more to screen readers. */
export function NoteLink({
  session,
  button,
  children,
}: {
  readonly session: Whose;
  readonly button?: Pick<ButtonProps, "variant" | "size">;
  readonly children?: ReactNode;
}) {
  const router = useRouter();
  const address = noteAddress(session);
  const way = {
    href: address,
    onClick: (event: React.MouseEvent) => {
      // In a tab of its own it is opened by the browser.
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      router.history.push(address);
    },
  };
  const words = (
    <>
      {noteWords(session)}
      {children}
    </>
  );
  return button === undefined ? (
    <Anchor {...way}>{words}</Anchor>
  ) : (
    <Button component="a" {...way} {...button}>
      {words}
    </Button>
  );
}
