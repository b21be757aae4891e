import type { LinkBoundary, LinkedManifest, OwnerScope } from "@parley/wire";
import { fragmentScope, sessionScope } from "./scope.ts";

export const protocolFragment = (protocol: string): string => `protocol:${protocol}`;
export const bundleFragment = (bundle: string): string => `bundle:${bundle}`;

export const boundaryOfScope = (scope: OwnerScope): LinkBoundary => ({
  protocols: [],
  fragments: scope.kind === "session" ? [] : scope.keys,
  scope,
});

export const boundaryOfProtocol = (protocol: string): LinkBoundary => ({
  protocols: [protocol],
  fragments: [protocolFragment(protocol)],
  scope: sessionScope,
});

/** The piece a bundle names; `protocols` are those the bundle is made of, where they are known. */
export const boundaryOfBundle = (bundle: string, protocols: readonly string[] = []): LinkBoundary => ({
  bundle,
  protocols,
  fragments: [bundleFragment(bundle)],
  scope: fragmentScope([bundleFragment(bundle)]),
});

const bundlesOf = (manifest: LinkedManifest): readonly string[] =>
  [...new Set(manifest.link_specs.map(({ bundle_id }) => bundle_id))].sort();

/** One boundary for each bundle a manifest names, by name; without links that of its protocol. */
export const boundariesOfManifest = (manifest: LinkedManifest): readonly LinkBoundary[] => {
  const bundles = bundlesOf(manifest);
  return bundles.length === 0
    ? [boundaryOfProtocol(manifest.protocol_id)]
    : bundles.map((bundle) => boundaryOfBundle(bundle, [manifest.protocol_id]));
};

/** The one boundary of a manifest: of its single piece, or of all of them together. */
export const boundaryOfManifest = (manifest: LinkedManifest): LinkBoundary => {
  const [first, ...others] = boundariesOfManifest(manifest);
  if (first !== undefined && others.length === 0) return first;
  const fragments = bundlesOf(manifest).map(bundleFragment);
  return { protocols: [manifest.protocol_id], fragments, scope: fragmentScope(fragments) };
};

/**
 * Whether an owner of this scope may act at the boundary. A boundary without a
 * fragment is the whole session, which an owner of fragments may not touch.
 */
export const allowedBy = (boundary: LinkBoundary, scope: OwnerScope): boolean =>
  scope.kind === "session" ||
  (boundary.fragments.length > 0 && boundary.fragments.every((key) => scope.keys.includes(key)));

export const matchesFragment = (boundary: LinkBoundary, key: string): boolean =>
  boundary.scope.kind === "session" || boundary.fragments.includes(key);
