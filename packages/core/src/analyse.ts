import { bind } from "./bind.ts";
import { check } from "./check.ts";
import type { SourceFile } from "./constructs/protocol/node.ts";
import { isAdmissionCode } from "./diagnostics/admission-code.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Bindings, BoundProtocol } from "./kernel/bound.ts";
import { lowerFile } from "./kernel/lower.ts";
import type { KernelProtocol } from "./kernel/node.ts";
import { parse } from "./parse.ts";
import type { LocalType } from "./projection/local-type.ts";
import { withMends } from "./projection/mend.ts";
import { projectAll } from "./projection/project.ts";
import { withRolesLine } from "./resolve/declare-roles.ts";
import type { AdviceOptions } from "./rules/advice.ts";
import { advise } from "./rules/advise.ts";
import { withoutAllowed } from "./rules/allow-comment.ts";
import { sampleBindings } from "./sample-bindings.ts";
import type { TokenList } from "./syntax/token-list.ts";
import { compareText } from "./theory/label.ts";
import { nothingImported, withImported } from "./workspace/imported.ts";
import { type Imports, resolveImports } from "./workspace/resolve.ts";

/** A protocol tried with one choice of numbers; roles that cannot be projected are missing from `locals`. */
export interface Sample {
  readonly bindings: Bindings;
  readonly bound: BoundProtocol;
  readonly locals: Readonly<Record<string, LocalType>>;
}

/** Everything the front end knows about a text. */
export interface Analysis {
  readonly source: string;
  readonly file: SourceFile;
  /** The file with what it imports: what checking, lowering and the diagrams see. The same object when it imports nothing. */
  readonly seen: SourceFile;
  readonly tokens: TokenList;
  /** All findings, in order of place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Present when parser and checker found no error; what only admission would refuse leaves it present. */
  readonly kernel?: KernelProtocol;
  /** One per choice of numbers that could be bound, growing; a single one when nothing is left to bind. */
  readonly samples?: readonly Sample[];
  readonly verdict: "sound" | "errors";
}

interface Tried {
  readonly bindings: Bindings;
  readonly sample?: Sample;
  readonly diagnostics: readonly Diagnostic[];
}

const isError = (d: Diagnostic): boolean => d.severity === "error";
const stopsReading = (d: Diagnostic): boolean => isError(d) && !isAdmissionCode(d.code);

const tryWith = (kernel: KernelProtocol, bindings: Bindings): Tried => {
  const bound = bind(kernel, bindings);
  if (!bound.ok) return { bindings, diagnostics: bound.diagnostics };
  const { locals, diagnostics } = projectAll(bound.protocol);
  return { bindings, sample: { bindings, bound: bound.protocol, locals }, diagnostics };
};

/** Members of one family fail alike: one finding stands for all of them. */
const keyOf = (d: Diagnostic): string => {
  const args = Object.entries(d.args).map(([k, v]) => [k, v.replaceAll(/\[\d+\]/g, "[]")]);
  return JSON.stringify([d.code, d.span.start, d.span.end, args]);
};

const sizesText = ({ families, names }: Bindings): string =>
  [...Object.entries(families), ...Object.entries(names)].map(([name, n]) => `${name} = ${n}`).join(", ");

/**
 * Findings of all samples, each once. One that not every sample has names the
 * numbers it was found with, and is a warning while some numbers do fit.
 */
const gather = (tried: readonly Tried[]): readonly Diagnostic[] => {
  const found = new Map<string, { readonly first: Diagnostic; readonly with: Tried; count: number }>();
  for (const one of tried) {
    for (const key of new Set(one.diagnostics.map(keyOf))) {
      const first = one.diagnostics.find((d) => keyOf(d) === key);
      const before = found.get(key);
      if (before !== undefined) before.count++;
      else if (first !== undefined) found.set(key, { first, with: one, count: 1 });
    }
  }
  const someFit = tried.some((one) => one.diagnostics.length === 0);
  return [...found.values()].map(({ first, with: one, count }) => {
    if (count === tried.length) return first;
    const message = `${first.message} (with ${sizesText(one.bindings)})`;
    return someFit && isError(first) ? { ...first, severity: "warning", message } : { ...first, message };
  });
};

/** Findings about the whole protocol stand at its name. */
const placed = (d: Diagnostic, file: SourceFile): Diagnostic =>
  d.span.end === 0 && file.protocol !== undefined ? { ...d, span: file.protocol.name.span } : d;

const sorted = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...diagnostics].sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end || compareText(a.code, b.code),
  );

/**
 * Reads a text and answers whether it is right: parse, check, lower, bind at
 * small sizes, project every role. Never throws; everything wrong is in
 * `diagnostics`. With `imports`, names of the other texts of its workspace count
 * as declared and their protocols can be called.
 *
 * @example analyse("protocol Ping =\n  roles A, B\n  A -> B : Ping\n").verdict // "sound"
 */
export const analyse = (source: string, options: AdviceOptions = {}, imports?: Imports): Analysis => {
  const analysis = analyseOnce(source, options, imports);
  const { file, diagnostics } = analysis;
  if (source.length > MAX_MENDED_LENGTH || analysis.verdict === "sound") return analysis;
  const judge = (text: string): readonly Diagnostic[] => analyseOnce(text, options, imports).diagnostics;
  const findings = withRolesLine(source, file, diagnostics);
  const mended = withMends({ source, file, findings, judge });
  return mended === diagnostics ? analysis : { ...analysis, diagnostics: mended };
};

/** Mends are tried by analysing whole texts; beyond this length a keystroke would feel it. */
const MAX_MENDED_LENGTH = 20_000;

const analyseOnce = (source: string, options: AdviceOptions, imports: Imports | undefined): Analysis => {
  const parsed = parse(source);
  const { file, tokens, diagnostics: read } = parsed;
  const resolved = imports === undefined ? undefined : resolveImports(parsed, imports);
  const seen = withImported(file, resolved?.imported ?? nothingImported);
  const early = [...read, ...(resolved?.diagnostics ?? []), ...check(file, read, source, resolved?.imported)];
  const advice = read.some(isError) ? [] : advise(file, tokens, options);
  const finish = (...found: readonly Diagnostic[]): readonly Diagnostic[] =>
    sorted(withoutAllowed([...early, ...advice, ...found], tokens));
  if (file.protocol === undefined || early.some(stopsReading)) {
    return { source, file, seen, tokens, diagnostics: finish(), verdict: "errors" };
  }
  const lowered = lowerFile(seen);
  if (!lowered.ok) {
    return { source, file, seen, tokens, diagnostics: finish(...lowered.diagnostics), verdict: "errors" };
  }
  const kernel = lowered.protocol;
  const tried = sampleBindings(kernel).map((bindings) => tryWith(kernel, bindings));
  const diagnostics = finish(...gather(tried).map((d) => placed(d, file)));
  return {
    source,
    file,
    seen,
    tokens,
    diagnostics,
    kernel,
    samples: tried.flatMap(({ sample }) => (sample === undefined ? [] : [sample])),
    verdict: diagnostics.some(isError) ? "errors" : "sound",
  };
};
