import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { visitAll } from "./blocks.ts";

/** How often a role acts in the text of a protocol, local protocols included. */
export interface RoleCounts {
  readonly sends: number;
  readonly receives: number;
  readonly decisions: number;
  /** Statements it performs by itself, where it is named. */
  readonly deeds: number;
}

const sendingOf = (node: Statement, role: string): Partial<RoleCounts> => {
  if (node.kind === "send") {
    return {
      sends: node.from.name.text === role ? 1 : 0,
      receives: node.to.name.text === role ? 1 : 0,
    };
  }
  if (node.kind === "broadcast") {
    const own = node.from.name.text === role;
    return { sends: own ? 1 : 0, receives: own ? 0 : 1 };
  }
  return {};
};

const decisionOf = (node: Statement, role: string): Partial<RoleCounts> => {
  if (node.kind === "choice") return { decisions: node.decider.name.text === role ? 1 : 0 };
  if (node.kind === "loop" && node.control.kind === "decide") {
    return { decisions: node.control.by.name.text === role ? 1 : 0 };
  }
  if (node.kind === "let") return { deeds: node.at?.name.text === role ? 1 : 0 };
  return node.kind === "timeout" ? { decisions: node.owner.name.text === role ? 1 : 0 } : {};
};

export const roleCounts = (protocol: ProtocolDecl | undefined, role: string): RoleCounts => {
  let [sends, receives, decisions, deeds] = [0, 0, 0, 0];
  const visit = (node: Statement): void => {
    const one = { ...sendingOf(node, role), ...decisionOf(node, role) };
    sends += one.sends ?? 0;
    receives += one.receives ?? 0;
    decisions += one.decisions ?? 0;
    deeds += one.deeds ?? 0;
  };
  visitAll(protocol?.body ?? [], visit);
  for (const { body } of protocol?.locals ?? []) visitAll(body, visit);
  return { sends, receives, decisions, deeds };
};
