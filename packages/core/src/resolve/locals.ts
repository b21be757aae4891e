import type { Call, LocalProtocol } from "../constructs/call/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { blocksOf } from "../constructs/table.ts";
import type { Checker } from "./checker.ts";
import { replaceBy } from "./checker.ts";
import { suggest } from "./suggest.ts";

/** Who calls whom among the local protocols of one protocol. */
export interface CallGraph {
  /** Names of local protocols reached from the main body. */
  readonly reached: ReadonlySet<string>;
  /** Names of local protocols on a circle of calls. */
  readonly circular: ReadonlySet<string>;
  /** All names, each after those it calls, circles apart. */
  readonly calleesFirst: readonly string[];
}

function callsIn(body: readonly Statement[], found: Call[] = []): Call[] {
  for (const statement of body) {
    if (statement.kind === "call") found.push(statement);
    else for (const block of blocksOf(statement)) callsIn(block, found);
  }
  return found;
}

/** Resolves every call, and reports unknown, duplicate, circular and unused local protocols. */
export function checkLocals(c: Checker): CallGraph {
  const calls = new Map<string, readonly Call[]>();
  for (const local of c.protocol.locals) {
    if (c.locals.get(local.name.text) === local) calls.set(local.name.text, callsIn(local.body));
  }
  const main = callsIn(c.protocol.body);
  const reached = reach(main, calls);
  reportDuplicates(c);
  reportUnknown(main, true, c);
  for (const [name, inside] of calls) reportUnknown(inside, reached.has(name), c);
  for (const [name, local] of c.locals) {
    if (!reached.has(name)) c.report("unusedLocal", local.name.span, { args: { name } });
  }
  return { reached, ...findCircles(calls, c) };
}

function reach(main: readonly Call[], calls: ReadonlyMap<string, readonly Call[]>): Set<string> {
  const reached = new Set<string>();
  const open = [...main];
  for (let call = open.pop(); call !== undefined; call = open.pop()) {
    const name = call.target.text;
    const inside = calls.get(name);
    if (inside === undefined || reached.has(name)) continue;
    reached.add(name);
    open.push(...inside);
  }
  return reached;
}

function reportDuplicates(c: Checker): void {
  for (const local of c.protocol.locals) {
    const first = c.locals.get(local.name.text);
    if (first === undefined || first === local) continue;
    c.report("duplicateLocal", local.name.span, {
      args: { name: local.name.text },
      related: [{ span: first.name.span, message: "defined here first" }],
    });
  }
}

function reportUnknown(calls: readonly Call[], reached: boolean, c: Checker): void {
  for (const call of calls) {
    const name = call.target.text;
    if (c.locals.has(name)) continue;
    const best = c.full ? undefined : suggest(name, [...c.locals.keys()]);
    c.report(reached ? "undefinedLocal" : "undefinedLocalUncalled", call.target.span, {
      args: { name },
      hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
      fix: best === undefined ? undefined : replaceBy(call.target.span, best),
    });
  }
}

interface Step {
  readonly name: string;
  next: number;
  /** The shallowest step of the path that something from here calls again. */
  low: number;
}

/** Depth-first search without recursion; a call back into the path closes a circle, which is reported there. */
function findCircles(
  calls: ReadonlyMap<string, readonly Call[]>,
  c: Checker,
): Pick<CallGraph, "circular" | "calleesFirst"> {
  const circular = new Set<string>();
  const done = new Set<string>();
  for (const root of calls.keys()) {
    if (done.has(root)) continue;
    const path: Step[] = [{ name: root, next: 0, low: Number.POSITIVE_INFINITY }];
    const depthOf = new Map([[root, 0]]);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const call = calls.get(top.name)?.[top.next++];
      if (call === undefined) {
        leave(path, depthOf, circular);
        done.add(top.name);
        continue;
      }
      const name = call.target.text;
      const depth = depthOf.get(name);
      if (depth !== undefined) {
        top.low = Math.min(top.low, depth);
        reportCircle(call, c.full ? [] : path.slice(depth).map((step) => step.name), c);
      } else if (calls.has(name) && !done.has(name)) {
        depthOf.set(name, path.length);
        path.push({ name, next: 0, low: Number.POSITIVE_INFINITY });
      }
    }
  }
  return { circular, calleesFirst: [...done] };
}

function leave(path: Step[], depthOf: Map<string, number>, circular: Set<string>): void {
  const step = path.pop();
  if (step === undefined) return;
  depthOf.delete(step.name);
  if (step.low <= path.length) circular.add(step.name);
  const below = path.at(-1);
  if (below !== undefined) below.low = Math.min(below.low, step.low);
}

function reportCircle(call: Call, circle: readonly string[], c: Checker): void {
  const shown = circle.length > 12 ? [...circle.slice(0, 12), "…"] : circle;
  c.report("recursiveLocal", call.span, {
    args: { cycle: [...shown, call.target.text].join(" → ") },
    related: circle.slice(0, 12).flatMap((name) => {
      const local: LocalProtocol | undefined = c.locals.get(name);
      return local === undefined ? [] : [{ span: local.name.span, message: `${name} is defined here` }];
    }),
  });
}
