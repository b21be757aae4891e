import type { LocalStatement } from "../constructs/statement.ts";
import { preorder } from "./participants.ts";
import type { Protocol, TreeLet } from "./tree.ts";

type What = LocalStatement["kind"];

/** A `let` that is more than a name: placed, asking, or moving something (language.md §15). */
const bindsSomething = ({ at, mode, value }: TreeLet): boolean =>
  at !== undefined || mode !== "plain" || (value.kind !== "path" && value.kind !== "constructor");

/** Some binding of the tree has no place in a core type. */
export const bindsAuthority = (tree: Protocol): boolean =>
  preorder(tree).some((node) => node.kind === "let" && bindsSomething(node));

/** Some `let` names the role that does it. */
export const placesBinding = (tree: Protocol): boolean =>
  preorder(tree).some((node) => node.kind === "let" && node.at !== undefined);

/** The statements that make and end a commitment; the reference projects none of them. */
export const isLifecycle = (what: What): boolean =>
  what === "begin" || what === "await" || what === "resolve" || what === "invalidate";

const FEATURES: Readonly<Record<What, string>> = {
  begin: "CommitmentLifecycle",
  await: "CommitmentLifecycle",
  resolve: "CommitmentLifecycle",
  invalidate: "CommitmentLifecycle",
  publish: "Publish",
  publishAs: "PublishAuthority",
  materialize: "Materialize",
  handoff: "Handoff",
  dependentWork: "DependentWork",
};

/** What the reference calls a statement that has no core global type. */
export const deedFeature = (what: What): string => FEATURES[what];
