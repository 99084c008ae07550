import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * For working on Trellis: the server, started again when one of its files changes, and in front of it Vite, which hands the browser every change
 * to the client at once.
 */
const project = fileURLToPath(new URL("../../../", import.meta.url));
const port = "4461";
const children = [
  spawn(process.execPath, ["--watch", "--watch-preserve-output", join(project, "packages/server/src/start.ts")], {
    stdio: "inherit",
    env: { ...process.env, PORT: port, TRELLIS_DEVELOPMENT: "1" },
  }),
  spawn(process.execPath, [join(project, "node_modules/vite/bin/vite.js"), "--port", "4460", "--host", "localhost"], {
    stdio: "inherit",
    cwd: join(project, "packages/web"),
    env: { ...process.env, TRELLIS_API: `http://127.0.0.1:${port}` },
  }),
];
const end = () => {
  for (const child of children) child.kill("SIGTERM");
};
for (const child of children) child.once("exit", end);
process.on("SIGINT", end);
process.on("SIGTERM", end);
