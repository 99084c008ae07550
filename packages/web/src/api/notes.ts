import { queryOptions } from "@tanstack/react-query";
import type { ProgressNote } from "@trellis/domain/note/note";
import { request } from "./client.ts";
import { chartQuery } from "./clients.ts";
import { queryClient } from "./query-client.ts";
import { type Treatment, treatmentChanged, treatmentQuery } from "./treatment.ts";

/** A progress note: a draft of its author's, or signed and locked. */
export interface Note {
  readonly id: string;
  readonly clientId: string;
  readonly sessionId: string | null;
  readonly date: string;
  readonly authorId: string;
  readonly authorName: string;
  readonly content: ProgressNote;
  readonly version: number;
  readonly createdAt: string;
  readonly savedAt: string;
  readonly signed: { readonly at: string; readonly name: string; readonly credentials: string; readonly hash: string } | null;
  readonly removed: { readonly at: string; readonly reason: string } | null;
  readonly addenda: readonly NoteAddendum[];
  /** The note before it. */
  readonly previous: { readonly id: string; readonly date: string; readonly content: ProgressNote } | null;
  /** Until when it is to be signed by the practice's own rule. */
  readonly dueAt: string;
}

export interface NoteAddendum {
  readonly id: string;
  readonly text: string;
  readonly at: string;
  readonly name: string;
  readonly credentials: string;
}

const address = (clientId: string, noteId: string) => `/api/clients/${clientId}/notes/${noteId}`;

export const noteQuery = (clientId: string, noteId: string) =>
  queryOptions({
    queryKey: ["note", clientId, noteId],
    queryFn: ({ signal }) => request<Note>("GET", address(clientId, noteId), { signal }),
    // Every reading stands in the client's access log.
    staleTime: 60_000,
  });

/** Puts into the note on screen what the server has just confirmed. */
export function changeNote(clientId: string, noteId: string, change: (note: Note) => Note): void {
  queryClient.setQueryData<Note>(noteQuery(clientId, noteId).queryKey, (note) => (note === undefined ? note : change(note)));
}

/** The same in the course of the treatment, which the lists of notes are read from. */
export function changeNoteHead(clientId: string, noteId: string, content: ProgressNote, version: number): void {
  const { sections: _sections, ownWords: _ownWords, ...head } = content;
  queryClient.setQueryData<Treatment>(treatmentQuery(clientId).queryKey, (treatment) =>
    treatment === undefined
      ? treatment
      : {
          ...treatment,
          notes: treatment.notes.map((note) =>
            note.id === noteId ? { ...note, head, version, date: content.date, sessionId: content.sessionId } : note,
          ),
        },
  );
}

/** @throws {ApiProblem} 409 with `existing` where the session has a note already, with `current` where it was changed in another window */
export function saveNote(
  clientId: string,
  noteId: string,
  version: number,
  content: ProgressNote,
): Promise<{ readonly version: number; readonly savedAt: string }> {
  return request("PUT", address(clientId, noteId), { body: { version, content }, keepalive: true });
}

/** Signs and locks. @throws {ApiProblem} 403 the password is wrong; 409 the note is another by now; 422 something is missing */
export async function signNote(clientId: string, noteId: string, version: number, password: string): Promise<void> {
  await request("POST", `${address(clientId, noteId)}/signature`, { body: { version, password } });
  // The session counts as attended from now on.
  void queryClient.invalidateQueries({ queryKey: chartQuery(clientId).queryKey });
  await Promise.all([queryClient.invalidateQueries({ queryKey: noteQuery(clientId, noteId).queryKey }), treatmentChanged(clientId)]);
}

export async function addAddendum(clientId: string, noteId: string, id: string, text: string): Promise<void> {
  await request("POST", `${address(clientId, noteId)}/addenda`, { body: { id, text } });
  await Promise.all([queryClient.invalidateQueries({ queryKey: noteQuery(clientId, noteId).queryKey }), treatmentChanged(clientId)]);
}

export async function throwNoteAway(clientId: string, noteId: string, reason: string): Promise<void> {
  await request("DELETE", address(clientId, noteId), { body: { reason } });
  await Promise.all([queryClient.invalidateQueries({ queryKey: noteQuery(clientId, noteId).queryKey }), treatmentChanged(clientId)]);
}

export const noteDocumentAddress = (clientId: string, noteId: string) => `${address(clientId, noteId)}/note.pdf`;

/** A psychotherapy note of one's own; nobody else's ever arrives here. */
export interface PrivateNote {
  readonly id: string;
  readonly date: string;
  readonly text: string;
  readonly version: number;
  readonly savedAt: string;
  readonly releases: readonly PrivateNoteRelease[];
}

export interface PrivateNoteRelease {
  readonly id: string;
  readonly version: number;
  readonly toWhom: string;
  readonly purpose: string;
  readonly authorizedOn: string;
  readonly at: string;
}

const privateAddress = (clientId: string, noteId: string) => `/api/clients/${clientId}/psychotherapy-notes/${noteId}`;

export const privateNotesQuery = (clientId: string) =>
  queryOptions({
    queryKey: ["psychotherapy-notes", clientId],
    queryFn: async ({ signal }) =>
      (await request<{ readonly notes: readonly PrivateNote[] }>("GET", `/api/clients/${clientId}/psychotherapy-notes`, { signal })).notes,
    staleTime: 60_000,
  });

export function changePrivateNotes(clientId: string, change: (notes: readonly PrivateNote[]) => readonly PrivateNote[]): void {
  queryClient.setQueryData<readonly PrivateNote[]>(privateNotesQuery(clientId).queryKey, (notes) =>
    notes === undefined ? notes : change(notes),
  );
}

export interface PrivateNoteContent {
  readonly date: string;
  readonly text: string;
}

export function savePrivateNote(
  clientId: string,
  noteId: string,
  version: number,
  content: PrivateNoteContent,
): Promise<{ readonly version: number }> {
  return request("PUT", privateAddress(clientId, noteId), { body: { version, content }, keepalive: true });
}

export async function throwPrivateNoteAway(clientId: string, noteId: string): Promise<void> {
  await request("DELETE", privateAddress(clientId, noteId));
  changePrivateNotes(clientId, (notes) => notes.filter(({ id }) => id !== noteId));
}

export async function releasePrivateNote(
  clientId: string,
  noteId: string,
  release: {
    readonly id: string;
    readonly version: number;
    readonly toWhom: string;
    readonly purpose: string;
    readonly authorizedOn: string;
  },
): Promise<void> {
  await request("POST", `${privateAddress(clientId, noteId)}/releases`, { body: release });
  await queryClient.invalidateQueries({ queryKey: privateNotesQuery(clientId).queryKey });
}

export const releasedNoteAddress = (clientId: string, noteId: string, releaseId: string) =>
  `${privateAddress(clientId, noteId)}/releases/${releaseId}/note.pdf`;
