import {
  type Analysis,
  bind,
  type Diagnostic,
  isAdmissionCode,
  type KernelProtocol,
  projectAll,
  windowsOf,
} from "@parley/core";
import type { Hash } from "@parley/wire";
import { type CodeImage, compileImage } from "../../machine/code/image.ts";
import type { HostError } from "../host-error.ts";

/** Numbers given at open. */
export interface Numbers {
  readonly families: { readonly [family: string]: number };
  readonly names: { readonly [name: string]: number };
}

/** A protocol bound and compiled. */
export interface Compiled {
  readonly kernel: KernelProtocol;
  /** In order of declaration, a family as its members. */
  readonly roles: readonly string[];
  readonly image: CodeImage;
}

export type CompiledSource =
  | { readonly ok: true; readonly compiled: Compiled }
  | { readonly ok: false; readonly error: HostError };

const failed = (error: HostError): CompiledSource => ({ ok: false, error });

const messages = (diagnostics: readonly { readonly message: string }[]): string =>
  diagnostics.map(({ message }) => message).join("; ");

/** Numbers for what the protocol does not have: a misspelt family must not open with another size in silence. */
const strangers = (kernel: KernelProtocol, { families, names }: Numbers): readonly string[] => {
  const open = kernel.roles.flatMap(({ name, size }) => (typeof size === "string" ? [name, size] : []));
  const known = new Set([...open, ...kernel.parameters, ...windowsOf(kernel)]);
  return [...Object.keys(families), ...Object.keys(names)].filter((name) => !known.has(name));
};

const errorsOf = ({ diagnostics }: Analysis): readonly Diagnostic[] =>
  diagnostics.filter(({ severity }) => severity === "error");

/** The refusal of a text with errors, which names the first of them. */
export const doesNotCheck = (analysis: Analysis, protocol: string): HostError => {
  const errors = errorsOf(analysis);
  return {
    code: "PAR7105",
    kind: "does-not-check",
    protocol,
    codes: [...new Set(errors.map(({ code }) => code))],
    findings: errors.slice(0, 10).map(({ code, message }) => ({ code, message })),
  };
};

/** Binds the families and names of a sound text, projects every role and compiles the image. */
export const compileSource = (
  analysis: Analysis,
  protocol: string,
  version: Hash,
  numbers: Numbers,
): CompiledSource => {
  const { kernel } = analysis;
  // What only admission refuses is judged there, where the rule is named.
  if (kernel === undefined || errorsOf(analysis).some(({ code }) => !isAdmissionCode(code)))
    return failed(doesNotCheck(analysis, protocol));
  const unknown = strangers(kernel, numbers);
  if (unknown.length > 0) {
    const reason = `${kernel.name} has no open family and no name ${unknown.join(", ")}`;
    return failed({ code: "PAR7106", kind: "bad-bindings", reason });
  }
  const bound = bind(kernel, numbers);
  if (!bound.ok)
    return failed({ code: "PAR7106", kind: "bad-bindings", reason: messages(bound.diagnostics) });
  const { locals, diagnostics } = projectAll(bound.protocol);
  const missing = bound.protocol.roles.some((role) => locals[role] === undefined);
  if (missing || diagnostics.some(({ severity }) => severity === "error"))
    return failed({ code: "PAR7106", kind: "bad-bindings", reason: messages(diagnostics) });
  const image = compileImage({
    version,
    bindings: { ...numbers.families, ...numbers.names },
    locals: new Map(Object.entries(locals)),
  });
  return { ok: true, compiled: { kernel, roles: bound.protocol.roles, image } };
};
