import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseOptionalPayload } from "../expression/parse.ts";
import type { Publish, PublishAs } from "./node.ts";

/** `publish Edition(front)`, or `publish witness as FrontPage`; they differ only after the name. */
export function parsePublish(p: Parser): Publish | PublishAs | undefined {
  const start = p.start;
  p.next();
  const name = p.nameHere("an event, or a witness and `as`");
  if (name === undefined) return undefined;
  if (p.isWord("as") && !p.startsLine) {
    p.next();
    const publication = p.nameHere("the name of the publication");
    return publication === undefined
      ? undefined
      : { kind: "publishAs", witness: name, publication, span: p.spanFrom(start) };
  }
  const applied = p.kind === T.lparen && !p.startsLine;
  const arg = parseOptionalPayload(p);
  if (applied && arg === undefined) return undefined;
  const span = p.spanFrom(start);
  return arg === undefined
    ? { kind: "publish", event: name, span }
    : { kind: "publish", event: name, arg, span };
}
