import { Group, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";

let pagesSeen = 0;

interface Props {
  readonly children: ReactNode;
  readonly lead?: ReactNode;
  /** Buttons beside the heading. */
  readonly actions?: ReactNode;
  /** Another field of the page takes the focus. */
  readonly keepFocus?: boolean;
}

/**
 * The one h1 of a page. After a change of page it takes the focus, so that a screen reader says where one is and the keyboard starts at
 * the top.
 */
export function PageHeading({ children, lead, actions, keepFocus = false }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    pagesSeen++;
    if (pagesSeen > 1 && !keepFocus) heading.current?.focus({ preventScroll: true });
  }, [keepFocus]);
  return (
    <div style={{ marginBottom: "1.5rem" }}>
      <Group justify="space-between" align="flex-start" gap="md">
        <div style={{ flex: "1 1 16rem" }}>
          <Title order={1} ref={heading} tabIndex={-1}>
            {children}
          </Title>
          {lead !== undefined && (
            <Text c="dimmed" mt={6} maw="44rem">
              {lead}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
    </div>
  );
}
