import type { FactTypeView } from "@parley/wire/http";

/** What stands for a value of each kind until somebody says it. */
const values: { readonly [kind: string]: unknown } = {
  integer: 0,
  boolean: false,
  list: [],
  record: {},
  hash: "0".repeat(64),
  "logical time": { kind: "logical", vector: {}, lamport: 0 },
  "order time": { kind: "order", bytes: "0".repeat(64) },
  "physical time": { kind: "physical", ms: 0 },
  "range time": { kind: "range", earliest: 0, latest: 0, confidence: "Unknown" },
};

/** What a payload of a type looks like, to fill in: every field that must be there. */
export const payloadTemplate = (type: FactTypeView | undefined): string =>
  JSON.stringify(
    Object.fromEntries(
      (type?.fields ?? [])
        .filter(({ kind }) => !kind.includes("optional"))
        .map(({ name, kind }) => [name, values[kind] ?? ""]),
    ),
  );
