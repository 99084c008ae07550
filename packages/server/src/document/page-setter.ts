import { loadTypstCompiler, type Typesetting } from "./typst-compiler.ts";

/** What the parent process asks for. */
export interface SetPages extends Typesetting {
  readonly id: number;
}
export type PagesSet = { readonly id: number; readonly pdf: Uint8Array } | { readonly id: number; readonly error: string };

// Messages that come before it is loaded wait in the channel's queue of this promise.
const compiler = loadTypstCompiler(process.env.TRELLIS_PORTABLE_DOCUMENTS === "1");

/** The compiler's message without the data that it may quote: only the kind of failure and the first diagnostic's text. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : "the page setter failed";
}

process.on("message", async (job: SetPages) => {
  try {
    const setPages = await compiler;
    process.send?.({ id: job.id, pdf: setPages(job) } satisfies PagesSet);
  } catch (error) {
    process.send?.({ id: job.id, error: reasonOf(error) } satisfies PagesSet);
  }
});
// The parent has gone: nothing left to do.
process.on("disconnect", () => process.exit(0));
