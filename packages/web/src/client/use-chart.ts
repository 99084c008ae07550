import { useSuspenseQuery } from "@tanstack/react-query";
import { type Chart, chartQuery } from "../api/clients.ts";

/** The chart that the client's frame has fetched; screens inside the frame share it. */
export function useChart(clientId: string): Chart {
  return useSuspenseQuery(chartQuery(clientId)).data;
}
