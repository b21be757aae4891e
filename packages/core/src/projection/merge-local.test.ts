import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LocalBranch, LocalType } from "./local-type.ts";
import { LocalMerger, type MergeResult } from "./merge-local.ts";

const end: LocalType = { kind: "end" };
const branch = (label: string, peer: string, next: LocalType, payload = ""): LocalBranch => ({
  peer,
  label,
  payload: { text: payload, sort: payload === "" ? "Unit" : "Opaque" },
  annotations: [],
  edge: "0",
  span: { start: 0, end: 0 },
  next,
});
const recv = (...branches: LocalBranch[]): LocalType => ({ kind: "recv", from: branches[0]!.peer, branches });
const send = (...branches: LocalBranch[]): LocalType => ({ kind: "send", branches });
const span = { start: 0, end: 0 };
const perform = (event: string, next: LocalType, edge = "0"): LocalType => ({
  kind: "perform",
  deed: { kind: "publish", event },
  edge,
  span,
  next,
});
const decide = (subject: string, ...ways: readonly (readonly [string, LocalType])[]): LocalType => ({
  kind: "decide",
  scope: "1",
  subject,
  span,
  branches: ways.map(([outcome, next]) => ({ outcome, next })),
});
const within = (scope: string, body: LocalType, told: LocalType): LocalType => ({
  kind: "scope",
  scope,
  owner: "P",
  body,
  exits: [{ outcome: "told", next: told }],
  span,
});
const merge = (a: LocalType, b: LocalType): MergeResult => new LocalMerger().merge(a, b);

/** The type up to order of branches and names of loops, as text. */
const shape = (type: LocalType, scope: readonly string[] = []): string => {
  switch (type.kind) {
    case "end":
      return "end";
    case "var":
      return scope.includes(type.name) ? `#${scope.indexOf(type.name)}` : type.name;
    case "mu":
      return `mu.${shape(type.body, [type.var, ...scope])}`;
    case "par":
      return `par(${type.arms.map((a) => shape(a, scope)).join("|")});${shape(type.next, scope)}`;
    case "perform":
      return `*${JSON.stringify(type.deed)}.${shape(type.next, scope)}`;
    case "decide":
      return `decide{${type.branches.map((b) => `${b.outcome}.${shape(b.next, scope)}`).join(",")}}`;
    case "scope": {
      const exits = type.exits.map((e) => `${e.outcome}.${shape(e.next, scope)}`);
      return `within ${type.scope}(${shape(type.body, scope)}){${exits.join(",")}}`;
    }
    case "send":
    case "recv": {
      const parts = type.branches.map(
        (b) => `${b.peer}:${b.label}(${b.payload.text}).${shape(b.next, scope)}`,
      );
      return `${type.kind}{${parts.sort().join(",")}}`;
    }
  }
};
const shapeOf = (result: MergeResult): string => (result.ok ? shape(result.type) : "refused");

/** Small types over two peers and three labels, so that merges often succeed and often fail. */
const locals = fc.letrec<{ type: LocalType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.constant(end),
    fc.constantFrom<LocalType>({ kind: "var", name: "x" }, { kind: "var", name: "y" }),
    fc
      .tuple(
        fc.boolean(),
        fc.constantFrom("P", "Q"),
        fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 }),
        fc.array(tie("type"), { minLength: 3, maxLength: 3 }),
      )
      .map(([sends, peer, labels, nexts]): LocalType => {
        const branches = labels.map((label, i) => branch(label, peer, nexts[i]!));
        return sends ? send(...branches) : recv(...branches);
      }),
    fc
      .tuple(fc.constantFrom("x", "y"), tie("type"))
      .map(([name, body]): LocalType => ({ kind: "mu", var: name, body })),
    fc.tuple(fc.constantFrom("e", "f"), tie("type")).map(([event, next]) => perform(event, next)),
    fc.tuple(tie("type"), tie("type")).map(([ok, err]) => decide("q", ["Ok", ok], ["Err", err])),
    fc
      .tuple(fc.constantFrom("1", "2"), tie("type"), tie("type"))
      .map(([id, body, told]) => within(id, body, told)),
  ),
})).type;

/** Receives only: any two of them that merge do so in any order. */
const receives = fc.letrec<{ type: LocalType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.constant(end),
    fc
      .tuple(
        fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 2 }),
        fc.array(tie("type"), { minLength: 2, maxLength: 2 }),
      )
      .map(([labels, nexts]): LocalType => recv(...labels.map((label, i) => branch(label, "P", nexts[i]!)))),
  ),
})).type;

const rename = (type: LocalType, suffix: string, bound: readonly string[] = []): LocalType => {
  switch (type.kind) {
    case "end":
      return type;
    case "var":
      return bound.includes(type.name) ? { kind: "var", name: type.name + suffix } : type;
    case "mu":
      return { kind: "mu", var: type.var + suffix, body: rename(type.body, suffix, [...bound, type.var]) };
    case "par":
      return {
        ...type,
        arms: type.arms.map((a) => rename(a, suffix, bound)),
        next: rename(type.next, suffix, bound),
      };
    case "perform":
      return { ...type, next: rename(type.next, suffix, bound) };
    case "scope": {
      const exits = type.exits.map((e) => ({ ...e, next: rename(e.next, suffix, bound) }));
      return { ...type, body: rename(type.body, suffix, bound), exits };
    }
    case "decide":
      return { ...type, branches: type.branches.map((b) => ({ ...b, next: rename(b.next, suffix, bound) })) };
    case "send":
    case "recv":
      return { ...type, branches: type.branches.map((b) => ({ ...b, next: rename(b.next, suffix, bound) })) };
  }
};

describe("merge is a law-abiding union", () => {
  it("a type merges with itself to itself", () => {
    fc.assert(
      fc.property(locals, (a) => {
        expect(merge(a, a)).toEqual({ ok: true, type: a });
        expect(shapeOf(merge(a, structuredClone(a)))).toBe(shape(a));
      }),
    );
  });
  it("the order of the two does not matter, but for the order of branches", () => {
    fc.assert(
      fc.property(locals, locals, (a, b) => {
        expect(shapeOf(merge(a, b))).toBe(shapeOf(merge(b, a)));
      }),
    );
  });
  it("it does not matter which two of three are merged first", () => {
    const three = (a: LocalType, b: LocalType, c: LocalType): string => {
      const ab = merge(a, b);
      return ab.ok ? shapeOf(merge(ab.type, c)) : "refused";
    };
    fc.assert(
      fc.property(fc.oneof(locals, receives), receives, receives, (a, b, c) => {
        expect(three(a, b, c)).toBe(three(b, c, a));
        expect(three(a, b, c)).toBe(three(c, a, b));
      }),
    );
  });
  it("the names of loops do not matter", () => {
    fc.assert(
      fc.property(locals, locals, (a, b) => {
        expect(shapeOf(merge(rename(a, "_"), b))).toBe(shapeOf(merge(a, b)));
        expect(shapeOf(merge(a, rename(a, "_")))).toBe(shape(a));
      }),
    );
  });
});

describe("merge refuses what the role would have to know", () => {
  const parts = (a: LocalType, b: LocalType): string => {
    const result = merge(a, b);
    return result.ok ? "merged" : result.conflict.kind;
  };
  it("sends with different labels, ends against deeds, other senders, other directions", () => {
    expect(parts(send(branch("a", "P", end)), send(branch("b", "P", end)))).toBe("differs");
    expect(parts(end, recv(branch("a", "P", end)))).toBe("differs");
    expect(parts(recv(branch("a", "P", end)), recv(branch("a", "Q", end)))).toBe("differs");
    expect(parts(send(branch("a", "P", end)), recv(branch("a", "P", end)))).toBe("differs");
  });
  it("one label with two payloads, one send with two sets of annotations", () => {
    expect(parts(recv(branch("a", "P", end, "Nat")), recv(branch("a", "P", end)))).toBe("payload");
    const paid = { ...branch("a", "P", end), annotations: [{ key: "flow_cost", value: "5" }] };
    expect(parts(send(paid), send(branch("a", "P", end)))).toBe("annotations");
    expect(parts(recv(paid), recv(branch("a", "P", end)))).toBe("merged");
  });
});

it("unites receives after common messages, however many", () => {
  const chain = (n: number, last: LocalType): LocalType => {
    let type = last;
    for (let i = 0; i < n; i++) type = recv(branch("m", "P", type));
    return type;
  };
  const merged = merge(
    chain(20_000, recv(branch("l", "P", end))),
    chain(20_000, recv(branch("r", "P", end))),
  );
  let type = merged.ok ? merged.type : end;
  while (type.kind === "recv" && type.branches.length === 1) type = type.branches[0]!.next;
  expect(type).toMatchObject({ kind: "recv", branches: [{ label: "l" }, { label: "r" }] });
});

describe("what a role does by itself", () => {
  const hear = (label: string): LocalType => recv(branch(label, "P", end));
  const both = recv(branch("a", "P", end), branch("b", "P", end));
  const refused = (a: LocalType, b: LocalType): string => {
    const result = merge(a, b);
    return result.ok ? "merged" : result.conflict.kind;
  };

  it("merges with the same deed, wherever it stands in the source", () => {
    expect(shapeOf(merge(perform("e", hear("a"), "1"), perform("e", hear("b"), "2")))).toBe(
      shape(perform("e", both)),
    );
    expect(refused(perform("e", end), perform("f", end))).toBe("differs");
    expect(refused(perform("e", end), end)).toBe("differs");
  });
  it("merges with the same question with the same answers, in any order", () => {
    const left = decide("q", ["Ok", hear("a")], ["Err", end]);
    const right = decide("q", ["Err", end], ["Ok", hear("b")]);
    expect(shapeOf(merge(left, right))).toBe(shape(decide("q", ["Ok", both], ["Err", end])));
    expect(refused(left, decide("other", ["Ok", hear("a")], ["Err", end]))).toBe("differs");
    expect(refused(left, decide("q", ["Ok", hear("a")]))).toBe("differs");
  });
  it("merges with the same timeout only, in its body and after it", () => {
    const left = within("1", hear("a"), hear("a"));
    expect(shapeOf(merge(left, within("1", hear("b"), hear("b"))))).toBe(shape(within("1", both, both)));
    expect(refused(left, within("2", hear("a"), hear("a")))).toBe("differs");
  });
  it("is the same object when nothing is added", () => {
    for (const type of [perform("e", hear("a")), decide("q", ["Ok", end]), within("1", hear("a"), end)]) {
      const copy = structuredClone(type);
      const merged = merge(type, copy);
      expect(merged.ok && merged.type).toBe(type);
    }
  });
});
