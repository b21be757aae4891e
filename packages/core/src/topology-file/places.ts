import type { Name } from "../constructs/name.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/span.ts";
import { topologyDiagnostic } from "./codes.ts";
import type { TopologyFile } from "./node.ts";

interface Address {
  readonly host: string;
  readonly text: string;
  readonly span: Span;
}

/** Groups of roles that are together, and the address each group is tied to. */
class Groups {
  private readonly parent = new Map<string, string>();
  private readonly addresses = new Map<string, Address>();

  rootOf(role: string): string {
    let at = role;
    for (let up = this.parent.get(at); up !== undefined; up = this.parent.get(at)) at = up;
    return at;
  }

  addressOf(role: string): Address | undefined {
    return this.addresses.get(this.rootOf(role));
  }

  /** Puts two roles together; answers the two addresses when they differ. */
  join(a: string, b: string): readonly [Address, Address] | undefined {
    const [left, right] = [this.rootOf(a), this.rootOf(b)];
    if (left === right) return undefined;
    const [here, there] = [this.addresses.get(left), this.addresses.get(right)];
    this.parent.set(right, left);
    const address = here ?? there;
    if (address !== undefined) this.addresses.set(left, address);
    return here !== undefined && there !== undefined && here.text !== there.text ? [here, there] : undefined;
  }

  /** Ties a role and its group to an address; answers the one it was tied to when that differs. */
  tie(role: string, address: Address): Address | undefined {
    const root = this.rootOf(role);
    const before = this.addresses.get(root);
    if (before === undefined) this.addresses.set(root, address);
    return before !== undefined && before.text !== address.text ? before : undefined;
  }
}

/** Whether what is together may be, and what is at a place is at no other (our own rule; the reference checks nothing). */
export const checkPlaces = (node: TopologyFile): readonly Diagnostic[] => {
  const found: Diagnostic[] = [];
  const groups = new Groups();
  const placed = new Set<string>();
  for (const { role, span } of node.places) {
    if (placed.has(role.text)) {
      found.push(topologyDiagnostic("topologyTwice", span, { args: { what: `the place of ${role.text}` } }));
    }
    placed.add(role.text);
  }
  const twoPlaces = (role: string, span: Span, first: Address, second: string): void => {
    found.push(
      topologyDiagnostic("topologyTwoPlaces", span, {
        args: { role, first: first.text, second },
        related: [{ span: first.span, message: "the first place" }],
      }),
    );
  };
  const together = (a: Name, b: Name, span: Span): void => {
    const differ = groups.join(a.text, b.text);
    if (differ !== undefined) twoPlaces(`${a.text}, with ${b.text},`, span, differ[0], differ[1].text);
  };
  const located = [
    ...node.places,
    ...node.constraints.flatMap((one) => (one.kind === "pinned" ? [one] : [])),
  ];
  for (const { role, location } of located) {
    if (location.kind === "colocated") together(role, location.with, location.span);
    if (location.kind !== "address") continue;
    const text = `${location.host}:${location.port}`;
    const before = groups.tie(role.text, { host: location.host, text, span: location.span });
    if (before !== undefined) twoPlaces(role.text, location.span, before, text);
  }
  for (const one of node.constraints) {
    if (one.kind !== "colocated") continue;
    const [first, ...others] = one.roles;
    for (const other of others) if (first !== undefined) together(first, other, one.span);
  }
  for (const one of node.constraints) {
    if (one.kind === "separated") found.push(...apart(one.roles, one.span, groups));
  }
  return found;
};

const apart = (roles: readonly Name[], span: Span, groups: Groups): readonly Diagnostic[] => {
  const found: Diagnostic[] = [];
  for (const [i, a] of roles.entries()) {
    for (const b of roles.slice(i + 1)) {
      const why = whyTogether(a.text, b.text, groups);
      if (why === undefined) continue;
      found.push(topologyDiagnostic("topologyContradiction", span, { args: { a: a.text, b: b.text, why } }));
    }
  }
  return found;
};

const whyTogether = (a: string, b: string, groups: Groups): string | undefined => {
  if (a === b) return "they are one role";
  if (groups.rootOf(a) === groups.rootOf(b)) return "they are colocated";
  const [here, there] = [groups.addressOf(a), groups.addressOf(b)];
  return here !== undefined && here.host === there?.host ? `both are on ${here.host}` : undefined;
};
