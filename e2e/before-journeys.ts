import { buildClient } from "@trellis/server/build-client";
import { unpackChromium } from "./chromium.ts";
import { prepareTrellis } from "./trellis.ts";

/** Before the journeys: the browser client is built from the sources as they are, the browser is unpacked, and a data folder is made that each copies. */
export async function setup(): Promise<() => Promise<void>> {
  const [removePrepared] = await Promise.all([prepareTrellis(), buildClient((line) => console.log(line)), unpackChromium()]);
  return removePrepared;
}
