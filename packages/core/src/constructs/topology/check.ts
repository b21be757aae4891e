import type { DeclarationChecker } from "../declaration-checker.ts";
import { checkMembers } from "../role-set/check.ts";
import type { TopologyDecl } from "./node.ts";

/** Members are declared roles or role sets. */
export function checkTopology(node: TopologyDecl, c: DeclarationChecker): void {
  checkMembers(node.members, node.shape, node.name.text, c);
}
