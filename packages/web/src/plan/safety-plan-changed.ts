import { useQuery } from "@tanstack/react-query";
import { dayOf, type IsoDate } from "@trellis/domain/calendar/date";
import { versionWords } from "@trellis/domain/client-document/document-parts";
import type { Edit } from "@trellis/domain/plan/edit-plan";
import type { Plan } from "@trellis/domain/plan/plan";
import { useMemo } from "react";
import { useSignedIn } from "../api/session.ts";
import { treatmentQuery } from "../api/treatment.ts";
import type { RecordChange } from "./record-changed.ts";

interface FinishedVersion {
  readonly revision: number;
  readonly on: IsoDate;
}

/** The sentence that names a version; an earlier one of it is replaced and everything else left as it was written. */
const named = /Safety plan, version \d+ of [^.]*\./;

/** That the plan does not name the safety plan as it was finished last, with the edits that do. Words of the clinician's own stay. */
export function safetyPlanChanges({ crisisPlan }: Pick<Plan, "crisisPlan">, last: FinishedVersion | null): RecordChange[] {
  if (last === null) return [];
  const version = versionWords(last.revision, last.on);
  const words = `Safety plan, ${version}.`;
  if (crisisPlan.state === "present" && crisisPlan.text.includes(words)) return [];
  const text = named.test(crisisPlan.text)
    ? crisisPlan.text.replace(named, words)
    : [words, crisisPlan.text].filter((part) => part.trim() !== "").join("\n");
  const set = (field: string, value: string): Edit => ({ type: "set", path: ["crisisPlan", field], value });
  return [
    {
      text: `The safety plan was finished, ${version}; the plan does not name it yet.`,
      edits: [set("state", "present"), set("text", text)],
    },
  ];
}

/** The same for the plan on screen. */
export function useSafetyPlanChanges(plan: Pick<Plan, "crisisPlan" | "clientId">): readonly RecordChange[] {
  const { timeZone } = useSignedIn().practice;
  const documents = useQuery(treatmentQuery(plan.clientId)).data?.documents;
  return useMemo(() => {
    const last = documents
      ?.filter(({ kind, finishedAt }) => kind === "safety-plan" && finishedAt !== null)
      .toSorted((a, b) => b.revision - a.revision)[0];
    return safetyPlanChanges(plan, last?.finishedAt == null ? null : { revision: last.revision, on: dayOf(last.finishedAt, timeZone) });
  }, [plan, documents, timeZone]);
}
