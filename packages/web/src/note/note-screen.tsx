import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { noteQuery } from "../api/notes.ts";
import { planQuery } from "../api/plans.ts";
import { useSignedIn } from "../api/session.ts";
import { useTreatment } from "../api/treatment.ts";
import { useChart } from "../client/use-chart.ts";
import { useMeasures } from "../give-measure/use-measures.ts";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { NewNote } from "./new-note.tsx";
import { ReadNote } from "./read-note.tsx";
import { WriteNote } from "./write-note.tsx";

/** A progress note: written by its author while it is a draft, and read by everybody who sees the chart. */
export function NoteScreen() {
  const { clientId, noteId } = useParams({ from: "/signed-in/shell/clients/$clientId/notes/$noteId" });
  return noteId === "new" ? <NewNote clientId={clientId} /> : <OneNote key={noteId} clientId={clientId} noteId={noteId} />;
}

function OneNote({ clientId, noteId }: { readonly clientId: string; readonly noteId: string }) {
  const chart = useChart(clientId);
  const treatment = useTreatment(clientId);
  const measures = useMeasures(chart);
  const { member } = useSignedIn();
  const note = useSuspenseQuery(noteQuery(clientId, noteId)).data;
  usePageTitle(`Progress note · ${initials(chart.client.name)}`);
  const own = note.signed === null && note.removed === null && note.authorId === member.id;
  const restsOn = own ? note.content.plan : null;
  const plan = useQuery({ ...planQuery(restsOn?.id ?? "", restsOn?.revision), enabled: restsOn !== null, staleTime: 60_000 });
  if (!own) return <ReadNote note={note} />;
  if (measures.data === undefined || (restsOn !== null && plan.data === undefined)) {
    const fault = measures.error ?? plan.error;
    if (fault !== null)
      return <PageFault error={fault} retry={() => (measures.error === null ? void plan.refetch() : measures.refetch())} />;
    return <Waiting what="the note" />;
  }
  return <WriteNote chart={chart} treatment={treatment} note={note} plan={plan.data?.plan ?? null} measures={measures.data} />;
}
