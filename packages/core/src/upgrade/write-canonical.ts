import type { LegacyItem, LegacyProtocol } from "./legacy-tree.ts";

const lineWidth = 100;

/** A name the language takes for a module, made of the namespace or of the protocol's name. */
const moduleName = (protocol: LegacyProtocol): string => {
  const given = protocol.namespace ?? protocol.name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();
  const name = given.replaceAll(/\W+/g, "_").replace(/^_+/, "");
  return /^[A-Za-z]/.test(name) ? name : `m_${name}`;
};

/**
 * A protocol of the macro form in the canonical shape: one module line, one
 * protocol, one line of roles, annotations as sender records. The meaning is
 * kept: same order, labels, costs, guards and facts.
 */
export function writeCanonical(protocol: LegacyProtocol): string {
  const lines = protocol.lead.map((text) => `-- ${text}`);
  lines.push(`module ${moduleName(protocol)} exposing (${protocol.name})`, "");
  const requires = protocol.requires.length === 0 ? "" : ` requires ${protocol.requires.join(", ")}`;
  lines.push(`protocol ${protocol.name}${requires} =`);
  if (protocol.roles.length > 0) lines.push(`  roles ${protocol.roles.join(", ")}`);
  writeItems(protocol.body, 1, lines);
  if (protocol.locals.length > 0) lines.push("where");
  for (const { name, body } of protocol.locals) {
    lines.push(`  protocol ${name} =`);
    writeItems(body, 2, lines);
  }
  return `${lines.join("\n")}\n`;
}

function writeItems(items: readonly LegacyItem[], depth: number, lines: string[]): void {
  for (const item of items) writeItem(item, depth, lines);
}

function writeItem(item: LegacyItem, depth: number, lines: string[]): void {
  const indent = "  ".repeat(depth);
  switch (item.kind) {
    case "comment":
      writeComment(item, indent, lines);
      return;
    case "line":
      lines.push(indent + item.text);
      return;
    case "block":
      lines.push(indent + item.head);
      writeItems(item.body, depth + 1, lines);
      return;
    case "choice":
      lines.push(`${indent}choice ${item.decider} at`);
      for (const arm of item.arms) {
        lines.push(`${indent}  | ${arm.label}${arm.guard} =>`);
        writeItems(arm.body, depth + 2, lines);
      }
      return;
    case "par":
      lines.push(`${indent}par`);
      for (const arm of item.arms) {
        lines.push(`${indent}  |`);
        writeItems(arm, depth + 2, lines);
      }
      return;
    case "send":
      writeSend(item, indent, lines);
      return;
  }
}

/** A comment behind a statement stays on its line. */
function writeComment(item: LegacyItem & { kind: "comment" }, indent: string, lines: string[]): void {
  const last = lines.at(-1);
  if (item.trailing && last !== undefined && last !== "") lines[lines.length - 1] = `${last} -- ${item.text}`;
  else lines.push(`${indent}-- ${item.text}`);
}

function writeSend(item: LegacyItem & { kind: "send" }, indent: string, lines: string[]): void {
  const entries = item.record.map(({ key, value }) => `${key} : ${value}`).join(", ");
  const head = `${indent}${item.from}${entries === "" ? "" : ` { ${entries} }`}`;
  const tail = `${item.arrow}${item.to === "" ? "" : ` ${item.to}`} : ${item.message}`;
  if (head.length + tail.length < lineWidth) lines.push(`${head} ${tail}`);
  else lines.push(head, `${indent}  ${tail}`);
}
