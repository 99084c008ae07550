import type { RequestContext } from "./request-context.ts";

/**
 * Answers with a document to be looked at. Its name is seen by whoever looks at the screen or the download folder, and so never tells whose it is.
 *
 * @param name without the ending
 */
export function answerPdf(context: RequestContext, pdf: Uint8Array, name: string): Response {
  return context.body(new Uint8Array(pdf), 200, {
    "content-type": "application/pdf",
    "content-disposition": `inline; filename="${name}.pdf"`,
  });
}
