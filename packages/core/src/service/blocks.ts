import type { Statement } from "../constructs/statement.ts";
import type { Span } from "../text/span.ts";

/** A body inside a statement, with the span of what opens it and its name for people. */
export interface Block {
  readonly title: string;
  readonly span: Span;
  readonly body: readonly Statement[];
}

const spanOf = (body: readonly Statement[], otherwise: Span): Span => {
  const [first] = body;
  const last = body.at(-1);
  return first === undefined || last === undefined
    ? otherwise
    : { start: first.span.start, end: last.span.end };
};

/** The bodies of a statement, in source order. */
export function blocksIn(node: Statement): readonly Block[] {
  switch (node.kind) {
    case "choice":
      return node.arms.map((arm) => ({ title: arm.label.text, span: arm.span, body: arm.body }));
    case "case":
      return node.arms.map((arm) => ({ title: arm.constructor.text, span: arm.span, body: arm.body }));
    case "par":
      return node.arms.map((arm, index) => ({ title: `arm ${index + 1}`, span: arm.span, body: arm.body }));
    case "loop":
    case "rec":
      return [{ title: "", span: node.span, body: node.body }];
    case "let":
      return node.body === undefined ? [] : [{ title: "in", span: node.span, body: node.body }];
    case "timeout":
      return [
        { title: "body", span: spanOf(node.body, node.span), body: node.body },
        { title: "on timeout", span: spanOf(node.onTimeout, node.span), body: node.onTimeout },
        ...(node.onCancel === undefined
          ? []
          : [{ title: "on cancel", span: spanOf(node.onCancel, node.span), body: node.onCancel }]),
      ];
    default:
      return [];
  }
}

/** The statements around an offset, outermost first, through arms and bodies. */
export const enclosing = (body: readonly Statement[], offset: number): readonly Statement[] => {
  const out: Statement[] = [];
  let list: readonly Statement[] = body;
  for (;;) {
    const found = list.find(({ span }) => span.start <= offset && offset <= span.end);
    if (found === undefined) return out;
    out.push(found);
    const inner = blocksIn(found).find((block) =>
      block.body.some(({ span }) => span.start <= offset && offset <= span.end),
    );
    if (inner === undefined) return out;
    list = inner.body;
  }
};

/** Calls `visit` for each statement of a list and of the bodies inside, in source order. */
export const visitAll = (body: readonly Statement[], visit: (node: Statement) => void): void => {
  for (const node of body) {
    visit(node);
    for (const block of blocksIn(node)) visitAll(block.body, visit);
  }
};
