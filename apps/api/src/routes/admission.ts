import { done, type Host } from "@parley/runtime/host";
import {
  type ArtifactKind,
  admissionMatrixRequestSchema,
  admissionMatrixSchema,
  artifactKindSchema,
  putRuntimeProfileSchema,
  runtimeProfileSchema,
} from "@parley/wire/http";
import { z } from "zod";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";

/** The kind a path names; anything else is not there. */
const kindOf = (text: string | undefined): ArtifactKind | undefined =>
  artifactKindSchema.options.find((kind) => kind === text);

const profiles = (api: Api, host: Host): void => {
  const path = "/api/runtime-profiles";
  mount(api, {
    method: "get",
    path,
    operation: "listRuntimeProfiles",
    summary: "Runtimes a session can be admitted on: those every workspace has, then one's own",
    answer: z.object({ items: z.array(runtimeProfileSchema) }),
    handle: async () => done({ items: host.runtimeProfiles() }),
  });
  mount(api, {
    method: "put",
    path: `${path}/{name}`,
    operation: "putRuntimeProfile",
    summary: "Save a runtime profile; refused if it was saved elsewhere since",
    body: putRuntimeProfileSchema,
    answer: runtimeProfileSchema,
    handle: ({ params, caller, body }) => host.putRuntimeProfile(caller, params.name ?? "", body),
  });
  mount(api, {
    method: "delete",
    path: `${path}/{name}`,
    operation: "deleteRuntimeProfile",
    summary: "Forget a runtime profile; sessions keep what they were opened on",
    status: 204,
    handle: ({ params, caller }) => host.deleteRuntimeProfile(caller, params.name ?? ""),
  });
};

/** Runtime profiles, what each would refuse, and the artifacts of a version. */
export const admissionRoutes = (api: Api, host: Host): void => {
  profiles(api, host);
  mount(api, {
    method: "post",
    path: "/api/admission/matrix",
    operation: "admissionMatrix",
    summary: "What every rule says of every protocol on one runtime; nothing is written",
    body: admissionMatrixRequestSchema,
    answer: admissionMatrixSchema,
    handle: async ({ body }) => host.admissionMatrix(body),
  });
  mount(api, {
    method: "get",
    path: "/api/protocols/{id}/versions/{version}/artifacts/{artifact}",
    operation: "getArtifact",
    summary: "The manifest, the global type or the local types of a version, to open it elsewhere",
    answer: z.record(z.string(), z.unknown()),
    handle: async ({ params }) => {
      const kind = kindOf(params.artifact);
      return kind === undefined
        ? {
            ok: false,
            error: { code: "PAR7001", kind: "not-found", what: "artifact", id: params.artifact ?? "" },
          }
        : host.artifact(params.id ?? "", params.version ?? "", kind);
    },
  });
};
