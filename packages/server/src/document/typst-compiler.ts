import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The documents that there are, by the file that lays them out. */
export type DocumentTemplate =
  | "plan-record.typ"
  | "plan-client.typ"
  | "plan-changes.typ"
  | "measure-form.typ"
  | "progress.typ"
  | "note.typ"
  | "discharge.typ"
  | "homework.typ"
  | "safety-plan.typ"
  | "relapse-plan.typ"
  | "chapter.typ";

/** One document to be set. It travels as data, never as markup, so nothing that a person typed can be run as a command. */
export interface Typesetting {
  readonly template: DocumentTemplate;
  readonly data: string;
  /** Seconds since 1970, so that the same document gives the same bytes. */
  readonly createdAt: number;
}

/** Sets a document. Throws with the compiler's message when it cannot. */
export type TypstCompiler = (typesetting: Typesetting) => Uint8Array;

const here = dirname(fileURLToPath(import.meta.url));
const fonts = join(here, "fonts");

/**
 * The page setter of this machine: the native one where its package has it (PDF/UA-1, 10 to 40 ms a document), else the same compiler as
 * WebAssembly, which runs everywhere (tagged PDF without the mark of PDF/UA, about 200 ms). `portable` asks for the latter.
 */
export async function loadTypstCompiler(portable: boolean): Promise<TypstCompiler> {
  if (!portable) {
    try {
      return await nativeCompiler();
    } catch (error) {
      // The package installs everywhere, and its loader says in its message that the binary for this platform is not there.
      if (!(error instanceof Error) || !/native binding|Cannot find module|Failed to load/i.test(error.message)) throw error;
    }
  }
  return webAssemblyCompiler();
}

async function nativeCompiler(): Promise<TypstCompiler> {
  const { NodeCompiler } = await import("@myriaddreamin/typst-ts-node-compiler");
  const compiler = NodeCompiler.create({ workspace: here, fontArgs: [{ fontPaths: [fonts] }] });
  const compile = ({ template, data, createdAt }: Typesetting, pdfStandard?: "ua-1") =>
    compiler.pdf(
      { mainFilePath: join(here, template), inputs: { data } },
      { creationTimestamp: createdAt, ...(pdfStandard && { pdfStandard }) },
    );
  return (typesetting) => {
    try {
      return compile(typesetting, "ua-1");
    } catch (error) {
      // PDF/UA refuses a character that no font here has. The words of a signed plan cannot be changed, and a document with an empty box in one
      // place is better than none.
      if (!(error instanceof Error) || !error.message.includes("could not be displayed")) throw error;
      return compile(typesetting);
    } finally {
      compiler.evictCache(10);
    }
  };
}

async function webAssemblyCompiler(): Promise<TypstCompiler> {
  const { default: start, TypstCompilerBuilder } = await import("@myriaddreamin/typst-ts-web-compiler");
  await start({ module_or_path: readFileSync(fileURLToPath(import.meta.resolve("@myriaddreamin/typst-ts-web-compiler/wasm"))) });
  const builder = new TypstCompilerBuilder();
  builder.set_dummy_access_model();
  for (const name of readdirSync(fonts)) if (name.endsWith(".ttf")) await builder.add_raw_font(readFileSync(join(fonts, name)));
  const compiler = await builder.build();
  for (const name of readdirSync(here)) if (name.endsWith(".typ")) compiler.add_source(`/${name}`, readFileSync(join(here, name), "utf8"));
  return ({ template, data }) => {
    // Its answers are not typed: the document, or what was wrong with it.
    const answer: unknown = compiler.compile(`/${template}`, [["data", data]], "pdf", 1);
    const pdf = answer instanceof Uint8Array ? answer : (answer as { readonly result?: unknown } | null)?.result;
    if (!(pdf instanceof Uint8Array)) throw new Error("The page setter gave no document.");
    return pdf;
  };
}
