/**
 * The one rule for edge ids: the path of a statement in the tree.
 *
 * | place | id |
 * |---|---|
 * | top level | `<index>`: `2` |
 * | arm of a `choice` | `<choice>.<armLabel>.<k>`: `2.Card.0` |
 * | arm of a `par` | `<par>.<armIndex>.<k>`: `2.0.1` |
 * | body of a `loop` or `rec` | `<loop>.body.<k>`: `2.body.0` |
 * | body of a called local protocol | `<call>.<localName>.<k>`: `2.Settle.0` |
 * | leg k of a broadcast or family send, once expanded | `<send>#<k>`: `2#1` |
 *
 * `k` counts every statement of its list from 0, messages or not. Lowering,
 * the diagrams and the language service all name a send this way, so that a
 * click on one selects it in the others. A statement outside the protocol's
 * own arms keeps its id when an arm is edited.
 */
export const edgePath = {
  /** Statement `index` of the protocol body. */
  root: (index: number): string => String(index),
  /** Statement `k` of the arm `label` of the choice at `parent`. */
  arm: (parent: string, label: string, k: number): string => `${parent}.${label}.${k}`,
  /** Statement `k` of arm `armIndex` (from 0) of the par at `parent`. */
  parArm: (parent: string, armIndex: number, k: number): string => `${parent}.${armIndex}.${k}`,
  /** Statement `k` of the body of the loop or rec at `parent`. */
  body: (parent: string, k: number): string => `${parent}.body.${k}`,
  /** Statement `k` of the local protocol `target`, as called at `parent`. */
  call: (parent: string, target: string, k: number): string => `${parent}.${target}.${k}`,
  /** Leg `k` (from 0, in order of sending) of the broadcast or family send at `edge`. */
  leg: (edge: string, k: number): string => `${edge}#${k}`,
  /** The send a leg belongs to: `2#1` → `2`; other ids are returned as they are. */
  send: (edge: string): string => {
    const hash = edge.lastIndexOf("#");
    return hash < 0 ? edge : edge.slice(0, hash);
  },
} as const;
