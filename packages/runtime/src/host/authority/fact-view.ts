import { bytesToHex } from "@noble/hashes/utils.js";
import { decodeCanonical, type Fact } from "@parley/wire";
import type { FactView } from "@parley/wire/http";
import { derivedContext } from "../../journal/derived-context.ts";
import { readTypedPayload } from "../../journal/fact-registry.ts";
import { msOfTime, typeOfFact, versionOfFact } from "../../journal/fact-shape.ts";
import { payloadIdentity } from "../../journal/payload-identity.ts";
import { type FactPayload, readAt, shippedSchemas } from "../../services/index.ts";
import { factTypes } from "./fact-types.ts";

const asJson = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return bytesToHex(value);
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(asJson);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asJson(one)]));
  return value;
};

/** What a payload says; its hex where it cannot be read. */
const payloadOf = ({ content }: Fact): unknown => {
  if (content.kind === "protocol") return asJson(content.fields);
  if (content.kind !== "generic") return asJson(content);
  const { payload, encoding } = payloadIdentity(content.envelope);
  if (encoding !== "DagCbor") return bytesToHex(payload);
  try {
    return asJson(decodeCanonical(payload));
  } catch {
    return bytesToHex(payload);
  }
};

/** What a fact says in a later version of its schema. */
const readsOf = ({ content, by }: Fact, version: number | undefined): Pick<FactView, "reads"> => {
  if (content.kind !== "generic" || version === undefined || version <= content.envelope.version) return {};
  const schema = shippedSchemas.get(content.envelope.type);
  const written = readTypedPayload(factTypes, content.envelope);
  if (schema === undefined || !written.ok) return {};
  const fact = { version: content.envelope.version, payload: written.value as FactPayload, by };
  const payload = readAt(schema.steps, fact, version);
  return payload === undefined ? {} : { reads: { version, payload: asJson(payload) } };
};

const scopeOf = ({ content }: Fact): Pick<FactView, "scope"> => {
  const scope = content.kind === "protocol" ? derivedContext(content) : undefined;
  return scope === undefined ? {} : { scope };
};

/** A fact as pages show it; `version` is the one the facts of its type are read at. */
export const factView = (
  id: string,
  fact: Fact,
  where: {
    readonly seq: number;
    readonly replicas: readonly string[];
    readonly version?: number | undefined;
  },
): FactView => ({
  id,
  order: fact.order,
  time: fact.time as FactView["time"],
  ms: msOfTime(fact.time),
  by: fact.by,
  kind: fact.content.kind,
  type: typeOfFact(fact),
  version: versionOfFact(fact),
  payload: payloadOf(fact),
  ...readsOf(fact, where.version),
  ...scopeOf(fact),
  seq: where.seq,
  replicas: [...where.replicas],
});
