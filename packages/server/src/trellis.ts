import { join } from "node:path";
import { IsoDate } from "@trellis/domain/calendar/date";
import { type DiagnosisIndex, indexDiagnoses } from "@trellis/domain/diagnosis/search-diagnoses";
import { type CatalogueChapter, catalogueChapter } from "@trellis/domain/library/catalogue";
import type { Library } from "@trellis/domain/library/library";
import type pg from "pg";
import type { Database } from "./database/open-database.ts";
import { createDocumentRenderer, type DocumentRenderer } from "./document/render-document.ts";
import { type Diagnoses, loadDiagnoses } from "./library/load-diagnoses.ts";
import { loadLibrary } from "./library/load-library.ts";
import { type LibraryIndex, libraryIndex } from "./library/search-library.ts";
import { once } from "./once.ts";
import { type Authentication, createAuthentication } from "./sign-in/authentication.ts";

/** What every request works with, put together once when the server starts. */
export interface Trellis {
  /** The application's role: subject to row-level security. */
  readonly app: pg.Pool;
  /** The sign-in library's role. */
  readonly auth: pg.Pool;
  readonly authentication: Authentication;
  readonly library: Library;
  /** Its chapters as a table of contents has them. */
  readonly catalogue: () => readonly CatalogueChapter[];
  /** What the library is searched with: made when it is first asked for, which takes a good part of a second. */
  readonly libraryIndex: () => LibraryIndex;
  readonly diagnoses: Diagnoses;
  readonly diagnosisIndex: DiagnosisIndex;
  readonly documents: DocumentRenderer;
  /** The https address under which browsers reach the server through a proxy of the practice's own; `null` without one. */
  readonly publicAddress: URL | null;
  /** The clock. */
  readonly now: () => Date;
}

export interface TrellisOptions {
  readonly database: Pick<Database, "app" | "auth">;
  readonly cookieSecret: string;
  /** The content library, where it has been read already; else it is read now, which takes a second. */
  readonly library?: Library;
  /** Where the practice keeps ICD-10-CM tables that it imported. */
  readonly importedDiagnoses?: string;
  readonly publicAddress?: URL | null;
  readonly now?: () => Date;
}

export function importedDiagnosesFolder(dataPath: string): string {
  return join(dataPath, "diagnoses");
}

export function createTrellis({
  database,
  cookieSecret,
  library = loadLibrary(),
  importedDiagnoses,
  publicAddress = null,
  now = () => new Date(),
}: TrellisOptions): Trellis {
  const diagnoses = loadDiagnoses(IsoDate.parse(now().toISOString().slice(0, 10)), importedDiagnoses);
  const catalogue = once(() => library.chapters.map((chapter) => catalogueChapter(chapter)));
  return {
    app: database.app,
    auth: database.auth,
    authentication: createAuthentication({
      pool: database.auth,
      secret: cookieSecret,
      secureCookies: publicAddress?.protocol === "https:",
    }),
    library,
    catalogue,
    libraryIndex: once(() => libraryIndex(library, catalogue())),
    diagnoses,
    diagnosisIndex: indexDiagnoses(diagnoses.table, diagnoses.synonyms),
    documents: createDocumentRenderer(),
    publicAddress,
    now,
  };
}
