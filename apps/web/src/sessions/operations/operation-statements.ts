import { statementOf } from "../../selection/selection.ts";
import { lineAt, type Statement } from "../debug/source-lines.ts";

const deed = /^(?:begin|await|resolve|invalidate)\s+([A-Za-z_]\w*)/;

/** A statement of the text that begins, awaits or ends an operation. */
export interface OperationStatement {
  readonly operation: string;
  readonly edge: string;
  /** From 1. */
  readonly line: number;
}

/** The statements about operations in a text. */
export const operationStatements = (
  source: string,
  statements: readonly Statement[],
): readonly OperationStatement[] =>
  statements.flatMap(({ edge, start, end }) => {
    const operation = deed.exec(source.slice(start, end))?.[1];
    return operation === undefined ? [] : [{ operation, edge, line: lineAt(source, start) }];
  });

/** The operation that the statement of an edge is about. */
export const operationAt = (
  statements: readonly OperationStatement[],
  edge: string | undefined,
): string | undefined =>
  edge === undefined
    ? undefined
    : statements.find((one) => statementOf(one.edge) === statementOf(edge))?.operation;
