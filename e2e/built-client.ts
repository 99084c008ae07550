import { buildClient } from "@trellis/server/build-client";

/** Before the journeys: the browser client is built from the sources as they are. */
export async function setup(): Promise<void> {
  await buildClient((line) => console.log(line));
}
