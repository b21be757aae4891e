import type {
  BundleView,
  Delegated,
  DelegateSession,
  DelegationPreview,
  LinkBundles,
  OwnershipView,
  PreviewDelegation,
  ReconfigurationView,
  RegisterBundle,
  RuntimeUpgradeJson,
  Upgraded,
} from "../http/index.ts";
import type { Call } from "./authority-client.ts";

/** Who owns a session, and handing it over. */
export const ownershipClient = (call: Call) => {
  const of = (session: string) => `/api/sessions/${encodeURIComponent(session)}`;
  return {
    get: (session: string, seq?: number) =>
      call<OwnershipView>("GET", `${of(session)}/ownership${seq === undefined ? "" : `?at=${seq}`}`),
    preview: (session: string, request: PreviewDelegation) =>
      call<DelegationPreview>("POST", `${of(session)}/delegate/preview`, request),
    delegate: (session: string, request: DelegateSession, key?: string) =>
      call<Delegated>("POST", `${of(session)}/delegate`, request, key),
  };
};

/** Bundles, links and what they run on. */
export const reconfigurationClient = (call: Call) => {
  const of = (bundle: string) => `/api/reconfiguration/bundles/${encodeURIComponent(bundle)}`;
  return {
    get: () => call<ReconfigurationView>("GET", "/api/reconfiguration"),
    register: (bundle: RegisterBundle) => call<BundleView>("POST", "/api/reconfiguration/bundles", bundle),
    link: (link: LinkBundles) => call<BundleView>("POST", "/api/reconfiguration/links", link),
    seed: (bundle: string, members: readonly string[]) =>
      call<BundleView>("POST", `${of(bundle)}/seed`, { members }),
    upgrade: (bundle: string, upgrade: RuntimeUpgradeJson) =>
      call<Upgraded>("POST", `${of(bundle)}/upgrade`, { upgrade }),
  };
};
