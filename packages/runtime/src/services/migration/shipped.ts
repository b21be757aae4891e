import { edgeFactType } from "../../journal/edge-fact.ts";
import { type FactMigration, type FactSchema, factMigration } from "./fact-schema.ts";

/** Facts of edges say who recorded them, as their journal entry does. */
const addBy = factMigration({
  name: "session.edge 1 to 2",
  from: 1,
  to: 2,
  says: "adds by: the authority that recorded it",
  fault: ({ fact, by }, authority) => {
    if (typeof fact !== "string") return "it names no fact";
    return by === undefined || by === authority ? undefined : `it says ${String(by)} recorded it`;
  },
  upgrade: (payload, by) => ({ ...payload, by }),
});

/** What a fact of an edge is called is its name. */
const factToName = factMigration({
  name: "session.edge 2 to 3",
  from: 2,
  to: 3,
  says: "calls what it records its name: fact becomes name",
  fault: ({ fact, name }) => {
    if (typeof fact !== "string") return "it names no fact";
    return name === undefined || name === fact ? undefined : "it has a name already, which is another";
  },
  upgrade: ({ fact, ...rest }) => ({ ...rest, name: fact }),
});

/** The schemas that ship with migrations, by fact type. */
export const shippedSchemas: ReadonlyMap<string, FactSchema> = new Map([
  [edgeFactType, { type: edgeFactType, first: 1, steps: [addBy, factToName] }],
]);

/**
 * The same steps with one that fails half way: it has gone through half of the
 * facts when it throws. For trying out what a failure leaves.
 */
export const failingHalfWay = (steps: readonly FactMigration[]): readonly FactMigration[] =>
  steps.map((step, index) =>
    index + 1 < steps.length
      ? step
      : {
          ...step,
          execute: ({ state }) => {
            const half = Math.ceil(state.facts.length / 2);
            for (const { payload, by } of state.facts.slice(0, half)) step.upgrade(payload, by);
            throw new Error(`it failed after ${half} of ${state.facts.length} facts`);
          },
        },
  );
