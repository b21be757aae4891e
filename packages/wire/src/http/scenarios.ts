import { z } from "zod";

/** A scenario of a protocol: a named text in TOML, one's own or shipped with it. */
export const scenarioDetailSchema = z.object({
  name: z.string(),
  text: z.string(),
  /** How often it was saved; what a change of it is based on. */
  revision: z.number().int().nonnegative(),
  at: z.number().int(),
  /** Comes with the protocol and can only be read. */
  shipped: z.boolean(),
});
export type ScenarioDetail = z.infer<typeof scenarioDetailSchema>;

export const scenarioListSchema = z.object({ items: z.array(scenarioDetailSchema) });
export type ScenarioList = z.infer<typeof scenarioListSchema>;

/** `baseRevision` is the revision the text was made from, 0 for a new scenario; a stale one is refused. */
export const putScenarioSchema = z.object({
  text: z.string(),
  baseRevision: z.number().int().nonnegative(),
});
