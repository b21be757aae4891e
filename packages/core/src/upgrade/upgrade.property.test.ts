import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SenderRecord } from "../constructs/annotation/node.ts";
import { printGuard } from "../constructs/choice/print.ts";
import type { LoopControl } from "../constructs/loop/node.ts";
import type { Message, TypeSpec } from "../constructs/message/node.ts";
import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import { printRoleDecl, printRoleRef } from "../constructs/roles/print.ts";
import type { Statement } from "../constructs/statement.ts";
import { parse } from "../parse.ts";
import { arbitraryProgram } from "../testing/arbitrary-program.ts";
import { withoutSpans } from "../testing/without-spans.ts";
import { upgrade } from "./upgrade.ts";

/** The macro form of a protocol, as the guide would print it. */
const typeText = ({ path, args }: TypeSpec): string =>
  path.join("::") + (args.length === 0 ? "" : `<${args.map(typeText).join(", ")}>`);
const message = ({ name, type }: Message): string =>
  type === undefined ? name.text : `${name.text}(${typeText(type)})`;
const record = (node: SenderRecord | undefined): string =>
  node === undefined || node.entries.length === 0
    ? ""
    : `[${node.entries.map(({ key, value, form }) => `${key.text} = ${form === "string" ? `"${value}"` : value}`).join(", ")}]`;
const body = (statements: readonly Statement[]): string => `{ ${statements.map(legacy).join(" ")} }`;

const loopHead = (control: LoopControl): string => {
  switch (control.kind) {
    case "decide":
      return ` (decides: ${printRoleRef(control.by)})`;
    case "repeat":
      return ` (count: ${typeof control.count === "number" ? control.count : control.count.text})`;
    case "while":
      return ` (while: "${control.text}")`;
    case "forever":
      return "";
  }
};

function legacy(node: Statement): string {
  switch (node.kind) {
    case "send":
      return `${printRoleRef(node.from)}${record(node.record)} -> ${printRoleRef(node.to)}: ${message(node.message)};`;
    case "broadcast":
      return `${printRoleRef(node.from)}${record(node.record)} ->* : ${message(node.message)};`;
    case "choice":
      return `choice at ${printRoleRef(node.decider)} { ${node.arms
        .map(({ label, guard, body: arm }) => `${label.text}${guard ? printGuard(guard) : ""}: ${body(arm)}`)
        .join(" // next\n")} }`;
    case "rec":
      return `rec ${node.label.text} ${body(node.body)}`;
    case "continue":
      return `continue ${node.label.text};`;
    case "call":
      return `call ${node.target.text};`;
    case "par":
      return `par { ${node.arms.map((arm) => `branch ${body(arm.body)}`).join(" ")} }`;
    case "loop":
      return `loop${loopHead(node.control)} ${body(node.body)}`;
    default:
      throw new Error(`the macro form has no ${node.kind}`);
  }
}

const macro = (protocol: ProtocolDecl): string => {
  const locals = protocol.locals.map((one) => `protocol ${one.name.text} ${body(one.body)}`).join("\n");
  const where = protocol.locals.length === 0 ? "" : `where { ${locals} }`;
  return `tell! {\n#[namespace = "random"]\nprotocol ${protocol.name.text} {\nroles: ${protocol.roles
    .map(printRoleDecl)
    .join(", ")};\n${protocol.body.map(legacy).join("\n")}\n${where}\n}\n}\n`;
};

/** Without what the macro form cannot say: payloads beside types, empty records, how roles were declared. */
const comparable = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(comparable);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== "payload")
      .filter(([key, value]) => key !== "record" || (value as SenderRecord).entries.length > 0)
      .map(([key, value]) => [key, comparable(value)]),
  );
};

describe("upgrade", () => {
  it("keeps what a protocol means: the tree is the one it was printed from", () => {
    fc.assert(
      fc.property(
        fc.boolean().chain((families) => arbitraryProgram({ families })),
        (source) => {
          const { protocol } = parse(source).file;
          if (protocol === undefined) throw new Error("a random program has a protocol");
          const result = upgrade(macro(protocol));
          if (result.kind !== "upgraded") throw new Error(JSON.stringify(result));
          const read = parse(result.text);
          expect(read.diagnostics).toEqual([]);
          expect(comparable(withoutSpans(read.file.protocol))).toEqual(comparable(withoutSpans(protocol)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("never throws, whatever stands in the macro, and leaves one finding", () => {
    const piece = fc.constantFrom(
      ...'{ } ( ) [ ] < > : ; , -> ->* => :: .. | = # ! protocol roles choice at loop rec par branch A B x 3 "t" " // /* */ -- {- -} r#" when where'.split(
        " ",
      ),
      "\n",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const source = `tell! { protocol P { roles: A, B; ${pieces.join(" ")}`;
        const { diagnostics } = parse(source);
        expect(diagnostics).toHaveLength(1);
        const result = upgrade(source);
        if (result.kind === "unreadable") expect(result.why).toMatch(/expected|open the file/);
      }),
      { numRuns: 1_000 },
    );
  });
});
