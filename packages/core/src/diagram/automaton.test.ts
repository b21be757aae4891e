import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyse } from "../analyse.ts";
import type { LocalBranch, LocalType } from "../projection/local-type.ts";
import { type Automaton, automaton } from "./automaton.ts";

const end: LocalType = { kind: "end" };
const v = (name: string): LocalType => ({ kind: "var", name });
const mu = (name: string, body: LocalType): LocalType => ({ kind: "mu", var: name, body });
const branch = (peer: string, label: string, edge: string, next: LocalType): LocalBranch => ({
  peer,
  label,
  payload: { text: "", sort: "Unit" },
  annotations: [],
  edge,
  span: { start: 0, end: 0 },
  next,
});
const send = (...branches: LocalBranch[]): LocalType => ({ kind: "send", branches });
const recv = (from: string, ...branches: LocalBranch[]): LocalType => ({ kind: "recv", from, branches });

const sketch = (picture: Automaton): string[] =>
  picture.transitions.map(({ from, kind, peer, label, to }) => `${from} --${kind} ${peer}.${label}--> ${to}`);

describe("golden pictures", () => {
  test("a choice whose arms share what follows", () => {
    const after = () => recv("B", branch("B", "Done", "1", end));
    const type = send(branch("B", "Card", "0.Card.0", after()), branch("B", "Cash", "0.Cash.0", after()));
    const picture = automaton(type);
    expect(sketch(picture)).toEqual([
      "!B.Card --send B.Card--> ?B.Done",
      "!B.Card --send B.Cash--> ?B.Done",
      "?B.Done --recv B.Done--> end",
    ]);
    expect(picture.states.map((state) => [state.id, state.kind, state.initial, state.final])).toEqual([
      ["!B.Card", "send", true, false],
      ["?B.Done", "recv", false, false],
      ["end", "final", false, true],
    ]);
  });

  test("a variable is a back edge, and each leads to its own loop", () => {
    const inner = mu(
      "y",
      send(branch("B", "In", "0.body.0", v("y")), branch("B", "Out", "0.body.1", v("x"))),
    );
    expect(sketch(automaton(mu("x", recv("B", branch("B", "Go", "0", inner)))))).toEqual([
      "?B.Go --recv B.Go--> !B.In",
      "!B.In --send B.In--> !B.In",
      "!B.In --send B.Out--> ?B.Go",
    ]);
  });

  test("parallel arms are regions of one state, left by a join", () => {
    const arm = (peer: string, edge: string) => send(branch(peer, "M", edge, end));
    const picture = automaton({
      kind: "par",
      arms: [arm("B", "0.0.0"), arm("C", "0.1.0")],
      next: arm("B", "1"),
    });
    expect(sketch(picture)).toEqual(["par --join .--> !B.M", "!B.M --send B.M--> end"]);
    expect(picture.states[0]?.regions.map(sketch)).toEqual([
      ["par/0/!B.M --send B.M--> par/0/end"],
      ["par/1/!C.M --send C.M--> par/1/end"],
    ]);
  });

  test("two statements that read alike stay two states", () => {
    const type = send(branch("B", "M", "0", send(branch("B", "M", "1", end))));
    expect(automaton(type).states.map((state) => state.id)).toEqual(["!B.M", "!B.M~2", "end"]);
  });

  test("frames of hidden decisions are control transitions", () => {
    const frame = { ...branch("B", "again", "0.body", end), control: "$scope" };
    expect(automaton(recv("B", frame)).transitions[0]).toMatchObject({ kind: "control", direction: "recv" });
  });

  test("a role that does nothing is one final initial state", () => {
    expect(automaton(end).states).toEqual([
      { id: "end", kind: "final", initial: true, final: true, regions: [] },
    ]);
    expect(automaton(mu("x", v("x"))).states).toHaveLength(1);
  });
});

test("an edit elsewhere leaves the ids of other states alone", () => {
  const tail = (shift: number) =>
    recv("C", branch("C", "Bill", String(shift + 1), send(branch("C", "Pay", String(shift + 2), end))));
  const ids = (type: LocalType) => automaton(type).states.map((state) => state.id);
  const before = ids(send(branch("B", "Hi", "0", tail(0))));
  const after = ids(send(branch("B", "Hi", "0", send(branch("B", "New", "1", tail(1))))));
  expect(after.filter((id) => !before.includes(id))).toEqual(["!B.New"]);
});

test("a chain of ten thousand equal statements is built without exhausting the stack", () => {
  let type: LocalType = end;
  for (let k = 0; k < 10_000; k++) type = send(branch("B", "M", "0.body.0", type));
  expect(automaton(type).states).toHaveLength(10_001);
});

const labels = fc.constantFrom("M", "N");
const { type: types } = fc.letrec<{ type: LocalType }>((tie) => ({
  type: fc.oneof(
    { depthIdentifier: "local", maxDepth: 6, withCrossShrink: true },
    fc.constant(end),
    fc.constantFrom("x", "y").map(v),
    fc.tuple(labels, tie("type")).map(([label, next]) => send(branch("B", label, "e", next))),
    fc
      .tuple(tie("type"), tie("type"))
      .map(([a, b]) => recv("B", branch("B", "M", "e", a), branch("B", "N", "e", b))),
    fc
      .tuple(fc.constantFrom("x", "y"), labels, tie("type"))
      .map(([name, label, next]) => mu(name, send(branch("B", label, "e", next)))),
  ),
}));

/** The words of a type up to a length, by plain unfolding; `.` marks a finished one. */
const wordsOfType = (type: LocalType, env: ReadonlyMap<string, LocalType>, length: number): string[] => {
  switch (type.kind) {
    case "end":
      return ["."];
    case "var": {
      const bound = env.get(type.name);
      return bound === undefined ? ["."] : wordsOfType(bound, env, length);
    }
    case "mu":
      return wordsOfType(unfold(type.body, type.var, type), env, length);
    case "par":
    case "perform":
    case "decide":
    case "scope":
      throw new Error("not generated");
    default:
      if (length === 0) return [""];
      return type.branches.flatMap(({ label, next }) =>
        wordsOfType(next, env, length - 1).map(
          (word) => `${type.kind === "send" ? "!" : "?"}${label}${word}`,
        ),
      );
  }
};

const unfold = (type: LocalType, name: string, by: LocalType): LocalType => {
  switch (type.kind) {
    case "var":
      return type.name === name ? by : type;
    case "mu":
      return type.var === name ? type : { ...type, body: unfold(type.body, name, by) };
    case "send":
      return {
        ...type,
        branches: type.branches.map((item) => ({ ...item, next: unfold(item.next, name, by) })),
      };
    case "recv":
      return {
        ...type,
        branches: type.branches.map((item) => ({ ...item, next: unfold(item.next, name, by) })),
      };
    default:
      return type;
  }
};

const wordsOfAutomaton = (picture: Automaton, state: string, length: number): string[] => {
  if (picture.states.find((item) => item.id === state)?.final) return ["."];
  if (length === 0) return [""];
  return picture.transitions
    .filter((item) => item.from === state)
    .flatMap((item) =>
      wordsOfAutomaton(picture, item.to, length - 1).map(
        (word) => `${item.direction === "send" ? "!" : "?"}${item.label}${word}`,
      ),
    );
};

test("for every type the automaton has exactly its words", () => {
  fc.assert(
    fc.property(types, (type) => {
      const picture = automaton(type);
      expect(wordsOfAutomaton(picture, picture.initial, 6)).toEqual(wordsOfType(type, new Map(), 6));
    }),
  );
});

test("for every type the automaton is minimal, its ids unique, and it is the same twice", () => {
  fc.assert(
    fc.property(types, (type) => {
      const picture = automaton(type);
      const ids = picture.states.map((state) => state.id);
      expect(new Set(ids).size).toBe(ids.length);
      const words = ids.map((id) => wordsOfAutomaton(picture, id, Math.min(8, ids.length)).join(" "));
      expect(new Set(words).size).toBe(ids.length);
      expect(automaton(type)).toEqual(picture);
    }),
  );
});

describe("what no message carries", () => {
  const of = (source: string, role: string): Automaton => {
    const type = analyse(source).samples?.at(-1)?.locals[role];
    if (type === undefined) throw new Error("the sample does not check");
    return automaton(type);
  };

  test("a deed is a step of its own, a quiet case a fork, a timeout a region with its exits", () => {
    const source = `protocol Press =
  roles A, B
  publish Edition(front)
  timeout 5s A at
    A -> B : Ask
    B -> A : Answer
  on timeout =>
    A -> B : Late
  case held of
    | Ok(x) => A -> B : Take
    | Err(e) => A -> B : Leave
`;
    const { states, transitions } = of(source, "A");
    expect(states.map(({ kind }) => kind)).toContain("scope");
    const words = transitions.map(({ kind, label }) => `${kind} ${label}`);
    expect(words).toEqual(
      expect.arrayContaining([
        "perform publish Edition(front)",
        "exit done",
        "exit timeout",
        "decide Ok",
        "decide Err",
      ]),
    );
    const scope = states.find(({ kind }) => kind === "scope");
    expect(scope?.regions[0]?.transitions.map(({ label }) => label)).toEqual(["Ask", "Answer"]);
  });

  test("editing one message leaves the names of all other states", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 19 }), (k) => {
        const lines = Array.from({ length: 20 }, (_, i) => `  ${i % 2 === 0 ? "A -> B" : "B -> A"} : M${i}`);
        const text = (list: readonly string[]) => `protocol Long =\n  roles A, B\n${list.join("\n")}\n`;
        const before = of(text(lines), "A").states.map(({ id }) => id);
        const after = of(text(lines.with(k, `${lines[k]}Edited`)), "A").states.map(({ id }) => id);
        expect(after.filter((id, i) => id !== before[i])).toHaveLength(1);
      }),
      { numRuns: 20 },
    );
  });
});
