import type { DeclaredFactType, DeclaredField, DeclaredTime, TimeStamp } from "@parley/wire";
import { isHash } from "./byte-order.ts";
import { compareDomains, narrowestDomain, type TimeDomain, timeFault } from "./time-stamp.ts";

/** What a time is for, and the domain it is declared in. */
export type TimeDeclaration = DeclaredTime;

/** A field of a fact's payload. */
export type FactField = DeclaredField;

/** A type of fact of the registry: one that somebody declared, or one that ships and has a history. */
export interface FactTypeDefinition extends DeclaredFactType {
  /** Fields of earlier versions that differ, by version. */
  readonly earlier?: { readonly [version: number]: { readonly [name: string]: FactField } };
}

/** A time declared in a wider domain than what it is for asks. A finding: the type still registers. */
export interface WideTime {
  readonly code: "PAR7711";
  readonly finding: "wide-time";
  readonly type: string;
  /** Undefined for the time stamp of the fact itself. */
  readonly field: string | undefined;
  readonly declared: TimeDomain;
  readonly narrowest: TimeDomain;
}

/** Times of a type that are declared wider than they need, its own first, then fields in source order. */
export const wideTimes = (definition: FactTypeDefinition): readonly WideTime[] => {
  const times: (readonly [string | undefined, TimeDeclaration])[] = [[undefined, definition.time]];
  for (const [name, field] of Object.entries(definition.fields))
    if (field.kind === "time") times.push([name, field]);
  return times.flatMap(([field, { need, domain }]) => {
    const narrowest = narrowestDomain(need);
    return compareDomains(domain, narrowest) > 0
      ? [{ code: "PAR7711", finding: "wide-time", type: definition.type, field, declared: domain, narrowest }]
      : [];
  });
};

/** A payload that is not what its type declares. */
export interface FieldMismatch {
  readonly code: "PAR7712";
  readonly error: "field-mismatch";
  readonly type: string;
  readonly field: string;
  readonly expected: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

const isTime = (value: unknown, domain: TimeDomain): boolean =>
  isRecord(value) && value.kind === domain && timeFault(value as TimeStamp) === undefined;

const fits = (field: FactField, value: unknown): boolean => {
  switch (field.kind) {
    case "text":
      return typeof value === "string";
    case "integer":
      return Number.isSafeInteger(value) || typeof value === "bigint";
    case "boolean":
      return typeof value === "boolean";
    case "bytes":
      return value instanceof Uint8Array;
    case "hash":
      return typeof value === "string" && isHash(value);
    case "list":
      return Array.isArray(value);
    case "record":
      return isRecord(value);
    case "time":
      return isTime(value, field.domain);
  }
};

/** The first field, in source order, that a payload lacks or has of another kind; further fields are allowed. Without a version, the present one. */
export const payloadFault = (
  definition: Pick<FactTypeDefinition, "type" | "fields" | "earlier">,
  payload: unknown,
  version?: number,
): FieldMismatch | undefined => {
  const { type } = definition;
  const fields = (version === undefined ? undefined : definition.earlier?.[version]) ?? definition.fields;
  const mismatch = (field: string, expected: string): FieldMismatch => ({
    code: "PAR7712",
    error: "field-mismatch",
    type,
    field,
    expected,
  });
  if (!isRecord(payload)) return mismatch("", "record");
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(payload, name) ? payload[name] : undefined;
    if (value === undefined ? field.optional !== true : !fits(field, value))
      return mismatch(name, field.kind === "time" ? `${field.domain} time` : field.kind);
  }
  return undefined;
};
