import type { WorkspaceInput } from "@parley/wire";

/** A scenario of a protocol as the workspace keeps it. A deleted one stays, so that it can come back. */
export interface ScenarioRecord {
  readonly name: string;
  /** TOML; may be wrong, as a draft may. */
  readonly text: string;
  /** How often its text was saved. */
  readonly revision: number;
  readonly at: number;
  readonly deleted: boolean;
}

/** The scenarios of every protocol, by protocol id and name; in order of creation. */
export type ScenarioRecords = ReadonlyMap<string, ReadonlyMap<string, ScenarioRecord>>;

export type ScenarioInput = Extract<
  WorkspaceInput,
  { readonly kind: "scenario.saved" | "scenario.deleted" | "scenario.restored" }
>;

/** One step of the fold; deleting what is not there changes nothing. */
export const foldScenario = (records: ScenarioRecords, input: ScenarioInput, at: number): ScenarioRecords => {
  const { protocol, name } = input;
  const own = records.get(protocol);
  const known = own?.get(name);
  const put = (record: ScenarioRecord): ScenarioRecords =>
    new Map(records).set(protocol, new Map(own).set(name, record));
  if (input.kind === "scenario.saved")
    return put({ name, text: input.text, revision: (known?.revision ?? 0) + 1, at, deleted: false });
  return known === undefined ? records : put({ ...known, at, deleted: input.kind === "scenario.deleted" });
};
