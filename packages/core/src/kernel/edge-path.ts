/**
 * The one rule for edge ids: the path of a statement in the tree.
 *
 * | place | id |
 * |---|---|
 * | top level | `<index>`: `2` |
 * | arm of a `choice` | `<choice>.<armLabel>.<k>`: `2.Card.0` |
 * | arm of a `par` | `<par>.<armIndex>.<k>`: `2.0.1` |
 * | body of a `loop` or `rec` | `<loop>.body.<k>`: `2.body.0` |
 * | arm of a `case` | `<case>.<Constructor>.<k>`: `2.Ok.0` |
 * | `in` block of a `let` | `<let>.body.<k>`: `2.body.0` |
 * | body of a `timeout` | `<timeout>.body.<k>`: `2.body.0` |
 * | handlers of a `timeout` | `<timeout>.timeout.<k>`, `<timeout>.cancel.<k>` |
 * | evidence guard of an arm | `<choice>.<armLabel>.when` |
 * | body of a called local protocol | `<call>.<localName>.<k>`: `2.Settle.0` |
 * | leg k of a broadcast or family send, member k of a family that acts, once expanded | `<statement>#<k>`: `2#1` |
 *
 * `k` counts every statement of its list from 0, messages or not. Lowering,
 * the diagrams and the language service all name a send this way, so that a
 * click on one selects it in the others. A statement outside the protocol's
 * own arms keeps its id when an arm is edited.
 */
export const edgePath = {
  /** Statement `index` of the protocol body. */
  root: (index: number): string => String(index),
  /** Statement `k` of the arm `label` of the choice or case at `parent`. */
  arm: (parent: string, label: string, k: number): string => `${parent}.${label}.${k}`,
  /** Statement `k` of arm `armIndex` (from 0) of the par at `parent`. */
  parArm: (parent: string, armIndex: number, k: number): string => `${parent}.${armIndex}.${k}`,
  /** Statement `k` of the body of the loop, rec, timeout or `let … in` at `parent`. */
  body: (parent: string, k: number): string => `${parent}.body.${k}`,
  /** Statement `k` of what a timeout at `parent` does when it expires or is cancelled. */
  handler: (parent: string, outcome: "timeout" | "cancel", k: number): string => `${parent}.${outcome}.${k}`,
  /** The evidence guard of the arm `label` of the choice at `parent`. */
  guard: (parent: string, label: string): string => `${parent}.${label}.when`,
  /** Statement `k` of the local protocol `target`, as called at `parent`. */
  call: (parent: string, target: string, k: number): string => `${parent}.${target}.${k}`,
  /** Leg `k` (from 0, in order of sending) of the broadcast, family send or family deed at `edge`. */
  leg: (edge: string, k: number): string => `${edge}#${k}`,
  /** The send a leg belongs to: `2#1` → `2`; other ids are returned as they are. */
  send: (edge: string): string => {
    const hash = edge.lastIndexOf("#");
    return hash < 0 ? edge : edge.slice(0, hash);
  },
} as const;
