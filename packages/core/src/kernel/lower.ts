import { lowerBroadcast } from "../constructs/broadcast/lower.ts";
import { lowerCall } from "../constructs/call/lower.ts";
import { lowerCase } from "../constructs/case/lower.ts";
import { lowerChoice } from "../constructs/choice/lower.ts";
import { declared } from "../constructs/declaration.ts";
import { lowerLet } from "../constructs/let/lower.ts";
import { lowerLoop } from "../constructs/loop/lower.ts";
import { lowerPar } from "../constructs/par/lower.ts";
import type { ProtocolDecl, SourceFile } from "../constructs/protocol/node.ts";
import { lowerContinue, lowerRec } from "../constructs/rec/lower.ts";
import { lowerRole, lowerRoleDecl } from "../constructs/roles/lower.ts";
import { lowerSend } from "../constructs/send/lower.ts";
import type { Statement } from "../constructs/statement.ts";
import { lowerTimeout } from "../constructs/timeout/lower.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { projectionDiagnostic } from "../projection/report.ts";
import { performers } from "../resolve/performer.ts";
import { edgePath } from "./edge-path.ts";
import { KernelTooLarge, type LowerContext, type Scope } from "./lower-context.ts";
import { lowerDeclarations, progressClauses, resultTypes } from "./lower-declarations.ts";
import { lowerLocal } from "./lower-local.ts";
import type { Kernel, KernelProtocol } from "./node.ts";
import { parametersOf } from "./parameters.ts";

/** The most kernel nodes a protocol may have (model §7). */
export const MAX_KERNEL_NODES = 200_000;

const lowerStatement = (
  statement: Statement,
  id: string,
  scope: Scope,
  next: Kernel,
  context: LowerContext,
): Kernel => {
  switch (statement.kind) {
    case "send":
      return lowerSend(statement, id, scope, next, context);
    case "broadcast":
      return lowerBroadcast(statement, id, scope, next, context);
    case "choice":
      return lowerChoice(statement, id, scope, next, context);
    case "loop":
      return lowerLoop(statement, id, scope, next, context);
    case "rec":
      return lowerRec(statement, id, scope, next, context);
    case "continue":
      return lowerContinue(statement, id, scope, next, context);
    case "par":
      return lowerPar(statement, id, scope, next, context);
    case "call":
      return lowerCall(statement, id, scope, next, context);
    case "let":
      return lowerLet(statement, id, scope, next, context);
    case "case":
      return lowerCase(statement, id, scope, next, context);
    case "timeout":
      return lowerTimeout(statement, id, scope, next, context);
    case "begin":
    case "await":
    case "resolve":
    case "invalidate":
    case "publish":
    case "publishAs":
    case "materialize":
    case "handoff":
    case "dependentWork":
      return lowerLocal(statement, id, scope, next, context);
  }
};

const contextOf = (file: SourceFile, protocol: ProtocolDecl, limit: number): LowerContext => {
  let nodes = 0;
  const who = performers(protocol, file.declarations);
  const context: LowerContext = {
    roles: protocol.roles,
    locals: new Map(protocol.locals.map((local) => [local.name.text, local.body])),
    performer: (statement) => {
      const role = who.get(statement);
      if (role === undefined) throw new Error("a checked protocol declares a role");
      return lowerRole(role);
    },
    progressOf: progressClauses(file),
    resultOf: resultTypes(file),
    node: (node) => {
      if (++nodes > limit) throw new KernelTooLarge();
      return node;
    },
    body: (statements, scope, idOf, next) => {
      let rest = next;
      for (let k = statements.length - 1; k >= 0; k--) {
        const statement = statements[k];
        if (statement !== undefined) rest = lowerStatement(statement, idOf(k), scope, rest, context);
      }
      return rest;
    },
  };
  return context;
};

/** A lowered protocol, or the finding that it is too large. */
export type Lowered =
  | { readonly ok: true; readonly protocol: KernelProtocol }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Lowers a file without errors to the kernel (model §3). Nothing is dropped:
 * what follows a choice, loop, par or rec follows every way it can end, as the
 * same object, so that sharing keeps large protocols small. No protocol in the
 * file, or more than `limit` nodes, is a failure with diagnostics.
 */
export const lowerFile = (file: SourceFile, limit = MAX_KERNEL_NODES): Lowered => {
  const { protocol } = file;
  if (protocol === undefined) return { ok: false, diagnostics: [] };
  const scope: Scope = { labels: new Map(), taken: new Set() };
  try {
    const body = contextOf(file, protocol, limit).body(protocol.body, scope, edgePath.root, {
      kind: "end",
    });
    return {
      ok: true,
      protocol: {
        name: protocol.name.text,
        ...(file.module === undefined ? {} : { namespace: file.module.name.text }),
        roles: protocol.roles.map(lowerRoleDecl),
        parameters: parametersOf(protocol),
        bundles: declared(file, "proofBundle").map((bundle) => ({
          name: bundle.name.text,
          capabilities: bundle.capabilities.map((c) => c.text),
          ...(bundle.version === undefined ? {} : { version: bundle.version }),
          ...(bundle.issuer === undefined ? {} : { issuer: bundle.issuer }),
          constraints: bundle.constraints,
        })),
        requires: protocol.requires.map((name) => name.text),
        ...lowerDeclarations(file, protocol),
        body,
      },
    };
  } catch (error) {
    if (!(error instanceof KernelTooLarge)) throw error;
    const args = { limit: String(limit) };
    return { ok: false, diagnostics: [projectionDiagnostic("kernelTooLarge", protocol.name.span, { args })] };
  }
};

/** As `lowerFile`, for callers that have no use for the reason. */
export const lower = (file: SourceFile): KernelProtocol | undefined => {
  const lowered = lowerFile(file);
  return lowered.ok ? lowered.protocol : undefined;
};
