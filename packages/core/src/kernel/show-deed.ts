import type { Deed } from "./node.ts";

const call = (name: string, args: readonly string[]): string =>
  args.length === 0 ? name : `${name}(${args.join(", ")})`;

/** A deed as one line: `Stock.reserve(item) → held`, `publish FrontPage`. Pictures and explanations use it. */
export const showDeed = (deed: Deed): string => {
  switch (deed.kind) {
    case "ask":
      return `${deed.how === "call" ? "" : `${deed.how} `}${call(deed.what, deed.args)} → ${deed.binds}`;
    case "transfer":
      return `transfer ${deed.subject} to ${deed.to.name} → ${deed.binds}`;
    case "begin":
      return `begin ${call(deed.operation, deed.args)}`;
    case "await":
    case "invalidate":
      return `${deed.kind} ${deed.operation}`;
    case "resolve":
      return `resolve ${deed.operation} as ${call(deed.outcome, deed.value === undefined ? [] : [deed.value])}`;
    case "publish":
      return `publish ${call(deed.event, deed.arg === undefined ? [] : [deed.arg])}`;
    case "publishAs":
      return `publish ${deed.witness} as ${deed.publication}`;
    case "materialize":
      return `materialize ${deed.proof} from ${deed.publication}`;
    case "handoff":
      return `handoff ${deed.operation} to ${deed.target.name} with ${deed.receipt}`;
    case "dependentWork":
      return `work ${call(deed.name, deed.arg === undefined ? [] : [deed.arg])} for ${deed.requiredFor}`;
  }
};
