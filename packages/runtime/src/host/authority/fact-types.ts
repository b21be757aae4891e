import type { FactTypeView } from "@parley/wire/http";
import { buildFactRegistry } from "../../journal/fact-registry.ts";
import type { FactField, FactTypeDefinition } from "../../journal/fact-type.ts";
import { firstPartyFactTypes } from "../../journal/fact-types.ts";

/** A plain sentence that somebody adds by hand. */
const note: FactTypeDefinition = {
  type: "context.note",
  version: 1,
  minVersion: 1,
  owner: "host",
  fields: { text: { kind: "text" } },
  time: { need: "instant", domain: "physical" },
  reducer: "all",
};

const built = buildFactRegistry([...firstPartyFactTypes, note]);
if (!built.ok) throw new Error(`the fact types make no registry: ${built.error.error}`);

/** The one registry of fact types, built once. */
export const factTypes = built.registry;

const fieldText = (field: FactField): string => {
  const kind = field.kind === "time" ? `${field.domain} time` : field.kind;
  return field.optional === true ? `${kind}, optional` : kind;
};

/** The registry as listed. */
export const listFactTypes = (): readonly FactTypeView[] =>
  [...factTypes.types.values()].map(({ type, version, minVersion, owner, fields, time, reducer }) => ({
    type,
    version,
    minVersion,
    owner,
    time: time.domain,
    fields: Object.entries(fields).map(([name, field]) => ({ name, kind: fieldText(field) })),
    reducer,
    findings: factTypes.findings
      .filter((finding) => finding.type === type)
      .map(({ code, field = null, declared, narrowest }) => ({ code, field, declared, narrowest })),
  }));
