import { type Hash, hashValue } from "@parley/wire";
import type { KernelProtocol } from "../kernel/node.ts";
import { contentId } from "../theory/content-id.ts";
import type { GlobalType } from "../theory/global-type.ts";
import { kernelRows } from "./kernel-rows.ts";

/** The version of the language a kernel was elaborated by; part of every version id. */
export const LANGUAGE_VERSION = 1;

/** Names a text, comments and layout included. */
export const sourceId = (source: string): Hash => hashValue("parley.source/1", source);

/**
 * Names what a text means: the language version and the elaborated kernel with
 * annotations and payload types, without places in the text (model §3). Layout
 * and comments do not change it. `imports` are the version ids of the modules
 * it imports, sorted; without any the id is as if there were no imports.
 */
export const versionId = (protocol: KernelProtocol, imports: readonly Hash[] = []): Hash =>
  hashValue("parley.version/1", {
    language: LANGUAGE_VERSION,
    name: protocol.name,
    namespace: protocol.namespace,
    roles: protocol.roles,
    parameters: protocol.parameters,
    bundles: protocol.bundles,
    requires: protocol.requires,
    // Absent in programs without them, whose ids stay as they were.
    uses: protocol.uses,
    under: protocol.under,
    effects: protocol.effects,
    operations: protocol.operations,
    imports: imports.length === 0 ? undefined : imports,
    body: kernelRows(protocol.body),
  });

/** The reference's content id of the core global type; nothing for an open type. Binder names and branch order do not change it. */
export const shapeId = (global: GlobalType): Hash | undefined => contentId(global);
