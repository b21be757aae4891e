import type { ComposedBundle } from "@parley/wire";
import { emptyFootprint, RECONFIGURATION_SCHEMA } from "./footprint.ts";

/** The parts of a manifest that bundles are made from. */
export interface BundleSource {
  readonly protocol_id: string;
  readonly link_specs: readonly {
    readonly bundle_id: string;
    readonly exports: readonly string[];
    readonly imports: readonly string[];
  }[];
}

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();

/** What one needs and does not offer itself is offered by the other; asked both ways. */
export const compatible = (one: ComposedBundle, other: ComposedBundle): boolean =>
  missingImports(one, other).length === 0 && missingImports(other, one).length === 0;

/** What `one` needs and neither offers, in order. */
export const missingImports = (one: ComposedBundle, other: ComposedBundle): readonly string[] =>
  one.imports.filter((name) => !one.exports.includes(name) && !other.exports.includes(name));

/**
 * The bundles that manifests name: link specs grouped by bundle, what they
 * offer and need united, nobody's footprint yet (spec/aura-runtime.md §12.2).
 *
 * @example generatedBundles([deviceEnrollmentManifest]).map(({ bundle_id }) => bundle_id) // ["device_migration"]
 */
export const generatedBundles = (manifests: readonly BundleSource[]): readonly ComposedBundle[] => {
  const specs = manifests.flatMap(({ protocol_id, link_specs }) =>
    link_specs.map((spec) => ({ ...spec, protocol_id })),
  );
  return sorted(specs.map(({ bundle_id }) => bundle_id)).map((bundle) => {
    const own = specs.filter(({ bundle_id }) => bundle_id === bundle);
    return {
      schema_version: RECONFIGURATION_SCHEMA,
      bundle_id: bundle,
      protocol_ids: sorted(own.map(({ protocol_id }) => protocol_id)),
      exports: sorted(own.flatMap(({ exports }) => exports)),
      imports: sorted(own.flatMap(({ imports }) => imports)),
      footprint: emptyFootprint,
    };
  });
};
