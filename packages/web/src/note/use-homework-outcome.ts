import type { HomeworkOutcome } from "@trellis/domain/note/note";
import { useRef, useState } from "react";
import { request } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";
import { type Treatment, treatmentQuery } from "../api/treatment.ts";

interface Told {
  /** Says how homework went to the list of homework too; `null` that it was not looked at after all. */
  readonly send: (homeworkId: string, outcome: HomeworkOutcome | null, why: string) => void;
  /** What went wrong, by the homework's id. */
  readonly faults: ReadonlyMap<string, string>;
}

/** Homework looked at in a note counts as looked at everywhere. Where that cannot be said, the note keeps it all the same. */
export function useHomeworkOutcome(clientId: string, date: string): Told {
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map());
  // One after the other, as each starts from the version that the one before has made.
  const queue = useRef<Promise<void>>(Promise.resolve());

  async function tell(homeworkId: string, outcome: HomeworkOutcome | null, why: string): Promise<void> {
    const { queryKey } = treatmentQuery(clientId);
    const kept = queryClient.getQueryData<Treatment>(queryKey)?.homework.find(({ id }) => id === homeworkId);
    if (kept === undefined) return;
    const content = { ...kept.content, outcome, outcomeWhy: why, lookedAtOn: outcome === null ? null : date };
    if (JSON.stringify(content) === JSON.stringify(kept.content)) return;
    try {
      const { version } = await request<{ readonly version: number }>("PUT", `/api/clients/${clientId}/homework/${homeworkId}`, {
        body: { version: kept.version, content },
      });
      queryClient.setQueryData<Treatment>(queryKey, (treatment) =>
        treatment === undefined
          ? treatment
          : {
              ...treatment,
              homework: treatment.homework.map((entry) => (entry.id === homeworkId ? { ...entry, content, version } : entry)),
            },
      );
      setFaults((before) => new Map([...before].filter(([id]) => id !== homeworkId)));
    } catch (error) {
      // Somebody else may have changed it; the next try starts from theirs.
      void queryClient.invalidateQueries({ queryKey });
      setFaults((before) => new Map(before).set(homeworkId, error instanceof Error ? error.message : "It could not be saved."));
    }
  }

  return {
    send: (homeworkId, outcome, why) => {
      queue.current = queue.current.then(() => tell(homeworkId, outcome, why));
    },
    faults,
  };
}
