import { EmptyState } from "../../ui/states.tsx";
import { OperationCard } from "./operation-card.tsx";
import { nameOf } from "./operation-rows.ts";
import { StopNote } from "./stop-note.tsx";
import { useOperations } from "./use-operations.ts";
import "./operations.css";

/** The operations of a session at the position shown, and the budget it stands at. */
export const OperationsPanel = () => {
  const { rows, statements, selected } = useOperations();
  const [written] = statements;
  return (
    <section aria-label="Operations" className="detail operations">
      <StopNote />
      {rows.length === 0 ? (
        <EmptyState title="No operation has begun">
          {written === undefined ? (
            <>
              <code>begin Name</code> in a protocol begins one; declared as{" "}
              <code>operation Name at Role progress Contract within window</code> it is held to its time.
            </>
          ) : (
            `The text begins ${written.operation} in line ${written.line}; that has not been reached.`
          )}
        </EmptyState>
      ) : (
        <ul className="plain op-list">
          {rows.map((row) => (
            <OperationCard
              key={row.operation}
              row={row}
              statements={statements.filter(({ operation }) => operation === nameOf(row.operation))}
              selected={selected === nameOf(row.operation)}
            />
          ))}
        </ul>
      )}
    </section>
  );
};
