import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SetupFault } from "./database/data-directory.ts";

const usualPort = 4460;
const portsTried = 50;
const highestPort = 65_535;

export interface Listening {
  readonly servers: readonly Server[];
  /** For a browser on this machine, e.g. "http://localhost:4460". */
  readonly address: string;
}

/** TRELLIS_ADDRESS: the address that browsers use where a proxy of the practice's own stands before Trellis. Throws a `SetupFault` when it is none. */
export function readPublicAddress(environment: NodeJS.ProcessEnv): URL | null {
  const text = environment.TRELLIS_ADDRESS;
  if (!text) return null;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new SetupFault(`TRELLIS_ADDRESS has to be an address such as https://trellis.example.org, not "${text}".`);
  return new URL(text);
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "");

async function listenOn(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/**
 * Listens for browsers on this machine: on port 4460 or the next free one, or on PORT (0 for any). HOST opens it to others, for a practice that
 * puts its own https before it. Throws a `SetupFault` when that is not possible.
 */
export async function listen(create: () => Server, environment: NodeJS.ProcessEnv): Promise<Listening> {
  const wanted = environment.PORT || undefined;
  if (wanted !== undefined && !(/^\d{1,5}$/.test(wanted) && Number(wanted) <= highestPort))
    throw new SetupFault(`PORT has to be a number such as ${usualPort} and at most ${highestPort}, not "${wanted}".`);
  const host = environment.HOST;
  const ports = wanted === undefined ? Array.from({ length: portsTried }, (_, index) => usualPort + index) : [Number(wanted)];
  for (const port of ports) {
    try {
      const listening = host ? await listenAt(create, port, host) : await listenAtHome(create, port);
      return { servers: listening.servers, address: `http://${host ? readable(host) : "localhost"}:${listening.port}` };
    } catch (error) {
      const code = codeOf(error);
      if (code === "EADDRINUSE" && wanted === undefined) continue;
      if (code === "EADDRINUSE")
        throw new SetupFault(`Port ${port} is used by another program. Set PORT to a free one, or leave it unset.`);
      if (code === "EACCES") throw new SetupFault(`Port ${port} is not open to this user. Set PORT to one above 1023.`);
      if (["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN"].includes(code))
        throw new SetupFault(`HOST is not an address of this machine: ${host}.`);
      throw error;
    }
  }
  throw new SetupFault(`No port from ${usualPort} to ${usualPort + portsTried - 1} is free. Set PORT to a free one.`);
}

const readable = (host: string) => (host.includes(":") ? `[${host}]` : host);

async function listenAt(create: () => Server, port: number, host: string) {
  const server = create();
  return { servers: [server], port: await listenOn(server, port, host) };
}

/** "localhost" is two addresses, and browsers try either first: both are taken, so that no other program answers in Trellis's place. */
async function listenAtHome(create: () => Server, port: number) {
  const home = await listenAt(create, port, "127.0.0.1");
  const second = create();
  try {
    await listenOn(second, home.port, "::1");
    return { servers: [...home.servers, second], port: home.port };
  } catch (error) {
    const code = codeOf(error);
    // Machines without IPv6 have only the one.
    if (["EADDRNOTAVAIL", "EAFNOSUPPORT", "EINVAL"].includes(code)) return home;
    for (const server of home.servers) server.close();
    throw error;
  }
}
