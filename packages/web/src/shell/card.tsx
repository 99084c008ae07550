import { Group, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./shell.module.css";

interface Props {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly tone?: "plain" | "attention";
  readonly order?: 2 | 3;
  readonly children: ReactNode;
}

/** A sheet of paper on the page, with a heading of its own. */
export function Card({ title, actions, tone = "plain", order = 2, children }: Props) {
  const id = useId();
  return (
    <section className={classes.card} data-tone={tone} {...(title === undefined ? {} : { "aria-labelledby": id })}>
      {title !== undefined && (
        <Group justify="space-between" align="baseline" mb="sm" gap="xs">
          <Title order={order} id={id} size="h3">
            {title}
          </Title>
          {actions}
        </Group>
      )}
      {children}
    </section>
  );
}
