import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { clientDocument } from "@trellis/domain/document/client-document";
import type { MeasureForm } from "@trellis/domain/document/measure-form";
import { type DocumentSignature, planDocument } from "@trellis/domain/document/plan-document";
import type { ProgressDocument } from "@trellis/domain/document/progress-document";
import type { Standing } from "@trellis/domain/document/standing";
import type { Library } from "@trellis/domain/library/library";
import { differenceInWords } from "@trellis/domain/plan/difference/difference-in-words";
import { differenceOf } from "@trellis/domain/plan/difference/plan-difference";
import type { Plan } from "@trellis/domain/plan/plan";
import type { PagesSet, SetPages } from "./page-setter.ts";
import type { DocumentTemplate } from "./typst-compiler.ts";

export interface PlanDocumentRequest {
  readonly plan: Plan;
  readonly library: Library;
  readonly signatures: readonly DocumentSignature[];
  /** SHA-256 of the content frozen for signing; `null` while it is a draft. */
  readonly hash: string | null;
  readonly standing: Standing;
  /** `record`: for the chart and the payer. `client`: the plain-language version to take home. */
  readonly kind: "record" | "client";
  /** For the client's version: the signed revision before this one, to say what changed since. */
  readonly before?: Plan | null;
  /** Where help is in a crisis, for the client's version. */
  readonly safety: string;
  /** The instant printed into the file's metadata. */
  readonly createdAt: Date;
}

export interface DocumentRenderer {
  /** The finished PDF, tagged (PDF/UA-1 where the native compiler runs). Rejects when the page setter cannot set it or takes longer than half a minute. */
  renderPlanDocument(request: PlanDocumentRequest): Promise<Uint8Array>;
  /** A questionnaire to fill in with a pen. */
  renderMeasureForm(form: MeasureForm, createdAt: Date): Promise<Uint8Array>;
  /** A report on progress. */
  renderProgressDocument(document: ProgressDocument, createdAt: Date): Promise<Uint8Array>;
  /** Any other document, by its template. */
  render(template: DocumentTemplate, document: unknown, createdAt: Date): Promise<Uint8Array>;
  close(): void;
}

/** The page setter's memory grows by about 7 MB a document and is not given back, so a fresh process takes over after this many. */
const documentsPerProcess = 60;
const longestWait = 30_000;

interface Waiting {
  resolve(pdf: Uint8Array): void;
  reject(error: Error): void;
}

interface Worker {
  readonly process: ChildProcess;
  readonly waiting: Map<number, Waiting>;
  served: number;
}

/**
 * Starts page setting in a process of its own: a crash or a long document there never stops the server.
 * @param options.portable sets pages as on machines for which there is no native compiler.
 */
export function createDocumentRenderer({ portable = false }: { readonly portable?: boolean } = {}): DocumentRenderer {
  let worker: Worker | null = null;
  let nextId = 1;

  const startWorker = (): Worker => {
    const child = fork(fileURLToPath(new URL("./page-setter.ts", import.meta.url)), {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: { ...process.env, ...(portable && { TRELLIS_PORTABLE_DOCUMENTS: "1" }) },
    });
    const started: Worker = { process: child, waiting: new Map(), served: 0 };
    child.on("message", (message: PagesSet) => {
      const waiting = started.waiting.get(message.id);
      started.waiting.delete(message.id);
      if ("pdf" in message) waiting?.resolve(message.pdf);
      else waiting?.reject(new Error(`The document could not be set: ${message.error}`));
      if (started !== worker && started.waiting.size === 0) child.disconnect();
    });
    child.on("exit", () => {
      for (const { reject } of started.waiting.values()) reject(new Error("The page setter stopped. Ask for the document again."));
      started.waiting.clear();
      if (worker === started) worker = null;
    });
    // The server may end while the page setter idles.
    child.unref();
    child.channel?.unref();
    return started;
  };

  const workerForNext = (): Worker => {
    if (worker && worker.served >= documentsPerProcess) {
      const old = worker;
      worker = null;
      if (old.waiting.size === 0) old.process.disconnect();
    }
    worker ??= startWorker();
    worker.served += 1;
    return worker;
  };

  const setPages = (template: DocumentTemplate, document: unknown, createdAt: Date): Promise<Uint8Array> => {
    const job: SetPages = {
      id: nextId++,
      template,
      data: JSON.stringify(document),
      createdAt: Math.floor(createdAt.getTime() / 1000),
    };
    const current = workerForNext();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => current.process.kill("SIGKILL"), longestWait);
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          then(value);
        };
      current.waiting.set(job.id, { resolve: settle(resolve), reject: settle(reject) });
      current.process.send(job, (error) => {
        if (!error) return;
        current.waiting.delete(job.id);
        settle(reject)(new Error("The page setter could not be reached. Ask for the document again."));
      });
    });
  };

  return {
    renderPlanDocument({ plan, library, signatures, hash, standing, kind, safety, createdAt, before = null }) {
      return kind === "record"
        ? setPages("plan-record.typ", planDocument({ plan, library, signatures, hash, standing }), createdAt)
        : setPages(
            "plan-client.typ",
            clientDocument(plan, { standing, safety, changed: before && differenceInWords(differenceOf(before, plan), "client") }),
            createdAt,
          );
    },
    renderMeasureForm: (form, createdAt) => setPages("measure-form.typ", form, createdAt),
    renderProgressDocument: (document, createdAt) => setPages("progress.typ", document, createdAt),
    render: setPages,
    close() {
      worker?.process.disconnect();
      worker = null;
    },
  };
}
