import { type OpenAPIHono, z } from "@hono/zod-openapi";
import { done, type Host } from "@parley/runtime/host";
import {
  checkRequestSchema,
  checkResponseSchema,
  createProtocolSchema,
  draftSchema,
  originSchema,
  protocolSchema,
  protocolSummarySchema,
  putDraftSchema,
  renameProtocolSchema,
  saveVersionSchema,
  versionSchema,
} from "@parley/wire/http";
import { mount } from "../http/endpoint.ts";

const filter = z.object({
  q: z.string().optional(),
  origin: originSchema.optional(),
  hidden: z.enum(["true", "false"]).optional(),
});

const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

const manage = (app: OpenAPIHono, host: Host): void => {
  mount(app, {
    method: "get",
    path: "/api/protocols",
    summary: "The catalogue and one's own",
    query: filter,
    answer: list(protocolSummarySchema),
    handle: async ({ query }) =>
      done({
        items: await host.listProtocols({
          ...(query.q ? { q: query.q } : {}),
          ...(query.origin ? { origin: query.origin } : {}),
          hidden: query.hidden === "true",
        }),
      }),
  });
  mount(app, {
    method: "post",
    path: "/api/protocols",
    summary: "A new protocol",
    body: createProtocolSchema,
    answer: protocolSchema,
    status: 201,
    handle: ({ caller, body }) => host.createProtocol(caller, body),
  });
  mount(app, {
    method: "get",
    path: "/api/protocols/{id}",
    summary: "A protocol with its text",
    answer: protocolSchema,
    handle: ({ params }) => host.protocol(params.id ?? ""),
  });
  mount(app, {
    method: "patch",
    path: "/api/protocols/{id}",
    summary: "Rename",
    body: renameProtocolSchema,
    answer: protocolSchema,
    handle: ({ params, caller, body }) => host.renameProtocol(caller, params.id ?? "", body),
  });
  mount(app, {
    method: "delete",
    path: "/api/protocols/{id}",
    summary: "Hide; versions that sessions pin stay",
    status: 204,
    handle: ({ params, caller }) => host.hideProtocol(caller, params.id ?? ""),
  });
  mount(app, {
    method: "post",
    path: "/api/protocols/{id}/restore",
    summary: "Show a hidden protocol again",
    answer: protocolSchema,
    handle: ({ params, caller }) => host.restoreProtocol(caller, params.id ?? ""),
  });
  mount(app, {
    method: "post",
    path: "/api/protocols/{id}/duplicate",
    summary: "A copy of one's own",
    answer: protocolSchema,
    status: 201,
    handle: ({ params, caller }) => host.duplicateProtocol(caller, params.id ?? ""),
  });
};

const text = (app: OpenAPIHono, host: Host): void => {
  mount(app, {
    method: "put",
    path: "/api/protocols/{id}/draft",
    summary: "Save the open text; refused if it was edited elsewhere since",
    body: putDraftSchema,
    answer: draftSchema,
    handle: ({ params, body }) => host.putDraft(params.id ?? "", body),
  });
  mount(app, {
    method: "get",
    path: "/api/protocols/{id}/versions",
    summary: "Versions, newest first",
    answer: list(versionSchema),
    handle: async ({ params }) => {
      const versions = await host.versions(params.id ?? "");
      return versions.ok ? done({ items: versions.value }) : versions;
    },
  });
  mount(app, {
    method: "post",
    path: "/api/protocols/{id}/versions",
    summary: "Save an immutable version",
    body: saveVersionSchema,
    answer: versionSchema,
    status: 201,
    handle: ({ params, caller, body }) => host.saveVersion(caller, params.id ?? "", body),
  });
  mount(app, {
    method: "post",
    path: "/api/check",
    summary: "Check a text without keeping it",
    body: checkRequestSchema,
    answer: checkResponseSchema,
    handle: async ({ body }) => done(host.check(body.source)),
  });
};

/** Protocols, drafts, versions, checking. */
export const protocolRoutes = (app: OpenAPIHono, host: Host): void => {
  manage(app, host);
  text(app, host);
};
