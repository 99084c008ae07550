import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { comparisonQuery } from "../../api/revisions.ts";
import { DifferenceView } from "./difference-view.tsx";
import classes from "./history.module.css";

interface Props {
  readonly planId: string;
  /** The revision that is about to be signed. The first has nothing before it, and shows nothing. */
  readonly revision: number;
  readonly audience: "record" | "client";
  readonly startOpen?: boolean;
  readonly order?: 2 | 3 | 4;
}

/** What is other than in the last signed revision, folded away until somebody wants to see it. */
export function SinceLastRevision({ planId, revision, audience, startOpen = false, order = 3 }: Props) {
  const [open, setOpen] = useState(startOpen);
  const found = useQuery({ ...comparisonQuery(planId, revision), enabled: open && revision > 1 });
  if (revision < 2) return null;
  return (
    <details className={classes.since} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{audience === "client" ? "What changed since your last plan" : "What changed since the last signed revision"}</summary>
      {found.data !== undefined ? (
        <DifferenceView difference={found.data[audience]} order={order} />
      ) : found.error !== null ? (
        <Text role="alert">What changed could not be shown. Close this and open it again to try once more.</Text>
      ) : (
        <Text c="dimmed" role="status">
          Looking it up…
        </Text>
      )}
    </details>
  );
}
