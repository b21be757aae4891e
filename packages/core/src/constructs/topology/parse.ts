import { abandon, declaredName, declaredNames, endHead, leaveHead } from "../../syntax/members.ts";
import type { Parser } from "../../syntax/parser.ts";
import type { TopologyDecl } from "./node.ts";

/** Reads `cluster North = Captain, Mate` and its like; the cursor stands at the keyword. */
export const parseTopology =
  (shape: TopologyDecl["shape"]) =>
  (p: Parser): TopologyDecl | undefined => {
    const start = p.start;
    p.next();
    const name = declaredName(p, `the name of the ${shape}`);
    if (name === undefined) return abandon(p);
    const blocks = endHead(p, `a ${shape}`);
    if (blocks === undefined) return abandon(p);
    const before = p.sink.size;
    const members = declaredNames(p, "a role or a role set");
    const span = p.spanFrom(start);
    if (p.sink.size > before) abandon(p);
    leaveHead(p, blocks);
    return { kind: "topology", shape, name, members, span };
  };
