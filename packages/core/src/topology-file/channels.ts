import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { blocksOf } from "../constructs/table.ts";

/** Who sends to whom anywhere in a protocol, as `A -> B`; members of a family count as the family. */
export const channelsOf = (protocol: ProtocolDecl): ReadonlySet<string> => {
  const found = new Set<string>();
  const visit = (body: readonly Statement[]): void => {
    for (const statement of body) {
      if (statement.kind === "send") found.add(`${statement.from.name.text} -> ${statement.to.name.text}`);
      else if (statement.kind === "broadcast") {
        const from = statement.from.name.text;
        for (const { name } of protocol.roles) if (name.text !== from) found.add(`${from} -> ${name.text}`);
      }
      for (const block of blocksOf(statement)) visit(block);
    }
  };
  visit(protocol.body);
  for (const local of protocol.locals) visit(local.body);
  return found;
};
