import type { PutRuntimeProfile, RuntimeProfileDetail } from "@parley/wire/http";
import {
  DEFAULT_PROFILE,
  inventoryOfProfile,
  profileKeys,
  type RuntimeProfile,
  shippedProfiles,
  strangeKeys,
} from "../../admission/runtime-profile.ts";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import type { ProfileRecord, ProfileRecords } from "../streams/profile-records.ts";
import { runCommand } from "./command.ts";
import { writeWorkspace } from "./write-workspace.ts";

/** Profiles a workspace may keep. */
export const MAX_PROFILES = 200;

/** A name is one part of an address. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/;

const shipped = (name: string): RuntimeProfile | undefined =>
  shippedProfiles.find((profile) => profile.name === name);

const detail = (profile: RuntimeProfile & Partial<ProfileRecord>): RuntimeProfileDetail => ({
  name: profile.name,
  base: profile.base,
  keys: { ...profile.keys },
  inventory: Object.fromEntries(inventoryOfProfile(profile)),
  revision: profile.revision ?? 0,
  at: profile.at ?? 0,
  shipped: shipped(profile.name) !== undefined,
});

/** The shipped profiles, then one's own in order of creation. */
export const listProfiles = (core: HostCore): readonly RuntimeProfileDetail[] =>
  [...shippedProfiles, ...core.workspace.durable.profiles.values()].map(detail);

/** The profile of that name as it is now; without a name the default one. */
export const findProfile = (
  records: ProfileRecords,
  name: string = DEFAULT_PROFILE,
): Result<RuntimeProfile> => {
  const found = shipped(name) ?? records.get(name);
  if (found !== undefined) return done(found);
  const known = [...shippedProfiles, ...records.values()].map((profile) => profile.name);
  return refused({ code: "PAR7121", kind: "unknown-profile", name, known });
};

/** The refusal of keys that no profile can set. */
export const keysRefusal = (keys: RuntimeProfile["keys"]): HostError | undefined => {
  const strange = strangeKeys(keys);
  return strange.length === 0
    ? undefined
    : { code: "PAR7123", kind: "unknown-capability", keys: strange, known: profileKeys };
};

const refusal = (
  records: ProfileRecords,
  name: string,
  request: PutRuntimeProfile,
): HostError | undefined => {
  if (!NAME.test(name)) return { code: "PAR7110", kind: "bad-name", name };
  if (shipped(name) !== undefined) return { code: "PAR7122", kind: "shipped-profile", name };
  const strange = keysRefusal(request.keys);
  if (strange !== undefined) return strange;
  const revision = records.get(name)?.revision ?? 0;
  const count = records.size + 1;
  if (revision === 0 && count > MAX_PROFILES)
    return { code: "PAR7301", kind: "too-large", limit: "runtime profiles", max: MAX_PROFILES, size: count };
  return revision === request.baseRevision
    ? undefined
    : { code: "PAR7124", kind: "stale-profile", name, revision };
};

const readProfile = (core: HostCore, name: string): Result<RuntimeProfileDetail> => {
  const found = findProfile(core.workspace.durable.profiles, name);
  return found.ok ? done(detail(found.value)) : found;
};

/** Saves a profile: new, or from the revision it was looked at. */
export const putProfile = (
  core: HostCore,
  caller: Caller,
  name: string,
  request: PutRuntimeProfile,
): Promise<Result<RuntimeProfileDetail>> =>
  runCommand<RuntimeProfileDetail, null>(core, caller, {
    name: "put-runtime-profile",
    request: [name, request],
    restore: async () => readProfile(core, name),
    run: async (idempotency) => {
      const refusing = refusal(core.workspace.tentative.profiles, name, request);
      if (refusing !== undefined) return refused(refusing);
      const { base, keys } = request;
      const input = { kind: "profile.saved", name, base, keys } as const;
      const written = await writeWorkspace(core, caller, [input], idempotency(null));
      return written.ok ? readProfile(core, name) : written;
    },
  });

/** Forgets a profile; sessions keep what they were opened on. */
export const deleteProfile = (core: HostCore, caller: Caller, name: string): Promise<Result<null>> =>
  runCommand<null, null>(core, caller, {
    name: "delete-runtime-profile",
    request: name,
    restore: async () => done(null),
    run: async (idempotency) => {
      if (shipped(name) !== undefined) return refused({ code: "PAR7122", kind: "shipped-profile", name });
      const found = findProfile(core.workspace.tentative.profiles, name);
      if (!found.ok) return found;
      return writeWorkspace(core, caller, [{ kind: "profile.deleted", name }], idempotency(null));
    },
  });
