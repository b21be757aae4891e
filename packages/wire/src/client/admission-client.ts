import type {
  AdmissionMatrix,
  AdmissionMatrixRequest,
  ArtifactKind,
  PutRuntimeProfile,
  RuntimeProfileDetail,
} from "../http/index.ts";

type Call = <T>(method: string, path: string, body?: unknown, key?: string) => Promise<T>;

const profilePath = (name: string): string => `/api/runtime-profiles/${encodeURIComponent(name)}`;

/** Runtime profiles and what each would refuse. */
export const runtimeClient = (call: Call) => ({
  list: () => call<{ items: RuntimeProfileDetail[] }>("GET", "/api/runtime-profiles"),
  put: (name: string, request: PutRuntimeProfile, key?: string) =>
    call<RuntimeProfileDetail>("PUT", profilePath(name), request, key),
  remove: (name: string, key?: string) => call<void>("DELETE", profilePath(name), undefined, key),
  matrix: (request: AdmissionMatrixRequest) =>
    call<AdmissionMatrix>("POST", "/api/admission/matrix", request),
});

/** Where an artifact of a version is taken from. */
export const artifactPath = (protocol: string, version: string, kind: ArtifactKind): string =>
  `/api/protocols/${encodeURIComponent(protocol)}/versions/${version}/artifacts/${kind}`;
