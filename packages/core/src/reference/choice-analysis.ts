import { compareText } from "../theory/label.ts";
import { ownRoles, preorder } from "./participants.ts";
import type { ReferenceRole } from "./role.ts";
import { children, type Protocol, type TreeChoice } from "./tree.ts";

/** Who learns of a choice, as `analysis.choices` of a golden lists it (projection.md §18.2). */
export interface ChoiceKnowledge {
  readonly id: string;
  readonly branches: readonly string[];
  readonly informed: readonly string[];
  readonly uninformed: readonly string[];
}

/** The receivers of an arm; a nested choice gives those of the first send of each of its arms. */
const receivers = (node: Protocol): readonly string[] => {
  switch (node.kind) {
    case "send":
      return [node.to.name, ...receivers(node.next)];
    case "broadcast":
      return [...node.to.map((role) => role.name), ...receivers(node.next)];
    case "choice":
      return node.branches.flatMap(({ body }) => (body.kind === "send" ? [body.to.name] : []));
    case "loop":
    case "parallel":
    case "rec":
    case "let":
    case "deed":
    case "case":
    case "timeout":
      return children(node).flatMap(receivers);
    case "var":
    case "end":
      return [];
  }
};

const names = (roles: readonly ReferenceRole[]): readonly string[] => roles.map((role) => role.name);

const knowledge = (choice: TreeChoice, id: string): ChoiceKnowledge => {
  const heard = choice.branches.map((branch) => new Set(receivers(branch.body)));
  const everywhere = [...(heard[0] ?? [])].filter((name) => heard.every((arm) => arm.has(name)));
  const informed = new Set([choice.decider.name, ...everywhere]);
  // Being handed something is no part in the talk.
  const within = preorder(choice).filter((node) => node.kind !== "deed");
  const takesPart = new Set(names(within.flatMap(ownRoles)));
  return {
    id,
    branches: choice.branches.map((branch) => branch.label),
    informed: [...informed].sort(compareText),
    uninformed: [...takesPart].filter((name) => !informed.has(name)).sort(compareText),
  };
};

/** Every choice, parents first; `#n` counts the choices of one decider. */
export const choiceKnowledge = (tree: Protocol): readonly ChoiceKnowledge[] => {
  const found: ChoiceKnowledge[] = [];
  const counts = new Map<string, number>();
  const visit = (node: Protocol, path: readonly string[]): void => {
    if (node.kind !== "choice") {
      for (const child of children(node)) visit(child, path);
      return;
    }
    const decider = node.decider.name;
    const index = counts.get(decider) ?? 0;
    counts.set(decider, index + 1);
    const place = path.length === 0 ? "" : ` (in ${path.join("/")})`;
    found.push(knowledge(node, `choice ${decider} #${index}${place}`));
    for (const branch of node.branches) visit(branch.body, [...path, `${decider}:${index}`]);
  };
  visit(tree, []);
  return found;
};
