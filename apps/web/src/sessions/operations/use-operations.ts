import { useMemo } from "react";
import { useSelection } from "../../selection/selection.ts";
import { useOpenSession } from "../session-context.ts";
import { type OperationRow, operationRows } from "./operation-rows.ts";
import { type OperationStatement, operationAt, operationStatements } from "./operation-statements.ts";

/** The operations at the position shown, what the text says of them, and the one whose statement is selected. */
export const useOperations = (): {
  readonly rows: readonly OperationRow[];
  readonly statements: readonly OperationStatement[];
  readonly selected: string | undefined;
} => {
  const { data, picture } = useOpenSession();
  const { view } = data;
  const edge = useSelection(({ selection }) => selection.edge);
  const rows = useMemo(() => operationRows(view), [view]);
  const statements = useMemo(
    () => operationStatements(view.source, picture?.statements ?? []),
    [view.source, picture],
  );
  return { rows, statements, selected: operationAt(statements, edge) };
};
