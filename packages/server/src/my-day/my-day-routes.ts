import { Hono } from "hono";
import type { RequestEnvironment } from "../http/request-context.ts";
import type { Trellis } from "../trellis.ts";

export function myDayRoutes(_trellis: Trellis) {
  return new Hono<RequestEnvironment>();
}
