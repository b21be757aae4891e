import type { Let } from "../constructs/let/node.ts";
import type { LocalStatement } from "../constructs/statement.ts";
import { expressionText } from "./frame-words.ts";
import { roleText } from "./lane-table.ts";
import type { DeedKind } from "./sequence-model.ts";

/** What a local statement is, as pictures tell it apart. */
export const deedKind = (statement: LocalStatement | Let): DeedKind => {
  switch (statement.kind) {
    case "let":
      return statement.value.kind === "transfer" ? "transfer" : "ask";
    case "begin":
    case "await":
    case "resolve":
    case "invalidate":
    case "dependentWork":
      return "operation";
    case "publish":
    case "publishAs":
    case "materialize":
      return "publication";
    case "handoff":
      return "transfer";
  }
};

const withArgument = (name: string, args: readonly { readonly text: string }[]): string =>
  args.length === 0 ? name : `${name}(${args.map(({ text }) => text).join(", ")})`;

/** A local statement as one line, shorter than the source where the picture says the rest. */
export const deedText = (statement: LocalStatement | Let): string => {
  switch (statement.kind) {
    case "let":
      return `${statement.name.text} = ${expressionText(statement.value)}`;
    case "begin":
      return `begin ${withArgument(statement.operation.text, statement.args)}`;
    case "await":
    case "invalidate":
      return `${statement.kind} ${statement.operation.text}`;
    case "resolve": {
      const { kind, value } = statement.outcome;
      return `resolve ${statement.operation.text} as ${withArgument(kind, value === undefined ? [] : [value])}`;
    }
    case "publish":
      return `publish ${withArgument(statement.event.text, statement.arg === undefined ? [] : [statement.arg])}`;
    case "publishAs":
      return `publish ${statement.witness.text} as ${statement.publication.text}`;
    case "materialize":
      return `materialize ${statement.proof.text} from ${statement.publication.text}`;
    case "handoff":
      return `handoff ${statement.operation.text} to ${roleText(statement.target)} with ${statement.receipt.text}`;
    case "dependentWork": {
      const work = withArgument(statement.name.text, statement.arg === undefined ? [] : [statement.arg]);
      return `work ${work} for ${statement.requiredFor.text}`;
    }
  }
};
