import { Hono } from "hono";
import type { RequestEnvironment } from "../http/request-context.ts";
import type { Trellis } from "../trellis.ts";

export function psychotherapyNoteRoutes(_trellis: Trellis) {
  return new Hono<RequestEnvironment>();
}
