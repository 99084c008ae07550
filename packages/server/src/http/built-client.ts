import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import type { Context } from "hono";

/** Pages beside the app's own, by their paths: what a client opens by a private link is not the app. */
const otherPages: Readonly<Record<string, string>> = { "/answer": "/answer.html", "/link": "/link.html" };

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

interface BuiltFile {
  readonly type: string;
  readonly tag: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly brotli: Uint8Array<ArrayBuffer> | null;
  readonly gzip: Uint8Array<ArrayBuffer> | null;
}

/** Every file of the built client by its path, in memory: they are few and small, and a running server keeps the ones that belong together. */
function readFolder(folder: string): ReadonlyMap<string, BuiltFile> {
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  // While the client is worked on, its own development server stands in front and nothing is built.
  if (!existsSync(folder)) return new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    contents.set(`/${relative(folder, file).split(sep).join("/")}`, new Uint8Array(readFileSync(file)));
  }
  return new Map(
    [...contents]
      .filter(([path]) => !/\.(br|gz)$/.test(path))
      .map(([path, plain]) => [
        path,
        {
          type: types[extname(path)] ?? "application/octet-stream",
          tag: createHash("sha256").update(plain).digest("base64url").slice(0, 22),
          plain,
          brotli: contents.get(`${path}.br`) ?? null,
          gzip: contents.get(`${path}.gz`) ?? null,
        },
      ]),
  );
}

/** True when the header names this encoding and does not rule it out with a quality of 0 (RFC 9110, 12.5.3). */
function accepts(header: string, encoding: string): boolean {
  return header.split(",").some((part) => {
    const [name, ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

/**
 * Answers with the browser client's files, compressed as they were built. A path that is no file is a screen, and gets the page itself;
 * a missing file of the build is 404, so that a browser never takes a page for a script.
 */
export function serveBuiltClient(folder: string): (context: Context) => Response {
  const files = readFolder(folder);
  return (context) => {
    const asked = context.req.path;
    const path = otherPages[asked] ?? asked;
    const file = files.get(path) ?? (path.startsWith("/assets/") || extname(path) !== "" ? undefined : files.get("/index.html"));
    if (file === undefined) return context.text("Not found", 404);
    const wanted = context.req.header("accept-encoding") ?? "";
    const [body, encoding] =
      file.brotli && accepts(wanted, "br")
        ? [file.brotli, "br"]
        : file.gzip && accepts(wanted, "gzip")
          ? [file.gzip, "gzip"]
          : [file.plain, ""];
    const tag = `"${file.tag}${encoding && `-${encoding}`}"`;
    const headers = {
      "content-type": file.type,
      // Names of assets change with their content; everything else is asked for anew.
      "cache-control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      vary: "Accept-Encoding",
      etag: tag,
      "x-content-type-options": "nosniff",
      ...(encoding && { "content-encoding": encoding }),
    };
    const known = context.req
      .header("if-none-match")
      ?.split(/\s*,\s*/)
      .includes(tag);
    return known ? context.body(null, 304, headers) : context.body(body, 200, headers);
  };
}
