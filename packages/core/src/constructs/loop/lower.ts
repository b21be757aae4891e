import { edgePath } from "../../kernel/edge-path.ts";
import {
  freshVariable,
  insideLoop,
  type Lower,
  type LowerContext,
  type Scope,
} from "../../kernel/lower-context.ts";
import type { Kernel } from "../../kernel/node.ts";
import { lowerRole, sameRole } from "../roles/lower.ts";
import type { RoleRef } from "../roles/node.ts";
import { firstSender } from "./first-sender.ts";
import type { Loop } from "./node.ts";

/** The reference's name for the variable of a deciding loop (spec/language §11). */
const DECIDES = "RoleDecidesLoop";
const DONE = "Done";

const bodyOf = (loop: Loop, id: string, scope: Scope, next: Kernel, context: LowerContext): Kernel =>
  context.body(loop.body, scope, (k) => edgePath.body(id, k), next);

/** `mu X. body … X`, where `wrap` may put a decision before the body. */
const around = (
  loop: Loop,
  id: string,
  scope: Scope,
  base: string,
  context: LowerContext,
  wrap: (body: Kernel) => Kernel,
): Kernel => {
  const variable = freshVariable(base, scope);
  const again = context.node({ kind: "var", name: variable, span: loop.span });
  const body = bodyOf(loop, id, insideLoop(scope, variable), again, context);
  return context.node({ kind: "mu", var: variable, body: wrap(body), span: loop.span });
};

/** The first message of the body says "again", a message `Done` to the same receiver says "no more". */
const decidedByMessage: Lower<Loop> = (loop, id, scope, next, context) =>
  around(loop, id, scope, DECIDES, context, (body) => {
    const first = body.kind === "comm" ? body.branches[0] : undefined;
    if (body.kind !== "comm" || first === undefined) throw new Error("a deciding loop begins with a send");
    const span = loop.control.kind === "decide" ? loop.control.by.span : loop.span;
    const done = {
      label: first.label === DONE ? `${DONE}_2` : DONE,
      arm: DONE,
      to: first.to,
      payload: { text: "", sort: "Unit" },
      annotations: [],
      edge: edgePath.arm(id, DONE, 0),
      span,
      next,
    } as const;
    return context.node({
      kind: "comm",
      from: body.from,
      branches: [{ ...first, arm: first.label }, done],
      span: loop.span,
    });
  });

/** Nothing in the source says whether the loop goes round: the decider tells whoever cannot know. */
const decidedInSecret = (
  loop: Loop,
  id: string,
  scope: Scope,
  next: Kernel,
  context: LowerContext,
  decider: RoleRef,
): Kernel =>
  around(loop, id, scope, `${id}.loop`, context, (body) =>
    context.node({
      kind: "hidden",
      scope: `$${id}`,
      decider: lowerRole(decider),
      branches: [
        { outcome: "again", next: body },
        { outcome: "done", next },
      ],
      span: loop.span,
    }),
  );

const repeated = (
  loop: Loop,
  id: string,
  scope: Scope,
  next: Kernel,
  context: LowerContext,
  n: number,
): Kernel => {
  let rest = next;
  for (let i = 0; i < n; i++) {
    const round = bodyOf(loop, id, scope, rest, context);
    // A body without a message comes to nothing however often it is repeated.
    if (round === rest) return rest;
    rest = round;
  }
  return rest;
};

/** Every kind of loop; what follows it follows its last round. */
export const lowerLoop: Lower<Loop> = (loop, id, scope, next, context) => {
  const { control } = loop;
  switch (control.kind) {
    case "forever":
      return around(loop, id, scope, `${id}.loop`, context, (body) => body);
    case "repeat":
      if (typeof control.count === "number") return repeated(loop, id, scope, next, context, control.count);
      return context.node({
        kind: "repeat",
        count: control.count.text,
        body: bodyOf(loop, id, scope, { kind: "end" }, context),
        next,
        span: loop.span,
      });
    case "decide": {
      const first = loop.body[0];
      return first?.kind === "send" && sameRole(first.from, control.by)
        ? decidedByMessage(loop, id, scope, next, context)
        : decidedInSecret(loop, id, scope, next, context, control.by);
    }
    case "while": {
      const decider = firstSender(loop.body, context);
      return decider === undefined ? next : decidedInSecret(loop, id, scope, next, context, decider);
    }
  }
};
