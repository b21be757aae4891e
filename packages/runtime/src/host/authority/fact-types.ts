import type { DeclaredFactType } from "@parley/wire";
import type { FactTypeView } from "@parley/wire/http";
import { buildFactRegistry, type FactRegistry, type RegistryError } from "../../journal/fact-registry.ts";
import type { FactField, FactTypeDefinition } from "../../journal/fact-type.ts";
import { firstPartyFactTypes } from "../../journal/fact-types.ts";
import type { HostCore } from "../core.ts";
import type { WorkspaceState } from "../streams/workspace-state.ts";
import type { AuthorityError } from "./authority-error.ts";

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

const known: readonly FactTypeDefinition[] = [...firstPartyFactTypes, note];

const built = buildFactRegistry(known);
if (!built.ok) throw new Error(`the fact types make no registry: ${built.error.error}`);

/** The registry of a workspace that declares no types of its own. */
export const factTypes = built.registry;

type Declared = WorkspaceState["factTypes"];

const registries = new WeakMap<Declared, FactRegistry>();

/** The one registry of a workspace: what ships and what is declared in it, built once for each state. */
export const factTypesOf = (core: Pick<HostCore, "workspace">): FactRegistry => {
  const { factTypes: declared } = core.workspace.durable;
  if (declared.size === 0) return factTypes;
  const made = registries.get(declared);
  if (made !== undefined) return made;
  const registry = buildFactRegistry([...known, ...declared.values()]);
  if (!registry.ok) throw new Error(`declared fact types make no registry: ${registry.error.error}`);
  registries.set(declared, registry.registry);
  return registry.registry;
};

/** What of a declaration cannot be, and why. */
export type DeclarationProblem = Pick<
  Extract<AuthorityError, { readonly kind: "bad-declaration" }>,
  "field" | "reason"
>;

const registryProblem = (
  error: RegistryError,
  { minVersion, version }: DeclaredFactType,
): DeclarationProblem => {
  switch (error.error) {
    case "duplicate-type":
      return { field: "type", reason: `the type belongs to ${error.owners[0]}` };
    case "bad-definition": {
      const field = minVersion > version ? "minVersion" : "reducer";
      return { field, reason: error.why };
    }
    case "empty-type":
    case "unregistered-type":
      return { field: "type", reason: error.error.replaceAll("-", " ") };
  }
};

/** Why a type cannot be declared beside those there are: its id is taken, its version is not later, or it cannot be. */
export const declarationProblem = (
  declared: Declared,
  definition: DeclaredFactType,
): DeclarationProblem | undefined => {
  const before = declared.get(definition.type);
  if (before !== undefined && definition.version <= before.version) {
    const reason = `version ${before.version} is declared already; a change needs a later one`;
    return { field: "version", reason };
  }
  const others = [...declared.values()].filter(({ type }) => type !== definition.type);
  const result = buildFactRegistry([...known, ...others, definition]);
  return result.ok ? undefined : registryProblem(result.error, definition);
};

const fieldText = (field: FactField): string => {
  const kind = field.kind === "time" ? `${field.domain} time` : field.kind;
  return field.optional === true ? `${kind}, optional` : kind;
};

/** The registry as listed. */
export const listFactTypes = (registry: FactRegistry): readonly FactTypeView[] =>
  [...registry.types.values()].map(({ type, version, minVersion, owner, fields, time, reducer }) => ({
    type,
    version,
    minVersion,
    owner,
    time: time.domain,
    fields: Object.entries(fields).map(([name, field]) => ({ name, kind: fieldText(field) })),
    reducer,
    findings: registry.findings
      .filter((finding) => finding.type === type)
      .map(({ code, field = null, declared, narrowest }) => ({ code, field, declared, narrowest })),
  }));
