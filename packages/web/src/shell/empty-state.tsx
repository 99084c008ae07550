import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";
import classes from "./shell.module.css";

/** Says what belongs here and what to do next, where there is nothing yet. */
export function EmptyState({
  icon = "leaf",
  title,
  children,
  action,
}: {
  readonly icon?: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <Stack align="flex-start" gap="xs" className={classes.empty}>
      <span className={classes.emptyIcon}>
        <Icon name={icon} size={26} />
      </span>
      <Text fw={600} size="lg">
        {title}
      </Text>
      {children !== undefined && (
        <Text c="dimmed" component="div" maw="38rem">
          {children}
        </Text>
      )}
      {action !== undefined && <div style={{ marginTop: "0.5rem" }}>{action}</div>}
    </Stack>
  );
}
