import { declared } from "../constructs/declaration.ts";
import type { Name } from "../constructs/name.ts";
import type { ProofBundle } from "../constructs/proof-bundle/node.ts";
import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import { suggest } from "../resolve/suggest.ts";
import type { Span } from "../text/span.ts";
import type { Advice } from "./advice.ts";
import { packFreeReason } from "./pack-free.ts";
import { consumerOf, type PackPolicy, packPolicies, packPolicy, reservedPack } from "./pack-policy.ts";

/**
 * Theorem packs as admission resolves them (runtime chapter §3.4–§3.5):
 * errors where a session would be refused. Then the guide's rules: a pack
 * only where it decides an admission, never with a key nobody reads.
 */
export function advisePacks(advice: Advice): void {
  const { file, sink } = advice;
  const { protocol } = file;
  const bundles = declared(file, "proofBundle");
  const required = protocol?.requires ?? [];
  const reason = packFreeReason(file);
  for (const name of protocol === undefined ? [] : required) {
    const bundle = bundles.find((one) => one.name.text === name.text);
    // A pack that is not declared has a finding of the checker.
    if (bundle === undefined || protocol === undefined) continue;
    const all = bundles.filter((one) => one.name.text === name.text);
    const drop = (): Fix => dropPack(advice, protocol, name, all);
    const policy = packPolicy(name.text);
    if (name.text === reservedPack) {
      sink.report("packReserved", name.span, { args: { name: name.text }, fix: drop() });
    } else if (policy === undefined) reportUnknown(advice, name, bundle, drop());
    else if (reason !== undefined) {
      const args = { protocol: protocol.name.text, name: name.text, reason };
      sink.report("packMisplaced", name.span, { args, fix: drop() });
    }
    if (policy !== undefined) adviseDrift(advice, policy, bundle);
  }
  for (const bundle of bundles) {
    adviseKeys(advice, bundle);
    if (required.some((name) => name.text === bundle.name.text)) continue;
    sink.report("packUnrequired", bundle.name.span, {
      args: { name: bundle.name.text },
      fix: {
        title: `Remove the declaration of \`${bundle.name.text}\``,
        edits: [{ span: linesOf(advice.source, bundle.span), text: "" }],
      },
    });
  }
}

function reportUnknown({ sink }: Advice, name: Name, bundle: ProofBundle, drop: Fix): void {
  const best = suggest(
    name.text,
    packPolicies.map((policy) => policy.name),
  );
  sink.report("packUnknown", name.span, {
    args: { name: name.text },
    related: [{ span: bundle.name.span, message: "declared here" }],
    hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
    fix:
      best === undefined
        ? drop
        : {
            title: `Replace by \`${best}\``,
            edits: [
              { span: bundle.name.span, text: best },
              { span: name.span, text: best },
            ],
          },
  });
}

/** The whole lines a declaration stands on, with the empty line after it. */
function linesOf(source: string, span: Span): Span {
  const start = source.lastIndexOf("\n", span.start - 1) + 1;
  const after = /[ \t\r]*(?:\n[ \t\r]*(?=\n))?\n?/y;
  after.lastIndex = span.end;
  after.test(source);
  const alone = source.slice(start, span.start).trim() === "";
  return { start: alone ? start : span.start, end: after.lastIndex };
}

/** Requires a pack no longer, and declares it no longer. */
function dropPack(
  { source }: Advice,
  protocol: ProtocolDecl,
  name: Name,
  bundles: readonly ProofBundle[],
): Fix {
  const at = protocol.requires.indexOf(name);
  const before = protocol.requires[at - 1];
  const after = protocol.requires[at + 1];
  const word = source.lastIndexOf("requires", name.span.start);
  const span =
    after !== undefined
      ? { start: name.span.start, end: after.span.start }
      : before !== undefined
        ? { start: before.span.end, end: name.span.end }
        : { start: source.slice(0, word).trimEnd().length, end: name.span.end };
  return {
    title: `Require \`${name.text}\` no longer`,
    edits: [
      ...bundles.map((bundle) => ({ span: linesOf(source, bundle.span), text: "" })),
      { span, text: "" },
    ],
  };
}

function adviseDrift({ sink }: Advice, policy: PackPolicy, bundle: ProofBundle): void {
  const said = bundle.capabilities.map((one) => one.text);
  const missing = policy.declared.filter((key) => !said.includes(key));
  const extra = said.filter((key) => !policy.declared.includes(key));
  if (missing.length === 0 && extra.length === 0) return;
  const parts = [
    ...(missing.length === 0 ? [] : [`it lacks ${missing.join(", ")}`]),
    ...(extra.length === 0 ? [] : [`it adds ${extra.join(", ")}`]),
  ];
  const first = bundle.capabilities[0];
  const last = bundle.capabilities.at(-1);
  const list = policy.declared.join(", ");
  sink.report("packDrift", bundle.name.span, {
    args: { name: policy.name, difference: parts.join(" and ") },
    fix: {
      title: "Declare what the policy asks for",
      edits: [
        first === undefined || last === undefined
          ? { span: { start: bundle.span.end, end: bundle.span.end }, text: ` requires [${list}]` }
          : { span: { start: first.span.start, end: last.span.end }, text: list },
      ],
    },
  });
}

function adviseKeys({ sink }: Advice, bundle: ProofBundle): void {
  for (const [i, key] of bundle.capabilities.entries()) {
    if (consumerOf(key.text) !== undefined) continue;
    const before = bundle.capabilities[i - 1];
    const after = bundle.capabilities[i + 1];
    const span = {
      start: after === undefined ? (before?.span.end ?? key.span.start) : key.span.start,
      end: after?.span.start ?? key.span.end,
    };
    sink.report("packKeyUnused", key.span, {
      args: { key: key.text, name: bundle.name.text },
      fix: { title: `Remove \`${key.text}\``, edits: [{ span, text: "" }] },
    });
  }
}
