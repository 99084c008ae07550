import { Agent, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

/** Stands for a browser in `api.ts`: asks over one kept connection, keeps the session's cookie, and times its requests. */
if (parentPort === null) process.exit(0);
const port = parentPort;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let cookie = "";

function ask(method: string, path: string, body: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, "x-trellis": "1", "content-type": "application/json" };
    const outgoing = request({ host: "127.0.0.1", port: workerData.port, path: `/api${path}`, method, agent, headers }, (incoming) => {
      const given = incoming.headers["set-cookie"]?.[0]?.split(";")[0];
      if (given !== undefined) cookie = given;
      let text = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (chunk: string) => {
        text += chunk;
      });
      incoming.on("end", () => {
        if ((incoming.statusCode ?? 500) < 300) resolve(text);
        else reject(new Error(`${method} ${path}: ${incoming.statusCode} ${text.slice(0, 300)}`));
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

interface Task {
  readonly id: number;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

port.on("message", async ({ id, method, path, body }: Task) => {
  const begun = performance.now();
  try {
    const text = await ask(method, path, body);
    port.postMessage({ id, text, ms: performance.now() - begun });
  } catch (error) {
    port.postMessage({ id, fault: error instanceof Error ? error.message : String(error) });
  }
});
