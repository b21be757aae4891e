import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { explore } from "../explore/explore.ts";
import type { LocalBranch, LocalType } from "../projection/local-type.ts";
import { arbitraryProgram } from "../testing/arbitrary-program.ts";
import { localSubtype } from "./local-subtype.ts";
import type { SubtypeOptions } from "./subtype-verdict.ts";

const end: LocalType = { kind: "end" };
const branch = (peer: string, label: string, next: LocalType = end, payload = ""): LocalBranch => ({
  peer,
  label,
  payload: { text: payload, sort: payload === "" ? "Unit" : "Opaque" },
  annotations: [],
  edge: label,
  span: { start: 0, end: 0 },
  next,
});
const send = (...branches: LocalBranch[]): LocalType => ({ kind: "send", branches });
const recv = (from: string, ...branches: LocalBranch[]): LocalType => ({ kind: "recv", from, branches });
const mu = (name: string, body: LocalType): LocalType => ({ kind: "mu", var: name, body });
const again = (name: string): LocalType => ({ kind: "var", name });

const verdict = (own: LocalType, expected: LocalType, options?: SubtypeOptions): string => {
  const found = localSubtype(own, expected, options);
  return found.verdict === "no" ? found.reason.kind : found.verdict;
};

describe("as a program it may send less and must take more", () => {
  const one = send(branch("B", "a"));
  const two = send(branch("B", "a"), branch("B", "b"));
  it("fewer sends", () => expect(verdict(one, two)).toBe("yes"));
  it("not more sends", () => expect(verdict(two, one)).toBe("sends"));
  const takesOne = recv("B", branch("B", "a"));
  const takesTwo = recv("B", branch("B", "a"), branch("B", "b"));
  it("more receives", () => expect(verdict(takesTwo, takesOne)).toBe("yes"));
  it("not fewer receives", () => expect(verdict(takesOne, takesTwo)).toBe("misses"));
  it("the other way round, read as channels", () => {
    expect(verdict(two, one, { reading: "channel" })).toBe("yes");
    expect(verdict(one, two, { reading: "channel" })).toBe("sends");
  });
  it("the same payload", () =>
    expect(verdict(send(branch("B", "a", end, "Nat")), send(branch("B", "a", end, "Bool")))).toBe("payload"));
  it("no less and no more than to the end", () => {
    expect(verdict(end, one)).toBe("stops");
    expect(verdict(one, end)).toBe("goesOn");
  });
});

describe("asynchronously", () => {
  const replyFirst = send(branch("B", "out", recv("B", branch("B", "in"))));
  const waitFirst = recv("B", branch("B", "in", send(branch("B", "out"))));
  it("a send may overtake a receive", () => expect(verdict(replyFirst, waitFirst)).toBe("yes"));
  it("a receive may not overtake a send", () => expect(verdict(waitFirst, replyFirst)).toBe("waits"));
  it("nothing overtakes in the synchronous mode", () =>
    expect(verdict(replyFirst, waitFirst, { mode: "sync" })).toBe("sends"));
  it("messages of different peers may change places, of one peer not", () => {
    const ab = send(branch("B", "x", send(branch("C", "y"))));
    const ba = send(branch("C", "y", send(branch("B", "x"))));
    expect(verdict(ab, ba)).toBe("yes");
    expect(
      verdict(
        recv("B", branch("B", "x", recv("C", branch("C", "y")))),
        recv("C", branch("C", "y", recv("B", branch("B", "x")))),
      ),
    ).toBe("yes");
    expect(
      verdict(send(branch("B", "x", send(branch("B", "y")))), send(branch("B", "y", send(branch("B", "x"))))),
    ).toBe("sends");
  });
  it("every way behind a receive must have the send", () => {
    const sometimes = recv("B", branch("B", "yes", send(branch("C", "go"))), branch("B", "no"));
    expect(
      verdict(send(branch("C", "go", recv("B", branch("B", "yes"), branch("B", "no")))), sometimes),
    ).toBe("sends");
  });
});

describe("loops", () => {
  const ping = mu("t", send(branch("B", "ping", again("t"))));
  it("are subtypes of themselves and of their unfoldings", () => {
    expect(verdict(ping, ping)).toBe("yes");
    expect(verdict(ping, send(branch("B", "ping", ping)))).toBe("yes");
    expect(verdict(send(branch("B", "ping", ping)), ping)).toBe("yes");
  });
  it("are undecided, and say why, where a message would overtake ever more", () => {
    const polite = mu("t", recv("B", branch("B", "ok", send(branch("B", "ping", again("t"))))));
    expect(localSubtype(ping, polite)).toMatchObject({ verdict: "inconclusive", ranOut: "depth" });
  });
  it("keep to the number of pairs they were given", () =>
    expect(localSubtype(ping, mu("s", send(branch("B", "ping", again("s")))), { steps: 0 })).toMatchObject({
      ranOut: "steps",
    }));
});

it("says what comes before the place", () => {
  const own = send(branch("B", "a", recv("B", branch("B", "b"))));
  const expected = send(branch("B", "a", recv("B", branch("B", "c"))));
  expect(localSubtype(own, expected)).toMatchObject({
    after: ["!B a"],
    reason: { kind: "misses", label: "c", peer: "B", expected: "c" },
  });
});

/** Small types over two peers and three labels; loops are guarded. */
const arbitraryType = (): fc.Arbitrary<LocalType> =>
  fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 30 }).map((entropy) => {
    let at = 0;
    const draw = (n: number): number => (entropy[at++] ?? 0) % n;
    const build = (depth: number, loops: readonly string[], guarded: boolean): LocalType => {
      const pick = draw(6);
      if (depth === 0 || pick === 0)
        return guarded && loops.length > 0 && draw(2) === 1
          ? again(loops[draw(loops.length)] as string)
          : end;
      if (pick === 1) {
        const name = `t${loops.length}`;
        return mu(name, comm(depth - 1, [...loops, name]));
      }
      return comm(depth - 1, loops);
    };
    const comm = (depth: number, loops: readonly string[]): LocalType => {
      const labels = ["a", "b", "c"].slice(0, 1 + draw(3));
      const peer = ["B", "C"][draw(2)] as string;
      const sends = draw(2) === 0;
      const branches = labels.map((label) => branch(peer, label, build(depth, loops, true)));
      return sends ? send(...branches) : recv(peer, ...branches);
    };
    return build(4, [], false);
  });

/** The type with a branch of some sends left out. */
const sendsLess = (type: LocalType, keep: number): LocalType => {
  switch (type.kind) {
    case "mu":
      return { ...type, body: sendsLess(type.body, keep) };
    case "send":
    case "recv": {
      const rest = type.branches.map((b, i) => ({ ...b, next: sendsLess(b.next, keep + i + 1) }));
      const kept =
        type.kind === "send" && rest.length > 1 ? rest.filter((_, i) => i !== keep % rest.length) : rest;
      return { ...type, branches: kept };
    }
    default:
      return type;
  }
};

describe("on samples", () => {
  it("is reflexive in both modes and both readings", () => {
    fc.assert(
      fc.property(arbitraryType(), (type) => {
        expect(verdict(type, structuredClone(type))).toBe("yes");
        expect(verdict(type, structuredClone(type), { mode: "sync", reading: "channel" })).toBe("yes");
      }),
      { numRuns: 300 },
    );
  });
  it("holds for every projection of a random program", () => {
    fc.assert(
      fc.property(
        arbitraryProgram({ families: true, timeouts: true, cases: true, deeds: true, effects: true }),
        (source) => {
          const once = analyse(source).samples?.at(-1)?.locals ?? {};
          const twice = analyse(source).samples?.at(-1)?.locals ?? {};
          for (const [role, type] of Object.entries(once))
            expect(verdict(type, twice[role] ?? end)).toBe("yes");
        },
      ),
      { numRuns: 80 },
    );
  });
  it("is transitive", () => {
    const chains = fc.tuple(arbitraryType(), fc.nat({ max: 5 }), fc.nat({ max: 5 }));
    fc.assert(
      fc.property(chains, ([type, i, j]) => {
        const less = sendsLess(type, i);
        const least = sendsLess(less, j);
        expect(verdict(less, type)).toBe("yes");
        expect(verdict(least, less)).toBe("yes");
        expect(verdict(least, type)).toBe("yes");
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(arbitraryType(), arbitraryType(), arbitraryType(), (a, b, c) => {
        if (verdict(a, b) !== "yes" || verdict(b, c) !== "yes") return;
        expect(["yes", "inconclusive"]).toContain(verdict(a, c));
      }),
      { numRuns: 2_000 },
    );
  });
  it("a synchronous subtype is an asynchronous one", () => {
    fc.assert(
      fc.property(arbitraryType(), arbitraryType(), (a, b) => {
        if (verdict(a, b, { mode: "sync" }) !== "yes") return;
        expect(verdict(a, b)).toBe("yes");
      }),
      { numRuns: 2_000 },
    );
  });
  it("a role that may be replaced runs into no fault with the others", () => {
    let replaced = 0;
    const pairs = fc.tuple(
      arbitraryProgram({ decorations: false, calls: false, loops: ["repeat", "decide"] }),
      fc.nat({ max: 99 }),
      fc.nat({ max: 3 }),
    );
    fc.assert(
      fc.property(pairs, ([source, keep, who]) => {
        const locals = analyse(source).samples?.at(-1)?.locals ?? {};
        const role = Object.keys(locals)[who % Object.keys(locals).length] ?? "";
        const own = sendsLess(locals[role] ?? end, keep);
        if (verdict(own, locals[role] ?? end) !== "yes") return;
        replaced++;
        const found = explore({ ...locals, [role]: own }, { bound: 3, states: 400, reduce: true });
        expect(found.faults.map(({ why }) => why)).toEqual([]);
      }),
      { numRuns: 120 },
    );
    expect(replaced).toBeGreaterThan(50);
  });
});
