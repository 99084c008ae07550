import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";

/** What the parent process asks for. The document travels as data, never as markup, so nothing that a person typed can be run as a command. */
export interface SetPages {
  readonly id: number;
  readonly template: "plan-record.typ" | "plan-client.typ";
  readonly data: string;
  /** Seconds since 1970, so that the same document gives the same bytes. */
  readonly createdAt: number;
}

export type PagesSet = { readonly id: number; readonly pdf: Uint8Array } | { readonly id: number; readonly error: string };

const here = dirname(fileURLToPath(import.meta.url));
const compiler = NodeCompiler.create({ workspace: here, fontArgs: [{ fontPaths: [join(here, "fonts")] }] });

function setPages(job: SetPages): Uint8Array {
  try {
    return compile(job, "ua-1");
  } catch (error) {
    // PDF/UA refuses a character that no font here has, such as a rare sign. The words of a signed plan cannot be changed, and a document with an
    // empty box in one place is better than none.
    if (!(error instanceof Error) || !error.message.includes("could not be displayed")) throw error;
    return compile(job);
  } finally {
    compiler.evictCache(10);
  }
}

function compile({ template, data, createdAt }: SetPages, pdfStandard?: "ua-1"): Uint8Array {
  return compiler.pdf(
    { mainFilePath: join(here, template), inputs: { data } },
    { creationTimestamp: createdAt, ...(pdfStandard && { pdfStandard }) },
  );
}

/** The compiler's message without the data that it may quote: only the kind of failure and the first diagnostic's text. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : "the page setter failed";
}

process.on("message", (job: SetPages) => {
  try {
    process.send?.({ id: job.id, pdf: setPages(job) } satisfies PagesSet);
  } catch (error) {
    process.send?.({ id: job.id, error: reasonOf(error) } satisfies PagesSet);
  }
});
// The parent has gone: nothing left to do.
process.on("disconnect", () => process.exit(0));
