import { z } from "zod";
import { notFound } from "./problem.ts";
import type { RequestContext } from "./request-context.ts";

/** Ids are UUIDs. The browser makes those of what it adds, so that sending it again is harmless. */
export const Id = z.uuid("This id is not right. Reload the page.");

/** An id in the path. One that no id looks like is of nothing: 404. */
export function pathId(context: RequestContext, name: string): string {
  const id = Id.safeParse(context.req.param(name));
  if (!id.success) throw notFound();
  return id.data.toLowerCase();
}
