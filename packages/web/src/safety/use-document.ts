import { type ClientDocumentKind, clientDocuments } from "@trellis/domain/client-document/client-document";
import type { WorkingDocument } from "@trellis/domain/client-document/document-parts";
import { useMemo } from "react";
import type { ApiProblem } from "../api/client.ts";
import { keepVersion, saveDocument, startNextVersion } from "../api/documents.ts";
import type { TreatmentDocument } from "../api/treatment.ts";
import { mergeFields } from "../save-state/merge.ts";
import { isUnsaved, saverOf } from "../save-state/savers.ts";
import { type Saved, useVersionedAutosave, type VersionedAutosave } from "../save-state/use-versioned-autosave.ts";

interface Stored {
  readonly content: WorkingDocument;
  readonly version: number;
  readonly revision: number;
  readonly finishedAt: string | null;
  readonly savedAt?: string;
  readonly savedBy?: string;
}

/** What the server has, out of its answer to a save that came too late. */
function storedIn({ body: { current } }: ApiProblem): Stored | null {
  return typeof current === "object" && current !== null && "content" in current && "revision" in current ? (current as Stored) : null;
}

/** What the server had of a version when the words that are not saved yet were begun, or confirmed last: what they are told from. */
const begunFrom = new Map<string, WorkingDocument>();

/** The version of which words are not saved yet, although it is finished or another was begun since. */
export function unsavedVersion(
  clientId: string,
  kind: ClientDocumentKind,
  versions: readonly TreatmentDocument[],
): TreatmentDocument | undefined {
  return versions.find(({ revision }) => isUnsaved(keyOf(clientId, kind, revision)));
}

const keyOf = (clientId: string, kind: ClientDocumentKind, revision: number) => `document/${clientId}/${kind}/${revision}`;

export interface OpenDocument extends VersionedAutosave<WorkingDocument> {
  /** Somebody finished this version, or began the next one, while words of it were not saved yet. */
  readonly overtaken: Stored | null;
  /** Takes those words over into the next version. */
  readonly goOnInNext: () => Promise<void>;
}

/** The version of a document that is worked on, saved as it is typed. `stored` is what the server is known to have of it. */
export function useDocument(
  clientId: string,
  kind: ClientDocumentKind,
  revision: number,
  stored: TreatmentDocument | undefined,
): OpenDocument {
  const key = keyOf(clientId, kind, revision);
  const href = `/clients/${clientId}/safety${kind === "safety-plan" ? "" : `?kind=${kind}`}`;
  const { content: raw, version = 0 } = stored ?? {};
  const known = useMemo((): Saved<WorkingDocument> => ({ content: clientDocuments[kind].parse(raw ?? {}), version }), [kind, raw, version]);
  const open = useVersionedAutosave<WorkingDocument>({
    key,
    href,
    schema: clientDocuments[kind],
    under: "/content",
    stored: known,
    save: (from, content) => saveDocument(clientId, kind, revision, from, content),
    keep: ({ content, version: now, savedAt = "", savedBy }) => {
      begunFrom.set(key, content);
      keepVersion(clientId, { kind, revision, content, version: now, savedAt, ...(savedBy === undefined ? {} : { by: savedBy }) });
    },
    current: (problem) => {
      const there = storedIn(problem);
      return there === null || there.revision !== revision || there.finishedAt !== null ? null : there;
    },
  });

  const there = open.state.kind === "conflict" ? storedIn(open.state.problem) : null;
  const overtaken = there !== null && (there.revision !== revision || there.finishedAt !== null) ? there : null;

  async function goOnInNext(): Promise<void> {
    const next = await startNextVersion(clientId, kind);
    const { merged } = mergeFields(begunFrom.get(key) ?? known.content, open.content, next.content);
    const saved = await saveDocument(clientId, kind, next.revision, next.version, merged);
    // Its words stand in the next version now; nothing of this one waits any more.
    saverOf<WorkingDocument, undefined>(key, { href, send: async () => undefined }).resume();
    if (overtaken !== null && overtaken.revision === revision)
      keepVersion(clientId, { kind, revision, content: overtaken.content, version: overtaken.version, finishedAt: overtaken.finishedAt });
    keepVersion(clientId, { kind, revision: next.revision, content: merged, version: saved.version, savedAt: saved.savedAt });
  }

  function change(content: WorkingDocument): void {
    if (!isUnsaved(key)) begunFrom.set(key, known.content);
    open.change(content);
  }
  return { ...open, change, overtaken, goOnInNext };
}
