import type { ModuleDecl } from "../constructs/module/node.ts";
import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import { printRoleDecl } from "../constructs/roles/print.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Advice } from "./advice.ts";
import { homes } from "./homes.ts";

/**
 * The canonical shape of an admitted choreography (inventory 33–36): one
 * module line that exposes the one protocol, one compact line of roles, no
 * scaffolding. A second module or protocol is an error of the language. A
 * text without annotations and packs is nobody's choreography yet and needs
 * no module.
 */
export function adviseShape(advice: Advice): void {
  const { file, sink } = advice;
  const { protocol, module } = file;
  if (protocol === undefined) return;
  const name = protocol.name.text;
  if (module === undefined) {
    if (asksForAdmission(advice, protocol)) {
      sink.report("noModule", protocol.name.span, { args: { protocol: name }, fix: addModule(advice, name) });
    }
  } else adviseExposing(advice, module, name);
  if (protocol.rolesFrom === "header") {
    sink.report("rolesInHeader", protocol.name.span, {
      args: { protocol: name },
      fix: rolesLine(advice.source, protocol),
    });
  }
  adviseScaffolding(advice);
}

/** Names that are not declared have a finding of the checker; here all are, and the protocol is not among them. */
function adviseExposing({ file, source, sink }: Advice, module: ModuleDecl, name: string): void {
  const exposed = (module.names ?? []).map(({ text }) => text);
  const declared = new Set([
    ...file.declarations.map((one) => one.name.text),
    ...(file.protocol?.locals ?? []).map((one) => one.name.text),
  ]);
  if (exposed.includes(name) || !exposed.every((one) => declared.has(one))) return;
  const start = module.span.start + source.slice(module.span.start, module.span.end).indexOf("(");
  sink.report("exposesOther", module.span, {
    args: { exposing: exposed.join(", "), protocol: name },
    fix: {
      title: `Expose \`${name}\``,
      edits: [{ span: { start, end: module.span.end }, text: `(${[name, ...exposed].join(", ")})` }],
    },
  });
}

const asksForAdmission = ({ annotations }: Advice, protocol: ProtocolDecl): boolean =>
  protocol.requires.length > 0 || annotations.length > 0;

/** In front of everything but the comments that open the file. */
function addModule({ file, source }: Advice, name: string): Fix {
  const first = file.imports[0]?.span ?? file.declarations[0]?.span ?? file.protocol?.span;
  const at = source.lastIndexOf("\n", (first?.start ?? 0) - 1) + 1;
  const module = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();
  return {
    title: `Add \`module ${module} exposing (${name})\``,
    edits: [{ span: { start: at, end: at }, text: `module ${module} exposing (${name})\n\n` }],
  };
}

/** Moves `(A, B)` from the header to a line above the first statement, when that has a line of its own. */
function rolesLine(source: string, protocol: ProtocolDecl): Fix | undefined {
  const first = protocol.body[0];
  const last = protocol.roles.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const open = source.lastIndexOf("(", protocol.roles[0]?.span.start ?? 0);
  const close = source.indexOf(")", last.span.end);
  const line = source.lastIndexOf("\n", first.span.start) + 1;
  const indent = source.slice(line, first.span.start);
  if (open < protocol.name.span.end || close < 0 || line < close || indent.trim() !== "") return undefined;
  return {
    title: "Declare the roles on a line of their own",
    edits: [
      { span: { start: open, end: close + 1 }, text: "" },
      {
        span: { start: line, end: line },
        text: `${indent}roles ${protocol.roles.map(printRoleDecl).join(", ")}\n`,
      },
    ],
  };
}

function adviseScaffolding({ statements, sink }: Advice): void {
  for (const statement of statements) {
    if (statement.kind === "handoff") {
      sink.report("scaffolding", statement.span, {
        args: { what: `the handoff of ${statement.operation.text}`, home: homes.handoff },
      });
    } else if (statement.kind === "let" && statement.value.kind === "transfer") {
      sink.report("scaffolding", statement.span, {
        args: { what: `the transfer of ${statement.value.subject.text}`, home: homes.ownership },
      });
    }
  }
}
