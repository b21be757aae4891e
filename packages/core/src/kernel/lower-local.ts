import type { ProgressClause } from "../constructs/operation/node.ts";
import { lowerRole } from "../constructs/roles/lower.ts";
import type { LocalStatement } from "../constructs/statement.ts";
import type { Lower, LowerContext } from "./lower-context.ts";
import type { Deed, ProgressContract } from "./node.ts";

const contractOf = ({ contract, within, onTimeout, onStall }: ProgressClause): ProgressContract => ({
  name: contract.text,
  ...(within === undefined ? {} : { window: within.text }),
  ...(onTimeout === undefined ? {} : { onTimeout: onTimeout.text }),
  ...(onStall === undefined ? {} : { onStall: onStall.text }),
});

const deedOf = (statement: LocalStatement, context: LowerContext): Deed => {
  switch (statement.kind) {
    case "begin": {
      const { operation, args, progress } = statement;
      const clause = progress ?? context.progressOf(operation.text);
      return {
        kind: "begin",
        operation: operation.text,
        args: args.map((arg) => arg.text),
        ...(progress === undefined ? {} : { progress: progress.contract.text }),
        ...(clause === undefined ? {} : { contract: contractOf(clause) }),
      };
    }
    case "await":
    case "invalidate":
      return { kind: statement.kind, operation: statement.operation.text };
    case "resolve": {
      const { kind: outcome, value } = statement.outcome;
      const operation = statement.operation.text;
      return { kind: "resolve", operation, outcome, ...(value === undefined ? {} : { value: value.text }) };
    }
    case "publish": {
      const { event, arg } = statement;
      return { kind: "publish", event: event.text, ...(arg === undefined ? {} : { arg: arg.text }) };
    }
    case "publishAs":
      return {
        kind: "publishAs",
        witness: statement.witness.text,
        publication: statement.publication.text,
      };
    case "materialize":
      return {
        kind: "materialize",
        proof: statement.proof.text,
        publication: statement.publication.text,
      };
    case "handoff":
      return {
        kind: "handoff",
        operation: statement.operation.text,
        target: lowerRole(statement.target),
        receipt: statement.receipt.text,
      };
    case "dependentWork": {
      const { name, arg, requiredFor } = statement;
      return {
        kind: "dependentWork",
        name: name.text,
        ...(arg === undefined ? {} : { arg: arg.text }),
        requiredFor: requiredFor.text,
      };
    }
  }
};

/** Every statement that is one deed of whoever performs it. */
export const lowerLocal: Lower<LocalStatement> = (statement, id, _scope, next, context) =>
  context.node({
    kind: "local",
    role: context.performer(statement),
    deed: deedOf(statement, context),
    edge: id,
    span: statement.span,
    next,
  });
