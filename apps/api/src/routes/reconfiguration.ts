import type { Host } from "@parley/runtime/host";
import {
  bundleViewSchema,
  linkBundlesSchema,
  reconfigurationViewSchema,
  registerBundleSchema,
  seedBundleSchema,
  upgradeBundleSchema,
  upgradedSchema,
} from "@parley/wire/http";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";

const base = "/api/reconfiguration";

/** Bundles, links and what they run on. */
export const reconfigurationRoutes = (api: Api, host: Host): void => {
  mount(api, {
    method: "get",
    path: base,
    operation: "reconfiguration",
    summary: "Bundles, links, footprints, coherence, delegations and upgrades",
    answer: reconfigurationViewSchema,
    handle: async () => ({ ok: true, value: await host.reconfiguration() }),
  });
  mount(api, {
    method: "post",
    path: `${base}/bundles`,
    operation: "registerBundle",
    summary: "Register a bundle; one that is there is never replaced",
    body: registerBundleSchema,
    answer: bundleViewSchema,
    status: 201,
    handle: ({ caller, body }) => host.registerBundle(caller, body),
  });
  mount(api, {
    method: "post",
    path: `${base}/links`,
    operation: "linkBundles",
    summary: "Link two bundles into a third that has what both have",
    body: linkBundlesSchema,
    answer: bundleViewSchema,
    status: 201,
    handle: ({ caller, body }) => host.linkBundles(caller, body),
  });
  mount(api, {
    method: "post",
    path: `${base}/bundles/{id}/seed`,
    operation: "seedBundle",
    summary: "Say who runs a bundle; its upgrades begin anew",
    body: seedBundleSchema,
    answer: bundleViewSchema,
    handle: ({ params, caller, body }) => host.seedBundle(caller, params.id ?? "", body.members),
  });
  mount(api, {
    method: "post",
    path: `${base}/bundles/{id}/upgrade`,
    operation: "upgradeBundle",
    summary: "Upgrade what a bundle runs on; one that fails is recorded, and its members stay",
    body: upgradeBundleSchema,
    answer: upgradedSchema,
    handle: ({ params, caller, body }) => host.upgradeBundle(caller, params.id ?? "", body.upgrade),
  });
};
