import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Writes `.br` and `.gz` beside every text asset, so that the server sends them without compressing on each request. */
function precompress(): Plugin {
  let outDir = "";
  return {
    name: "precompress",
    apply: "build",
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    // Not after a build that failed: its own fault has to be the one that is reported.
    writeBundle() {
      for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(entry.name)) continue;
        const path = join(entry.parentPath, entry.name);
        const content = readFileSync(path);
        if (content.length < 1024) continue;
        writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  // The client's own pages are Preact's, and bundles of their own: none of the app comes along to a phone.
  plugins: [react({ exclude: [/\/node_modules\//, /\/src\/(answer|client-page)\//] }), precompress()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: {
        index: join(import.meta.dirname, "index.html"),
        answer: join(import.meta.dirname, "answer.html"),
        link: join(import.meta.dirname, "link.html"),
        "link-worker": join(import.meta.dirname, "src/client-page/link-worker.ts"),
      },
      // A worker is asked for by a name that stays: browsers look there for a newer one.
      output: { entryFileNames: ({ name }) => (name === "link-worker" ? "[name].js" : "assets/[name]-[hash].js") },
    },
  },
  server: { proxy: { "/api": { target: process.env.TRELLIS_API ?? "http://127.0.0.1:4300", changeOrigin: false } } },
});
