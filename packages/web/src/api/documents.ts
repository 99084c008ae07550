import { queryOptions } from "@tanstack/react-query";
import { type ClientDocumentKind, clientDocuments } from "@trellis/domain/client-document/client-document";
import type { WorkingDocument } from "@trellis/domain/client-document/document-parts";
import type { RiskRecord } from "@trellis/domain/risk/risk-record";
import { request } from "./client.ts";
import { queryClient } from "./query-client.ts";
import { type Treatment, type TreatmentDocument, treatmentQuery } from "./treatment.ts";

/** Saves the version that is worked on over the one that it was made from; `version` 0 begins it. */
export function saveDocument(
  clientId: string,
  kind: ClientDocumentKind,
  revision: number,
  version: number,
  content: WorkingDocument,
): Promise<{ readonly version: number; readonly savedAt: string }> {
  return request("PUT", `/api/clients/${clientId}/documents/${kind}`, { body: { revision, version, content }, keepalive: true });
}

interface Begun {
  readonly revision: number;
  readonly version: number;
  readonly content: WorkingDocument;
  readonly savedAt: string;
  readonly savedBy: string;
}

/** Begins the next version from the last finished one, or finds the one that somebody began already. */
export async function startNextVersion(clientId: string, kind: ClientDocumentKind): Promise<Begun> {
  return await request<Begun>("POST", `/api/clients/${clientId}/documents/${kind}/next`, { body: {} });
}

/** From then on the version never changes. */
export function finishDocument(
  clientId: string,
  kind: ClientDocumentKind,
  revision: number,
  version: number,
): Promise<{ readonly finishedAt: string }> {
  return request("POST", `/api/clients/${clientId}/documents/${kind}/${revision}/finish`, { body: { version } });
}

/** Where the PDF is: a sheet, or a card to fold. */
export const documentPdf = (clientId: string, kind: ClientDocumentKind, revision: number, form: "page" | "card") =>
  `/api/clients/${clientId}/documents/${kind}/${revision}.pdf?form=${form}`;

/** The versions of one document, oldest first. */
export function versionsOf(treatment: Treatment, kind: ClientDocumentKind): readonly TreatmentDocument[] {
  return treatment.documents.filter((document) => document.kind === kind).toSorted((a, b) => a.revision - b.revision);
}

/** A version's content with every field filled in, whatever was stored when it had fewer. */
export const contentOf = (kind: ClientDocumentKind, { content }: Pick<TreatmentDocument, "content">): WorkingDocument =>
  clientDocuments[kind].parse(content);

/** The version as the server is known to have it now. */
export function versionNow(clientId: string, kind: ClientDocumentKind, revision: number): TreatmentDocument | undefined {
  return queryClient
    .getQueryData<Treatment>(treatmentQuery(clientId).queryKey)
    ?.documents.find((document) => document.kind === kind && document.revision === revision);
}

/** Puts into the treatment on screen what the server has just confirmed. */
export function keepVersion(clientId: string, changed: Pick<TreatmentDocument, "kind" | "revision"> & Partial<TreatmentDocument>): void {
  queryClient.setQueryData<Treatment>(treatmentQuery(clientId).queryKey, (treatment) => {
    if (treatment === undefined) return treatment;
    const isIt = ({ kind, revision }: TreatmentDocument) => kind === changed.kind && revision === changed.revision;
    const fresh: TreatmentDocument = { version: 0, content: {}, savedAt: "", finishedAt: null, by: "", ...changed };
    return {
      ...treatment,
      documents: treatment.documents.some(isIt)
        ? treatment.documents.map((document) => (isIt(document) ? { ...document, ...changed } : document))
        : [...treatment.documents, fresh],
    };
  });
}

export const riskRecordQuery = (clientId: string) =>
  queryOptions({
    queryKey: ["risk-record", clientId],
    queryFn: ({ signal }) => request<RiskRecord>("GET", `/api/clients/${clientId}/risk-history`, { signal }),
    // Every reading stands in the client's access log.
    staleTime: 60_000,
  });
