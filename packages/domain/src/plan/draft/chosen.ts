import type { Because } from "../plan.ts";

/** A statement of the library that this client's record speaks for, and why. */
export interface Chosen<T> {
  readonly entry: T;
  readonly because: readonly Because[];
}
