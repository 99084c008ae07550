import { Worker } from "node:worker_threads";

export interface Place {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

export interface ReadingFault extends Place {
  readonly message: string;
}

/** What came of a text: its data, or what is wrong with it. */
export interface Reading {
  readonly faults: readonly ReadingFault[];
  readonly data: unknown;
  /** By path ("/chapters/0/goals"): where the key stands, and where the value. */
  readonly places: ReadonlyMap<string, readonly [Place, Place]>;
}

/** Reading takes seconds for a file as large as is taken. What takes so long, in ms, was made to. */
const patience = 30_000;

let last: Promise<unknown> = Promise.resolve();

/**
 * Reads YAML that somebody brought: in a thread of its own, with bounds on its time and memory, so that no file keeps the server from its work; one at a
 * time, so that many are no more than one.
 */
export function readYaml(text: string): Promise<Reading> {
  const mine = last.then(() => readNow(text));
  last = mine.catch(() => {});
  return mine;
}

function readNow(text: string): Promise<Reading> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./yaml-worker.ts", import.meta.url), {
      workerData: text,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    const refuse = (message: string): void => resolve({ faults: [{ line: 1, column: 1, message }], data: null, places: new Map() });
    const tooLong = setTimeout(() => {
      void worker.terminate();
      refuse("Reading this file takes far too long: it is nested or repeated as no library is.");
    }, patience);
    worker.once("message", (reading: Reading) => {
      clearTimeout(tooLong);
      resolve(reading);
    });
    worker.once("error", (error) => {
      clearTimeout(tooLong);
      if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY")
        refuse("Reading this file takes far too much memory: it is nested or repeated as no library is.");
      else reject(error);
    });
  });
}
