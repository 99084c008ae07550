import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { BrandMark } from "./brand.tsx";
import classes from "./shell.module.css";

/** The frame of the pages that come before somebody is signed in. */
export function Outside({
  title,
  lead,
  width = "28rem",
  children,
}: {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly width?: string;
  readonly children: ReactNode;
}) {
  return (
    <main className={classes.outside} id="main" style={{ "--outside-width": width } as React.CSSProperties}>
      <Stack align="center" gap="xs" mb="lg" maw={width}>
        <BrandMark size={44} />
        <Title order={1} ta="center">
          {title}
        </Title>
        {lead !== undefined && (
          <Text c="dimmed" ta="center">
            {lead}
          </Text>
        )}
      </Stack>
      <div className={classes.outsideCard}>{children}</div>
    </main>
  );
}
