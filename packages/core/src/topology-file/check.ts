import type { Name } from "../constructs/name.ts";
import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import type { RoleDecl } from "../constructs/roles/node.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggest } from "../resolve/suggest.ts";
import { channelsOf } from "./channels.ts";
import { topologyDiagnostic } from "./codes.ts";
import type { RoleCount, TopologyFile } from "./node.ts";
import { checkPlaces } from "./places.ts";

/**
 * Checks a topology beside the protocol it is for: its roles exist, its
 * channels carry messages, its numbers of members are possible, and its places
 * do not contradict each other. Findings in order of place.
 */
export const checkTopologyFile = (node: TopologyFile, protocol: ProtocolDecl): readonly Diagnostic[] => {
  const found: Diagnostic[] = [];
  const own = protocol.name.text;
  if (node.protocol.text !== own) {
    found.push(
      topologyDiagnostic("topologyOtherProtocol", node.protocol.span, {
        args: { found: node.protocol.text, protocol: own },
        fix: { title: `Write \`${own}\``, edits: [{ span: node.protocol.span, text: own }] },
      }),
    );
  }
  const roles = new Map(protocol.roles.map((role) => [role.name.text, role]));
  for (const name of namesIn(node)) {
    if (!roles.has(name.text)) found.push(unknownRole(name, [...roles.keys()], own));
  }
  found.push(...checkChannels(node, protocol, roles));
  for (const count of node.counts) {
    const role = roles.get(count.role.text);
    const problem = role === undefined ? undefined : countProblem(count, role);
    if (problem !== undefined) found.push(problem);
  }
  found.push(...checkPlaces(node));
  return found.sort((a, b) => a.span.start - b.span.start);
};

/** Every mention of a role. */
const namesIn = (node: TopologyFile): readonly Name[] => [
  ...node.places.flatMap(({ role, location }) =>
    location.kind === "colocated" ? [role, location.with] : [role],
  ),
  ...node.counts.map(({ role }) => role),
  ...node.capacities.flatMap(({ from, to }) => [from, to]),
  ...node.constraints.flatMap((one) => {
    if (one.kind === "colocated" || one.kind === "separated") return one.roles;
    return one.kind === "pinned" && one.location.kind === "colocated"
      ? [one.role, one.location.with]
      : [one.role];
  }),
];

const unknownRole = (name: Name, known: readonly string[], protocol: string): Diagnostic => {
  const best = suggest(name.text, known);
  return topologyDiagnostic("topologyUnknownRole", name.span, {
    args: { role: name.text, protocol },
    hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
    fix:
      best === undefined
        ? undefined
        : { title: `Replace by \`${best}\``, edits: [{ span: name.span, text: best }] },
  });
};

const checkChannels = (
  node: TopologyFile,
  protocol: ProtocolDecl,
  roles: ReadonlyMap<string, RoleDecl>,
): readonly Diagnostic[] => {
  const found: Diagnostic[] = [];
  const channels = channelsOf(protocol);
  const seen = new Set<string>();
  for (const { from, to, span } of node.capacities) {
    if (!roles.has(from.text) || !roles.has(to.text)) continue;
    const key = `${from.text} -> ${to.text}`;
    if (seen.has(key)) {
      found.push(topologyDiagnostic("topologyTwice", span, { args: { what: `the capacity of ${key}` } }));
    }
    seen.add(key);
    if (channels.has(key)) continue;
    const args = { from: from.text, to: to.text, protocol: protocol.name.text };
    found.push(topologyDiagnostic("topologyNoChannel", span, { args }));
  }
  return found;
};

/** A plain role has one member, a family of fixed size that many; open sizes fit any number. */
const countProblem = ({ role, min, max, span }: RoleCount, { param }: RoleDecl): Diagnostic | undefined => {
  const size = param === undefined ? 1 : param.kind === "static" ? param.count : undefined;
  if (size === undefined || (size >= min && (max === undefined || size <= max))) return undefined;
  const has = param === undefined ? "one member" : `${size} members`;
  const asks = size < min ? `at least ${min}` : `at most ${max}`;
  return topologyDiagnostic("topologyCount", span, { args: { role: role.text, has, asks } });
};
