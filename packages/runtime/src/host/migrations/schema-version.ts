import { shippedSchemas } from "../../services/index.ts";
import type { ServicesRecords } from "../streams/services-records.ts";

/**
 * The version facts of a type are written and read at: where its recorded
 * migrations led. `undefined` for a type without migrations.
 */
export const schemaVersion = (
  { migrations }: Pick<ServicesRecords, "migrations">,
  type: string,
): number | undefined => {
  const schema = shippedSchemas.get(type);
  if (schema === undefined) return undefined;
  const steps = migrations.get(type) ?? [];
  const last = steps.findLast(({ event }) => event.kind === "executed")?.event;
  return last?.kind === "executed" ? last.version : schema.first;
};
