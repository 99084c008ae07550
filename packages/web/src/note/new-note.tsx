import { Button, Stack } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { noteBefore, startNote } from "@trellis/domain/note/start-note";
import { useEffect, useRef, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { saveNote } from "../api/notes.ts";
import { treatmentChanged, useTreatment } from "../api/treatment.ts";
import { useChart } from "../client/use-chart.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { useToday } from "../session/today.ts";
import { Waiting } from "../shell/waiting.tsx";
import { onlySessionOf, planInForce, sessionAtHand } from "./at-hand.ts";
import { lastFormat } from "./last-format.ts";

/** Begins a note, of the session in the address or else of today's, and goes on to it; to the one that is there where somebody has begun it. */
export function NewNote({ clientId }: { readonly clientId: string }) {
  const chart = useChart(clientId);
  const treatment = useTreatment(clientId);
  const today = useToday();
  const navigate = useNavigate();
  const { session: asked } = useSearch({ strict: false }) as { readonly session?: unknown };
  const [error, setError] = useState<unknown>();
  // Kept, so that beginning again after an answer that got lost begins nothing twice.
  const id = useRef(newId());
  const begun = useRef(false);

  async function begin(): Promise<void> {
    setError(undefined);
    const sessionId = typeof asked === "string" ? asked : onlySessionOf(treatment, today);
    const open = (noteId: string) =>
      navigate({ to: "/clients/$clientId/notes/$noteId", params: { clientId, noteId }, search: {}, replace: true });
    const there = sessionId === null ? undefined : treatment.notes.find((note) => note.kind === "progress" && note.sessionId === sessionId);
    if (there !== undefined) return open(there.id);
    const session = sessionId === null ? null : sessionAtHand(treatment, sessionId);
    const note = startNote({
      plan: planInForce(chart.plans),
      session,
      lastNote: noteBefore(treatment.notes, { id: id.current, date: session?.date ?? today })?.head ?? null,
      format: lastFormat(),
      today,
    });
    try {
      await saveNote(clientId, id.current, 0, note);
      void treatmentChanged(clientId);
      await open(id.current);
    } catch (caught) {
      if (caught instanceof ApiProblem && typeof caught.body.existing === "string") await open(caught.body.existing);
      else setError(caught);
    }
  }

  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void begin();
  }, []);

  if (error === undefined) return <Waiting what="the note" />;
  return (
    <Stack align="flex-start">
      <ErrorSummary title="The note was not begun" error={error} />
      <Button onClick={() => void begin()}>Try again</Button>
    </Stack>
  );
}
