import { Table } from "@mantine/core";
import type { ReactNode } from "react";

/** A table that may be wider than the screen: it is scrolled by itself, from the keyboard too. */
export function WideTable({
  label,
  minWidth = 560,
  head,
  children,
}: {
  readonly label: string;
  readonly minWidth?: number;
  readonly head: readonly string[];
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable from the keyboard
    <section aria-label={`${label}, table`} tabIndex={0} style={{ overflowX: "auto", overflowWrap: "normal" }}>
      <Table verticalSpacing="sm" fz="md" miw={minWidth}>
        <Table.Thead>
          <Table.Tr>
            {head.map((text) => (
              <Table.Th key={text} scope="col">
                {text}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </section>
  );
}
