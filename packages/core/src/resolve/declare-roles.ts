import type { SourceFile } from "../constructs/protocol/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { blocksOf } from "../constructs/table.ts";
import { codes } from "../diagnostics/codes.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";

/**
 * The findings of a protocol that declares no roles at all, the first
 * undefined role among them with the missing `roles` line as its fix.
 */
export const withRolesLine = (
  source: string,
  file: SourceFile,
  findings: readonly Diagnostic[],
): readonly Diagnostic[] => {
  if (file.protocol === undefined || file.protocol.roles.length > 0) return findings;
  const first = findings.find(({ code }) => code === codes.undefinedRole.id);
  const fix = first === undefined ? undefined : rolesLine(source, file.protocol.body);
  return fix === undefined ? findings : findings.map((d) => (d === first ? { ...d, fix } : d));
};

const rolesLine = (source: string, body: readonly Statement[]): Fix | undefined => {
  const at = body[0]?.span.start;
  const names = [...new Set(body.flatMap(rolesOf))];
  if (at === undefined || names.length === 0) return undefined;
  const indent = source.slice(source.lastIndexOf("\n", at - 1) + 1, at);
  if (indent.trim() !== "") return undefined;
  const line = `roles ${names.join(", ")}`;
  return {
    title: `Declare \`${line}\``,
    edits: [{ span: { start: at, end: at }, text: `${line}\n${indent}` }],
  };
};

/** The roles a statement and those inside it send between, in the order of the text. */
const rolesOf = (statement: Statement): readonly string[] => {
  const own =
    statement.kind === "send"
      ? [statement.from.name.text, statement.to.name.text]
      : statement.kind === "broadcast"
        ? [statement.from.name.text]
        : statement.kind === "choice"
          ? [statement.decider.name.text]
          : [];
  return [...own, ...blocksOf(statement).flatMap((block) => block.flatMap(rolesOf))];
};
