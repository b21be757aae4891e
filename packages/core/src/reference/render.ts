import type { ProtocolDecl, SourceFile } from "../constructs/protocol/node.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { encodeGlobal, type GlobalJson, type GlobalType } from "../theory/global-type.ts";
import { compareText } from "../theory/label.ts";
import { encodeLocal, type LocalJson } from "../theory/local-type-r.ts";
import { type Analysis, analysis } from "./analysis.ts";
import { type AnnotationRecord, annotationRecords } from "./annotations.ts";
import { bindsAuthority } from "./authority.ts";
import type { ConversionError, ConversionFailure } from "./conversion-error.ts";
import { withinLimits } from "./cost.ts";
import { type Declarations, declarations } from "./declarations.ts";
import { type DslLocalJson, encodeDsl } from "./dsl-json.ts";
import { explain } from "./explain.ts";
import { globalType } from "./global.ts";
import { type ParseJson, parseResult } from "./parse-result.ts";
import { declaredRoles, protocolTree } from "./protocol-tree.ts";
import { type ReferenceRole, roleText } from "./role.ts";
import { type Tier, tier } from "./tier.ts";
import type { Protocol } from "./tree.ts";
import { type ValidationError, validate } from "./validate.ts";
import { failureOf, localOf, type RoleVerdict, roleVerdicts } from "./verdict.ts";

/** The `compile` key: whether the source validates and every role projects. */
export type CompileJson =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly kind: "Validation" | "Projection";
      readonly error: string;
      readonly role?: string;
      readonly message: string;
    };

/** A local type of the language's projection, or why there is none for that role. */
export type DslLocalResult =
  | DslLocalJson
  | { readonly error: { readonly kind: string; readonly message: string } };

/**
 * A file in the reference's forms, key by key as in a language golden
 * (`conformance/README.md`). A key that is absent means the stage was not
 * reached. `code` and `runs` are the machine's and made from `locals`.
 */
export interface ReferenceRendering {
  readonly parse: ParseJson;
  /** Present when the tree is too large to write out: nothing after `declarations` is. */
  readonly too_large?: true;
  readonly declarations?: Declarations;
  readonly annotations?: readonly AnnotationRecord[];
  readonly tier?: Tier;
  readonly explain?: readonly string[];
  readonly analysis?: Analysis;
  readonly dsl_locals?: Readonly<Record<string, DslLocalResult>>;
  readonly compile?: CompileJson;
  readonly global?: GlobalJson;
  readonly global_error?: ConversionError;
  readonly locals?: Readonly<Record<string, LocalJson>>;
  readonly locals_error?: ConversionError;
}

const compile = (invalid: ValidationError | undefined, verdicts: readonly RoleVerdict[]): CompileJson => {
  if (invalid !== undefined) return { ok: false, kind: "Validation", ...invalid };
  for (const verdict of verdicts) {
    const failure = failureOf(verdict);
    if (failure === undefined) continue;
    const { error, message } = failure;
    return { ok: false, kind: "Projection", role: verdict.role.name, error, message };
  }
  return { ok: true };
};

const dslLocals = (verdicts: readonly RoleVerdict[]): Readonly<Record<string, DslLocalResult>> =>
  Object.fromEntries(
    verdicts.map(({ role, lax }): [string, DslLocalResult] => [
      roleText(role),
      lax.kind === "failure" ? { error: { kind: lax.error, message: lax.message } } : encodeDsl(lax),
    ]),
  );

const globalKeys = (
  global: GlobalType | ConversionFailure,
): Pick<ReferenceRendering, "global" | "global_error"> =>
  global.kind === "failure" ? { global_error: global.error } : { global: encodeGlobal(global) };

const localKeys = (
  tree: Protocol,
  verdicts: readonly RoleVerdict[],
): Pick<ReferenceRendering, "locals" | "locals_error"> => {
  if (bindsAuthority(tree))
    return { locals_error: { kind: "UnsupportedFeature", feature: "AuthorityBinding" } };
  if (!withinLimits(tree.unrolled)) return { locals_error: { kind: "TooLarge" } };
  const locals: [string, LocalJson][] = [];
  for (const verdict of verdicts) {
    const type = localOf(verdict);
    if (type.kind === "failure") return { locals_error: type.error };
    locals.push([verdict.role.name, encodeLocal(type)]);
  }
  return { locals: Object.fromEntries(locals.sort(([a], [b]) => compareText(a, b))) };
};

const treeKeys = (
  file: SourceFile,
  tree: Protocol,
  roles: readonly ReferenceRole[],
): Omit<ReferenceRendering, "parse" | "declarations" | "too_large"> => {
  const global = globalType(tree);
  const invalid = validate(file, tree, roles);
  const verdicts = invalid === undefined ? roleVerdicts(tree, roles, global) : [];
  const compiled = compile(invalid, verdicts);
  return {
    annotations: annotationRecords(tree),
    tier: tier(file, tree, global.kind !== "failure"),
    explain: explain(file, tree),
    analysis: analysis(tree, roles, compiled.ok),
    ...(invalid === undefined ? { dsl_locals: dslLocals(verdicts) } : {}),
    compile: compiled,
    ...(invalid === undefined ? globalKeys(global) : {}),
    ...(compiled.ok ? localKeys(tree, verdicts) : {}),
  };
};

const renderProtocol = (file: SourceFile, protocol: ProtocolDecl, parse: ParseJson): ReferenceRendering => {
  const tree = protocolTree(protocol);
  const head = { parse, declarations: declarations(file) };
  if (tree === undefined) return { ...head, too_large: true };
  return { ...head, ...treeKeys(file, tree, declaredRoles(protocol.roles)) };
};

/**
 * Renders a parsed file as the reference would answer it, keeping what the
 * reference drops. `diagnostics` and `source` are those of the parse; they
 * decide the `parse` key. A rendering never stops anything else: a file the
 * reference refuses simply has fewer keys. `compile` and `locals` follow the
 * strict projection where the two differ: every golden that is not a named
 * deviation agrees with both.
 *
 * @example renderReference(file, diagnostics, source).global // {"Comm": …}
 */
export const renderReference = (
  file: SourceFile,
  diagnostics: readonly Diagnostic[],
  source: string,
): ReferenceRendering => {
  const { protocol } = file;
  const parse = parseResult(file, declaredRoles(protocol?.roles ?? []), diagnostics, source);
  return parse.ok && protocol !== undefined ? renderProtocol(file, protocol, parse) : { parse };
};
