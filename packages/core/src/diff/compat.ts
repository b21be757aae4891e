import { type Analysis, analyse } from "../analyse.ts";
import { bind } from "../bind.ts";
import type { Bindings } from "../kernel/bound.ts";
import type { KernelProtocol } from "../kernel/node.ts";
import type { LocalType } from "../projection/local-type.ts";
import { projectAll } from "../projection/project.ts";
import { sampleBindings } from "../sample-bindings.ts";
import type { Imports } from "../workspace/resolve.ts";
import { comparePeer, worst } from "./compare-peers.ts";
import type { Compat, CompatVerdict, PeerVerdict, RoleCompat } from "./compatibility.ts";

type Locals = Readonly<Record<string, LocalType>>;

/** Both versions with the same numbers. */
interface Pair {
  readonly bindings: Bindings;
  readonly old: Locals;
  readonly now: Locals;
}

const larger = (
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> => {
  const all: Record<string, number> = { ...a };
  for (const [name, n] of Object.entries(b)) all[name] = Math.max(all[name] ?? 0, n);
  return all;
};

const only = (bindings: Bindings, protocol: KernelProtocol): Bindings => ({
  families: Object.fromEntries(
    Object.entries(bindings.families).filter(([name]) => protocol.roles.some((role) => role.name === name)),
  ),
  names: Object.fromEntries(
    Object.entries(bindings.names).filter(([name]) => protocol.parameters.includes(name)),
  ),
});

const localsWith = (protocol: KernelProtocol, bindings: Bindings): Locals | undefined => {
  const bound = bind(protocol, only(bindings, protocol));
  if (!bound.ok) return undefined;
  const { locals, diagnostics } = projectAll(bound.protocol);
  return diagnostics.some(({ severity }) => severity === "error") ? undefined : locals;
};

/** Sizes that fit both: as while typing, the smallest three of each (model §3). */
const pairsOf = (old: KernelProtocol, now: KernelProtocol): readonly Pair[] => {
  const before = sampleBindings(old);
  const after = sampleBindings(now);
  const none: Bindings = { families: {}, names: {} };
  const pairs = Array.from({ length: Math.max(before.length, after.length) }, (_, k): Pair | undefined => {
    const a = before[Math.min(k, before.length - 1)] ?? none;
    const b = after[Math.min(k, after.length - 1)] ?? none;
    const bindings = { families: larger(a.families, b.families), names: larger(a.names, b.names) };
    const oldLocals = localsWith(old, bindings);
    const newLocals = localsWith(now, bindings);
    if (oldLocals === undefined || newLocals === undefined) return undefined;
    return { bindings, old: oldLocals, now: newLocals };
  });
  return pairs.filter((pair) => pair !== undefined);
};

const membersOf = (role: string, locals: Locals): readonly string[] =>
  Object.keys(locals).filter((name) => name === role || (name.startsWith(`${role}[`) && name.endsWith("]")));

const NOT_THERE: PeerVerdict = {
  verdict: "compatible",
  by: "subtyping",
  why: "No sizes bind a member of it in both versions.",
  subtype: { verdict: "yes" },
};

const judge = (role: string, pairs: readonly Pair[], old: "old" | "now", now: "old" | "now"): PeerVerdict => {
  const verdicts = pairs.flatMap((pair) =>
    membersOf(role, pair[old]).flatMap((member) => {
      const own = pair[old][member];
      if (own === undefined || pair[now][member] === undefined) return [];
      return [comparePeer(member, own, pair[now], pair.bindings)];
    }),
  );
  return worst(verdicts) ?? NOT_THERE;
};

const whole = (roles: readonly RoleCompat[]): CompatVerdict => {
  if (roles.some(({ oldAmongNew }) => oldAmongNew.verdict === "breaking")) return "breaking";
  return roles.some(({ oldAmongNew }) => oldAmongNew.verdict === "undecided") ? "undecided" : "compatible";
};

/**
 * Whether peers of two versions understand each other: for every role of
 * both, an old peer among new ones and a new peer among old ones, at the
 * sizes tried while typing. `only` looks at one role.
 */
export const compatOfProtocols = (
  old: KernelProtocol,
  now: KernelProtocol,
  only?: string,
): Extract<Compat, { ok: true }> | { readonly ok: false; readonly why: string } => {
  const pairs = pairsOf(old, now);
  if (pairs.length === 0) return { ok: false, why: "no sizes fit both versions" };
  const names = (protocol: KernelProtocol): readonly string[] => protocol.roles.map((role) => role.name);
  const before = names(old);
  const after = names(now);
  const roles = after
    .filter((role) => before.includes(role) && (only === undefined || role === only))
    .map((role) => ({
      role,
      oldAmongNew: judge(role, pairs, "old", "now"),
      newAmongOld: judge(role, pairs, "now", "old"),
    }));
  const report = {
    verdict: whole(roles),
    roles,
    added: after.filter((role) => !before.includes(role)),
    removed: before.filter((role) => !after.includes(role)),
  };
  return { ok: true, report };
};

const refusal = (side: "old" | "new", { diagnostics, file }: Analysis): Compat => {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const why =
    file.protocol === undefined
      ? `the ${side} version holds no protocol`
      : `the ${side} version has ${errors.length === 1 ? "an error" : `${errors.length} errors`}`;
  return { ok: false, side, diagnostics: errors, why };
};

/** A version: its text, and the modules it may import where there are any. */
export type VersionText = string | { readonly source: string; readonly imports?: Imports };

/** Analyses a version with what it imports. */
export const analyseVersion = (text: VersionText): Analysis =>
  typeof text === "string" ? analyse(text) : analyse(text.source, {}, text.imports);

/**
 * The same for two texts.
 *
 * @example
 * const found = compat(oldText, newText);
 * if (found.ok && found.report.verdict === "breaking") console.log(found.report.roles);
 */
export const compat = (oldText: VersionText, newText: VersionText, only?: string): Compat => {
  const old = analyseVersion(oldText);
  if (old.verdict !== "sound" || old.kernel === undefined) return refusal("old", old);
  const now = analyseVersion(newText);
  if (now.verdict !== "sound" || now.kernel === undefined) return refusal("new", now);
  const found = compatOfProtocols(old.kernel, now.kernel, only);
  return found.ok ? found : { ok: false, side: "new", diagnostics: [], why: found.why };
};
