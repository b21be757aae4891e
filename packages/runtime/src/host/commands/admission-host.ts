import type {
  AdmissionMatrix,
  AdmissionMatrixRequest,
  ArtifactKind,
  PutRuntimeProfile,
  RuntimeProfileDetail,
} from "@parley/wire/http";
import { DEFAULT_PROFILE } from "../../admission/runtime-profile.ts";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import type { Result } from "../host-error.ts";
import { versionArtifact } from "../protocols/version-artifact.ts";
import { HOSTED_BACKEND } from "../session/session-runtime.ts";
import { admissionMatrix } from "./admission-matrix.ts";
import { deleteProfile, listProfiles, putProfile } from "./profile-commands.ts";

/** What sessions of a host are opened on unless they ask otherwise. */
export interface HostRunsOn {
  readonly backend: { readonly asked: string | null; readonly ran: string };
  readonly mode: string;
  readonly policy: string;
  readonly profile: string;
  /** The parity profile: one that asks for nothing. */
  readonly parity: string;
}

/** Runtime profiles, what each would refuse, and the artifacts that sessions are opened from. */
export interface AdmissionHost {
  readonly runsOn: HostRunsOn;
  /** Those every workspace has, then one's own in order of creation. */
  runtimeProfiles(): readonly RuntimeProfileDetail[];
  /** Refused (`stale-profile`) when it was saved elsewhere since `baseRevision` (0 for a new one). */
  putRuntimeProfile(
    caller: Caller,
    name: string,
    request: PutRuntimeProfile,
  ): Promise<Result<RuntimeProfileDetail>>;
  deleteRuntimeProfile(caller: Caller, name: string): Promise<Result<null>>;
  admissionMatrix(request: AdmissionMatrixRequest): Result<AdmissionMatrix>;
  artifact(protocol: string, version: string, kind: ArtifactKind): Result<unknown>;
}

/** The admission of one host. */
export const admissionHost = (core: HostCore): AdmissionHost => ({
  runsOn: {
    backend: { asked: core.backend ?? null, ran: HOSTED_BACKEND },
    mode: "cooperative",
    policy: "aura.vm.prod.default",
    profile: DEFAULT_PROFILE,
    parity: "runtime_default",
  },
  runtimeProfiles: () => listProfiles(core),
  putRuntimeProfile: (caller, name, request) => putProfile(core, caller, name, request),
  deleteRuntimeProfile: (caller, name) => deleteProfile(core, caller, name),
  admissionMatrix: (request) => admissionMatrix(core, request),
  artifact: (protocol, version, kind) => versionArtifact(core, protocol, version, kind),
});
