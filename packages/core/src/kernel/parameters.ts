import type { Expression } from "../constructs/expression/node.ts";
import type { LoopControl } from "../constructs/loop/node.ts";
import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import type { RoleRef } from "../constructs/roles/node.ts";
import type { Statement } from "../constructs/statement.ts";

/** Names that are bound to numbers when a session opens, in order of first mention: sizes, rounds, indices, range ends. */
export const parametersOf = (protocol: ProtocolDecl): readonly string[] => {
  const found = new Set<string>();
  const called = new Set<string>();
  const ofRole = ({ index }: RoleRef): void => {
    if (index?.kind === "symbolic") found.add(index.name);
    if (index?.kind !== "range") return;
    for (const end of [index.start, index.end]) if (typeof end === "string") found.add(end);
  };
  const ofBody = (body: readonly Statement[]): void => {
    for (const statement of body) ofStatement(statement);
  };
  const ofCall = (target: string): void => {
    if (called.has(target)) return;
    called.add(target);
    ofBody(protocol.locals.find((local) => local.name.text === target)?.body ?? []);
  };
  const ofControl = (control: LoopControl): void => {
    if (control.kind === "decide") ofRole(control.by);
    if (control.kind === "repeat" && typeof control.count !== "number") found.add(control.count.text);
  };
  const ofExpression = (value: Expression): void => {
    if (value.kind !== "transfer") return;
    ofRole(value.from);
    ofRole(value.to);
  };
  const ofStatement = (statement: Statement): void => {
    switch (statement.kind) {
      case "send":
        ofRole(statement.from);
        ofRole(statement.to);
        break;
      case "broadcast":
        ofRole(statement.from);
        break;
      case "choice":
        ofRole(statement.decider);
        for (const arm of statement.arms) ofBody(arm.body);
        break;
      case "loop":
        ofControl(statement.control);
        ofBody(statement.body);
        break;
      case "rec":
        ofBody(statement.body);
        break;
      case "par":
        for (const arm of statement.arms) ofBody(arm.body);
        break;
      case "call":
        ofCall(statement.target.text);
        break;
      case "let":
        if (statement.at !== undefined) ofRole(statement.at);
        ofExpression(statement.value);
        ofBody(statement.body ?? []);
        break;
      case "case":
        for (const arm of statement.arms) ofBody(arm.body);
        break;
      case "timeout":
        ofRole(statement.owner);
        for (const block of [statement.body, statement.onTimeout, statement.onCancel ?? []]) ofBody(block);
        break;
      case "handoff":
        ofRole(statement.target);
        break;
      default:
        // A jump, or what names no role.
        break;
    }
  };
  for (const role of protocol.roles) if (role.param?.kind === "symbolic") found.add(role.param.name);
  ofBody(protocol.body);
  return [...found];
};
