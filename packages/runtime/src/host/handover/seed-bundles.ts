import type { ComposedBundle, WorkspaceInput } from "@parley/wire";
import { manifestOf } from "../../admission/manifest.ts";
import { generatedBundles } from "../../reconfiguration/index.ts";
import type { HostCore } from "../core.ts";
import { pinImports } from "../protocols/pin-imports.ts";

/** A text that names no link makes no bundle, and need not be read. */
const LINK = /\blink\s*:/;

/** The bundles that the manifests of the catalogue name (spec/aura-runtime.md §12.2). */
export const catalogueBundles = (
  core: Pick<HostCore, "catalogue" | "analyses">,
): readonly ComposedBundle[] => {
  const texts = [...core.catalogue.values()].map(({ id, source }) => ({
    protocol: id,
    text: { source, version: "" },
  }));
  const manifests = texts.flatMap(({ protocol, text: { source } }) => {
    if (!LINK.test(source)) return [];
    const imports = pinImports(
      source,
      texts.filter((other) => other.protocol !== protocol),
    );
    const { kernel } = core.analyses.of(source, imports);
    return kernel === undefined ? [] : [manifestOf(kernel)];
  });
  return generatedBundles(manifests);
};

/** The bundles of the catalogue that the workspace does not have yet; one it has is never replaced. */
export const bundleInputs = (core: HostCore): readonly WorkspaceInput[] => {
  const { bundles } = core.workspace.tentative.handover;
  return catalogueBundles(core)
    .filter(({ bundle_id }) => !bundles.has(bundle_id))
    .map((bundle) => ({ kind: "bundle.registered", bundle, generated: true }));
};
