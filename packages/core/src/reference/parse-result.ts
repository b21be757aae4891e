import type { SourceFile } from "../constructs/protocol/node.ts";
import { codes } from "../diagnostics/codes.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { firstReferenceParseError, referenceError } from "../diagnostics/reference-kind.ts";
import { LineIndex } from "../text/line-index.ts";
import { indexText, paramText, type ReferenceRole } from "./role.ts";

/** A declared role as `parse.roles` of a golden lists it. */
export interface RoleJson {
  readonly name: string;
  readonly param?: string;
  readonly index?: string;
}

/**
 * `kind` is the reference's name for the error; `Parley` marks a text Parley
 * cannot read although the reference does, with the code of the finding.
 */
export type ParseJson =
  | {
      readonly ok: true;
      readonly name: string;
      readonly namespace: string | null;
      readonly roles: readonly RoleJson[];
    }
  | {
      readonly ok: false;
      readonly kind: string;
      readonly message: string;
      readonly line?: number;
      readonly code?: string;
    };

const roleJson = (role: ReferenceRole): RoleJson => ({
  name: role.name,
  ...(role.param === undefined ? {} : { param: paramText(role.param) }),
  ...(role.index === undefined ? {} : { index: indexText(role.index) }),
});

/** Found by Parley alone, and leaving no tree that stands for the text: text, layout, grammar, limits, endless calls. */
const unreadable = (diagnostic: Diagnostic): boolean =>
  diagnostic.severity === "error" &&
  referenceError(diagnostic) === undefined &&
  (diagnostic.code < "PAR2" || diagnostic.code === codes.recursiveLocal.id);

const failed = (kind: string, diagnostic: Diagnostic, source: string): ParseJson => {
  const { message } = diagnostic;
  if (kind === "EmptyChoreography") return { ok: false, kind, message };
  return { ok: false, kind, message, line: new LineIndex(source).positionAt(diagnostic.span.start).line };
};

/** The `parse` key: what was declared, or the one error at which the reference stops. */
export const parseResult = (
  file: SourceFile,
  roles: readonly ReferenceRole[],
  diagnostics: readonly Diagnostic[],
  source: string,
): ParseJson => {
  const stop = firstReferenceParseError(diagnostics);
  if (stop !== undefined) return failed(stop.error.kind, stop.diagnostic, source);
  const own = diagnostics.find(unreadable);
  if (own !== undefined) return { ...failed("Parley", own, source), code: own.code } as ParseJson;
  return {
    ok: true,
    name: file.protocol?.name.text ?? "",
    namespace: file.module?.name.text ?? null,
    roles: roles.map(roleJson),
  };
};
