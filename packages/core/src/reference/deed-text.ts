import type { Argument } from "../constructs/expression/node.ts";
import type { Outcome } from "../constructs/resolve/node.ts";
import type { LocalStatement } from "../constructs/statement.ts";

const inParentheses = (arg: Argument | undefined): string => (arg === undefined ? "" : `(${arg.text})`);

/** The reference prints its own data here, so the value stands in a string. */
const outcomeText = ({ kind, value }: Outcome): string => {
  if (kind === "Cancelled") return kind;
  return value === undefined ? `${kind}(None)` : `${kind}(Some(${JSON.stringify(`(${value.text})`)}))`;
};

/** A local statement as the explain report prints it (language.md §17). */
export const deedText = (statement: LocalStatement): string => {
  switch (statement.kind) {
    case "begin": {
      const { operation, progress } = statement;
      return `begin ${operation.text}${progress === undefined ? "" : ` progress ${progress.contract.text}`}`;
    }
    case "await":
    case "invalidate":
      return `${statement.kind} ${statement.operation.text}`;
    case "resolve":
      return `resolve ${statement.operation.text} as ${outcomeText(statement.outcome)}`;
    case "publish":
      return `publish ${statement.event.text}${inParentheses(statement.arg)}`;
    case "publishAs":
      return `publish ${statement.witness.text} as ${statement.publication.text}`;
    case "materialize":
      return `materialize ${statement.proof.text} from ${statement.publication.text}`;
    case "handoff": {
      const { operation, target, receipt } = statement;
      return `handoff ${operation.text} to ${target.name.text} using ${receipt.text}`;
    }
    case "dependentWork": {
      const { name, arg, requiredFor } = statement;
      return `dependent work ${name.text}${inParentheses(arg)} required for ${requiredFor.text}`;
    }
  }
};
