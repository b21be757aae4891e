import { done, type Host } from "@parley/runtime/host";
import {
  categoriseProtocolSchema,
  checkRequestSchema,
  checkResponseSchema,
  createProtocolSchema,
  draftSchema,
  findingSettingsSchema,
  originSchema,
  protocolSchema,
  protocolSummarySchema,
  protocolTextSchema,
  putDraftSchema,
  renameProtocolSchema,
  saveVersionSchema,
  versionSchema,
} from "@parley/wire/http";
import { z } from "zod";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";

const filter = z.object({
  q: z.string().optional(),
  origin: originSchema.optional(),
  hidden: z.enum(["true", "false"]).optional(),
});

const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

const manage = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: "/api/protocols",
    operation: "listProtocols",
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
  mount(api, {
    method: "post",
    path: "/api/protocols",
    operation: "createProtocol",
    summary: "A new protocol",
    body: createProtocolSchema,
    answer: protocolSchema,
    status: 201,
    handle: ({ caller, body }) => host.createProtocol(caller, body),
  });
  mount(api, {
    method: "get",
    path: "/api/protocols/{id}",
    operation: "getProtocol",
    summary: "A protocol with its text",
    answer: protocolSchema,
    handle: ({ params }) => host.protocol(params.id ?? ""),
  });
  mount(api, {
    method: "patch",
    path: "/api/protocols/{id}",
    operation: "renameProtocol",
    summary: "Rename",
    body: renameProtocolSchema,
    answer: protocolSchema,
    handle: ({ params, caller, body }) => host.renameProtocol(caller, params.id ?? "", body),
  });
  mount(api, {
    method: "put",
    path: "/api/protocols/{id}/category",
    operation: "categoriseProtocol",
    summary: "Pick the operation category; refused where its page declares one",
    body: categoriseProtocolSchema,
    answer: protocolSchema,
    handle: ({ params, caller, body }) => host.categoriseProtocol(caller, params.id ?? "", body),
  });
  mount(api, {
    method: "delete",
    path: "/api/protocols/{id}",
    operation: "hideProtocol",
    summary: "Hide; versions that sessions pin stay",
    status: 204,
    handle: ({ params, caller }) => host.hideProtocol(caller, params.id ?? ""),
  });
  mount(api, {
    method: "post",
    path: "/api/protocols/{id}/restore",
    operation: "restoreProtocol",
    summary: "Show a hidden protocol again",
    answer: protocolSchema,
    handle: ({ params, caller }) => host.restoreProtocol(caller, params.id ?? ""),
  });
  mount(api, {
    method: "post",
    path: "/api/protocols/{id}/duplicate",
    operation: "duplicateProtocol",
    summary: "A copy of one's own",
    answer: protocolSchema,
    status: 201,
    handle: ({ params, caller }) => host.duplicateProtocol(caller, params.id ?? ""),
  });
};

const text = (api: Api, host: Host): void => {
  mount(api, {
    method: "put",
    path: "/api/protocols/{id}/draft",
    operation: "putDraft",
    summary: "Save the open text; refused if it was edited elsewhere since",
    body: putDraftSchema,
    answer: draftSchema,
    handle: ({ params, body }) => host.putDraft(params.id ?? "", body),
  });
  mount(api, {
    method: "get",
    path: "/api/protocols/{id}/versions",
    operation: "listVersions",
    summary: "Versions, newest first",
    answer: list(versionSchema),
    handle: async ({ params }) => {
      const versions = await host.versions(params.id ?? "");
      return versions.ok ? done({ items: versions.value }) : versions;
    },
  });
  mount(api, {
    method: "post",
    path: "/api/protocols/{id}/versions",
    operation: "saveVersion",
    summary: "Save an immutable version",
    body: saveVersionSchema,
    answer: versionSchema,
    status: 201,
    handle: ({ params, caller, body }) => host.saveVersion(caller, params.id ?? "", body),
  });
  mount(api, {
    method: "post",
    path: "/api/check",
    operation: "check",
    summary: "Check a text without keeping it",
    body: checkRequestSchema,
    answer: checkResponseSchema,
    handle: async ({ body }) => done(host.check(body)),
  });
  mount(api, {
    method: "get",
    path: "/api/texts",
    operation: "listTexts",
    summary: "The present texts of all protocols that are shown, oldest first",
    answer: list(protocolTextSchema),
    handle: async () => done({ items: [...(await host.texts())] }),
  });
};

const settings = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: "/api/settings/findings",
    operation: "getFindingSettings",
    summary: "What findings count in the studio, by code",
    answer: findingSettingsSchema,
    handle: async () => done(host.findingSettings()),
  });
  mount(api, {
    method: "put",
    path: "/api/settings/findings",
    operation: "putFindingSettings",
    summary: "Set what findings count; those that fail closed cannot be lowered",
    body: findingSettingsSchema,
    answer: findingSettingsSchema,
    handle: ({ caller, body }) => host.putFindingSettings(caller, body),
  });
};

/** Protocols, drafts, versions, checking. */
export const protocolRoutes = (api: Api, host: Host): void => {
  manage(api, host);
  text(api, host);
  settings(api, host);
};
