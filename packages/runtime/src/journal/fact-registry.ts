import type { Fact } from "@parley/wire";
import { decodeFactPayload, type EnvelopeError } from "./fact-envelope.ts";
import { factReducers } from "./fact-reducer.ts";
import {
  type FactTypeDefinition,
  type FieldMismatch,
  payloadFault,
  type WideTime,
  wideTimes,
} from "./fact-type.ts";

/** Why a list of types makes no registry, or a type is not in it. */
export type RegistryError =
  | { readonly code: "PAR7706"; readonly error: "empty-type"; readonly owner: string }
  | {
      readonly code: "PAR7707";
      readonly error: "duplicate-type";
      readonly type: string;
      readonly owners: readonly [string, string];
    }
  | { readonly code: "PAR7708"; readonly error: "unregistered-type"; readonly type: string }
  | {
      readonly code: "PAR7709";
      readonly error: "bad-definition";
      readonly type: string;
      readonly why: string;
    };

/** The one list of fact types, built once. */
export interface FactRegistry {
  readonly types: ReadonlyMap<string, FactTypeDefinition>;
  /** Times declared wider than they need. */
  readonly findings: readonly WideTime[];
}

export type RegistryResult =
  | { readonly ok: true; readonly registry: FactRegistry }
  | { readonly ok: false; readonly error: RegistryError };

const versionOk = (version: number): boolean =>
  Number.isSafeInteger(version) && version >= 0 && version <= 0xffff;

const badDefinition = ({ version, minVersion, reducer }: FactTypeDefinition): string | undefined => {
  if (!versionOk(version) || !versionOk(minVersion)) return "versions are whole numbers from 0 to 65535";
  if (minVersion > version) return "the oldest version it reads is newer than the one it writes";
  return factReducers.has(reducer) ? undefined : `there is no reducer named ${reducer}`;
};

/**
 * Builds the list of fact types; ids are unique whoever declares them. Errors:
 * `PAR7706` an empty id, `PAR7707` one declared twice, `PAR7709` versions or a
 * reducer that cannot be.
 */
export const buildFactRegistry = (definitions: readonly FactTypeDefinition[]): RegistryResult => {
  const types = new Map<string, FactTypeDefinition>();
  for (const definition of definitions) {
    const { type, owner } = definition;
    if (type.trim() === "") return { ok: false, error: { code: "PAR7706", error: "empty-type", owner } };
    const other = types.get(type);
    if (other !== undefined)
      return {
        ok: false,
        error: { code: "PAR7707", error: "duplicate-type", type, owners: [other.owner, owner] },
      };
    const why = badDefinition(definition);
    if (why !== undefined)
      return { ok: false, error: { code: "PAR7709", error: "bad-definition", type, why } };
    types.set(type, definition);
  }
  return { ok: true, registry: { types, findings: [...types.values()].flatMap(wideTimes) } };
};

/** A typed payload as read, or why it is refused. */
export type TypedPayload =
  | { readonly ok: true; readonly definition: FactTypeDefinition; readonly value: unknown }
  | { readonly ok: false; readonly error: RegistryError | EnvelopeError | FieldMismatch };

/** Reads the payload of a generic fact by its declared type: registered, a known version, well-formed, every field there. */
export const readTypedPayload = (
  registry: FactRegistry,
  envelope: Extract<Fact["content"], { kind: "generic" }>["envelope"],
): TypedPayload => {
  const definition = registry.types.get(envelope.type);
  if (definition === undefined)
    return { ok: false, error: { code: "PAR7708", error: "unregistered-type", type: envelope.type } };
  const decoded = decodeFactPayload(envelope, definition);
  if (!decoded.ok) return decoded;
  const mismatch = payloadFault(definition, decoded.value, envelope.version);
  return mismatch === undefined
    ? { ok: true, definition, value: decoded.value }
    : { ok: false, error: mismatch };
};

const listIn = <K, V>(lists: Map<K, V[]>, key: K): V[] => {
  const known = lists.get(key) ?? [];
  lists.set(key, known);
  return known;
};

/** The views of a journal's generic facts. */
export interface TypedViews {
  /** By type: what its reducer makes of its facts. */
  readonly views: Readonly<Record<string, unknown>>;
  /** Facts of unknown types or with payloads that do not read, by type, in canonical order: kept raw. */
  readonly generic: Readonly<Record<string, readonly Uint8Array[]>>;
}

/**
 * Reduces generic facts by type. Facts come in canonical order (`factsInOrder`),
 * so the views do not depend on the order of arrival.
 */
export const reduceTyped = (registry: FactRegistry, facts: readonly Fact[]): TypedViews => {
  const typed = new Map<FactTypeDefinition, unknown[]>();
  const generic = new Map<string, Uint8Array[]>();
  for (const { content } of facts) {
    if (content.kind !== "generic") continue;
    const read = readTypedPayload(registry, content.envelope);
    if (read.ok) listIn(typed, read.definition).push(read.value);
    else listIn(generic, content.envelope.type).push(content.envelope.payload);
  }
  const views = [...typed].map(
    ([{ type, reducer }, payloads]) => [type, factReducers.get(reducer)?.reduce(payloads)] as const,
  );
  return { views: Object.fromEntries(views), generic: Object.fromEntries(generic) };
};
