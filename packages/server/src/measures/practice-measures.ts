import type { Library } from "@trellis/domain/library/library";
import { Measure } from "@trellis/domain/measures/measure";
import { MeasureSetting, practiceMeasures } from "@trellis/domain/measures/measure-setting";
import type pg from "pg";
import { z } from "zod";

/** What a practice adds to the measures of the library, as the database hands it over. */
export const MeasureRows = z.object({
  /** Its own measures; `forClient` of one made for one client alone. */
  own: z.array(z.object({ measure: Measure, version: z.number(), forClient: z.string().nullable(), retired: z.boolean() })),
  settings: z.record(z.string(), MeasureSetting.extend({ version: z.number() })),
});
export type MeasureRows = z.infer<typeof MeasureRows>;

/**
 * SQL for one value of `MeasureRows`: the practice's own measures and settings, and those made for a client.
 *
 * @param client SQL that names the client; `null` for the practice's alone.
 */
export function measureRowsSql(client: string | null): string {
  return `json_build_object(
    'own', (SELECT coalesce(json_agg(json_build_object('measure', o.content, 'version', o.version, 'forClient', o.client_id, 'retired', o.retired_at IS NOT NULL) ORDER BY o.created_at), '[]')
      FROM trellis.own_measure AS o WHERE o.client_id IS NULL${client === null ? "" : ` OR o.client_id = ${client}`}),
    'settings', (SELECT coalesce(jsonb_object_agg(g.measure, g.content || jsonb_build_object('version', g.version)), '{}') FROM trellis.measure_setting AS g))`;
}

export const practiceMeasuresQuery: pg.QueryConfig = { name: "practice-measures", text: `SELECT ${measureRowsSql(null)} AS measures` };

/** The measures as the practice uses them: shipped ones with what it added, and its own. */
export function practiceMeasuresOf(shipped: readonly Measure[], { own, settings }: MeasureRows): readonly Measure[] {
  return practiceMeasures(
    shipped,
    settings,
    own.map(({ measure }) => measure),
  );
}

/** What the practice adds for one client's chart. */
export async function measureRowsOf(client: pg.PoolClient, clientId: string): Promise<MeasureRows> {
  const { rows } = await client.query<{ measures: unknown }>({
    name: "measures-of-client",
    text: `SELECT ${measureRowsSql("$1::uuid")} AS measures`,
    values: [clientId],
  });
  return MeasureRows.parse(rows[0]?.measures);
}

/** One measure as a chart's practice uses it; `null` where neither the library nor the practice has it. */
export async function measureOf(client: pg.PoolClient, library: Library, clientId: string, id: string): Promise<Measure | null> {
  return practiceMeasuresOf(library.measures, await measureRowsOf(client, clientId)).find((measure) => measure.id === id) ?? null;
}
