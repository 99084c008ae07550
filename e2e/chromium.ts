import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sparticuz from "@sparticuz/chromium";

/** Beside the packages that it comes from, so that a fresh `npm ci` brings a fresh one and no two checkouts share it. */
const cache = fileURLToPath(new URL("../node_modules/.cache/", import.meta.url));
const unpacked = join(cache, "chromium");

/**
 * The Chromium that comes inside an npm package, unpacked when it is first asked for; gives the path of the program.
 *
 * The package unpacks to the temporary folder under a fixed name and takes whatever lies there for whole. Two that begin at once would start a
 * program that the other still writes (ETXTBSY), and one that was stopped half-way leaves a broken one for good. So it is unpacked aside, and
 * appears under its name whole or not at all.
 */
export async function unpackChromium(): Promise<string> {
  const program = join(unpacked, "chromium");
  if (existsSync(program)) return program;
  await mkdir(cache, { recursive: true });
  const aside = await mkdtemp(join(cache, "chromium-"));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = aside;
  try {
    await sparticuz.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
  try {
    await rename(aside, unpacked);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    // Somebody else was quicker, and theirs is as whole.
    if (!existsSync(program)) throw error;
  }
  return program;
}
