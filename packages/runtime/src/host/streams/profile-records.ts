import type { WorkspaceInput } from "@parley/wire";
import type { RuntimeProfile } from "../../admission/runtime-profile.ts";

/** A runtime profile as the workspace keeps it. */
export interface ProfileRecord extends RuntimeProfile {
  /** How often it was saved. */
  readonly revision: number;
  readonly at: number;
}

/** Profiles by name, in order of creation. */
export type ProfileRecords = ReadonlyMap<string, ProfileRecord>;

export type ProfileInput = Extract<WorkspaceInput, { readonly kind: "profile.saved" | "profile.deleted" }>;

/** One step of the fold; deleting what is not there changes nothing. Sessions keep what they were opened on. */
export const foldProfile = (records: ProfileRecords, input: ProfileInput, at: number): ProfileRecords => {
  const { name } = input;
  const next = new Map(records);
  if (input.kind === "profile.deleted") next.delete(name);
  else {
    const { base, keys } = input;
    next.set(name, { name, base, keys, revision: (records.get(name)?.revision ?? 0) + 1, at });
  }
  return next;
};
