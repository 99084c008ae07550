import { buildClient } from "@trellis/server/build-client";
import { unpackChromium } from "./chromium.ts";

/** Before the journeys: the browser client is built from the sources as they are, and the browser is unpacked. */
export async function setup(): Promise<void> {
  await buildClient((line) => console.log(line));
  await unpackChromium();
}
