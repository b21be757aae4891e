import { bind, projectAll } from "@parley/core";
import type { ArtifactKind } from "@parley/wire/http";
import { manifestOf } from "../../admission/manifest.ts";
import { globalArtifact, localsArtifact } from "../../engine/version-artifacts.ts";
import { numbersFor } from "../commands/admission-matrix.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { doesNotCheck } from "./bind-source.ts";

/**
 * An artifact of a version, as the engine's calls take it: its manifest, its
 * global type, or its local types by role. Families and names are bound to the
 * numbers of its scenario, else to small ones; the artifact says which.
 */
export const versionArtifact = (
  core: HostCore,
  protocol: string,
  version: string,
  kind: ArtifactKind,
): Result<unknown> => {
  const record = core.workspace.durable.protocols.get(protocol);
  if (record === undefined)
    return refused({ code: "PAR7001", kind: "not-found", what: "protocol", id: protocol });
  const found = record.versions.find((one) => one.version === version);
  if (found === undefined) return refused({ code: "PAR7102", kind: "unknown-version", protocol, version });
  const analysis = core.analyses.of(found.source, found.imports);
  const { kernel } = analysis;
  if (kernel === undefined) return refused(doesNotCheck(analysis, protocol));
  if (kind === "manifest") return done(manifestOf(kernel));
  const bindings = numbersFor(core, protocol, found);
  const bound = bind(kernel, bindings);
  if (!bound.ok) return refused(doesNotCheck(analysis, protocol));
  if (kind === "global") return done(globalArtifact(bound.protocol, { version, bindings }));
  const { locals } = projectAll(bound.protocol);
  return done(localsArtifact(locals, { version, bindings }));
};
