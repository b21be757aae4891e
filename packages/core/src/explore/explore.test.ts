import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import type { LocalType } from "../projection/local-type.ts";
import { explore } from "./explore.ts";

const localsOf = (source: string): Readonly<Record<string, LocalType>> => {
  const { samples, diagnostics } = analyse(source);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return samples?.at(-1)?.locals ?? {};
};

const ASK = `protocol Ask =
  roles Client, Server
  Client -> Server : Request
  Server -> Client : Response
`;
const LOOP = `protocol Loop =
  roles A, B
  rec Lap
    choice A at
      | More =>
        A -> B : More
        B -> A : Ok
        continue Lap
      | Stop =>
        A -> B : Stop
`;

describe("counts every state once", () => {
  it("of a request and its reply, which is free of deadlocks", () => {
    expect(explore(localsOf(ASK))).toEqual({
      states: 5,
      moves: 4,
      outcome: "complete",
      ranOut: [],
      bound: 8,
      faults: [],
      buffers: [
        { from: "Client", to: "Server", max: 1 },
        { from: "Server", to: "Client", max: 1 },
      ],
      progress: [
        { role: "Client", ok: true },
        { role: "Server", ok: true },
      ],
      unreachable: [],
    });
  });
  it("of a loop, which comes back to where it was", () => {
    const found = explore(localsOf(LOOP));
    expect(found).toMatchObject({ outcome: "complete", states: 6, faults: [], unreachable: [] });
    expect(found.progress?.every(({ ok }) => ok)).toBe(true);
  });
});

describe("says what ran out", () => {
  const flood = `protocol Flood =
  roles A, B
  loop forever
    A -> B : Item
`;
  it("the buffer, for a sender nobody slows down", () =>
    expect(explore(localsOf(flood), { bound: 4 })).toMatchObject({
      outcome: "bounded",
      ranOut: ["buffer"],
      faults: [],
      buffers: [{ from: "A", to: "B", max: 4 }],
    }));
  it("the states", () =>
    expect(explore(localsOf(LOOP), { states: 2 })).toMatchObject({ outcome: "bounded", ranOut: ["states"] }));
});

describe("when asked", () => {
  it("shows a run that fills each buffer as far as any does", () => {
    const source = ASK.replace("  Server", "  Client -> Server : More\n  Server");
    const { buffers } = explore(localsOf(source), { fullest: true });
    expect(
      buffers.map(({ from, max, run }) => [
        from,
        max,
        run?.trace.map(({ kind, label }) => `${kind} ${label}`),
      ]),
    ).toEqual([
      ["Client", 2, ["send Request", "send More"]],
      ["Server", 1, ["send Request", "send More", "receive Request", "receive More", "send Response"]],
    ]);
  });
  it("tells how far it has got", () => {
    const seen: number[] = [];
    explore(localsOf(LOOP), { onStates: (states) => seen.push(states) });
    expect(seen).toEqual([1]);
  });
});

describe("finds the shortest way into a fault", () => {
  const client = localsOf(ASK).Client as LocalType;
  const server = localsOf(ASK).Server as LocalType;
  const mixed = (other: string, role: "Client" | "Server"): Record<string, LocalType> => ({
    Client: client,
    Server: server,
    [role]: localsOf(other)[role] as LocalType,
  });
  it("a message nobody takes there", () => {
    const [fault] = explore(mixed(ASK.replaceAll("Response", "Answer"), "Server")).faults;
    expect(fault).toMatchObject({
      kind: "reception",
      role: "Client",
      why: "Client waits for Response from Server, but Answer arrives.",
      message: { from: "Server", to: "Client", label: "Answer", edge: "1" },
    });
    expect(fault?.trace.map(({ role, kind, label }) => `${role} ${kind} ${label}`)).toEqual([
      "Client send Request",
      "Server receive Request",
      "Server send Answer",
    ]);
  });
  it("a payload of another type", () =>
    expect(
      explore(mixed(ASK.replaceAll("Response", "Response of Nat"), "Server")).faults.map(({ why }) => why),
    ).toEqual(["Response arrives from Server with a payload of type Nat, and Client takes none."]));
  it("two that wait for each other", () => {
    const other = `protocol Ask =
  roles Client, Server
  Server -> Client : Hello
  Client -> Server : Request
`;
    expect(explore(mixed(other, "Client")).faults).toMatchObject([
      {
        kind: "deadlock",
        why: "Nobody can go on: Client waits for Hello from Server and Server waits for Request from Client.",
        trace: [],
      },
    ]);
  });
  it("a message for somebody who has ended", () => {
    const other = ASK.replace("  Server -> Client : Response\n", "");
    expect(explore(mixed(other, "Client")).faults).toMatchObject([
      { kind: "orphan", role: "Client", why: "Response from Server arrives when Client has ended." },
    ]);
  });
  it("a message for nobody", () =>
    expect(explore({ Client: client }).faults).toMatchObject([
      { kind: "nobody", why: "Client sends Request to Server, who does not exist." },
    ]));
});

describe("timeout scopes", () => {
  const source = `protocol Patient =
  roles A, B
  timeout 5s A at
    A -> B : Ask
    B -> A : Answer
  on timeout =>
    A -> B : GiveUp
`;
  const span = { start: 0, end: 0 };
  const branch = (peer: string, label: string, next: LocalType, control?: string) => ({
    peer,
    label,
    payload: { text: "", sort: "Unit" as const },
    annotations: [],
    edge: label,
    span,
    next,
    ...(control === undefined ? {} : { control }),
  });
  const end: LocalType = { kind: "end" };
  const send = (peer: string, label: string, next: LocalType = end, control?: string): LocalType => ({
    kind: "send",
    branches: [branch(peer, label, next, control)],
  });
  const recv = (from: string, ...branches: ReturnType<typeof branch>[]): LocalType => ({
    kind: "recv",
    from,
    branches,
  });
  const patient: Record<string, LocalType> = {
    A: {
      kind: "scope",
      scope: "0",
      owner: "A",
      millis: 5_000,
      span,
      body: send("B", "Ask", recv("B", branch("B", "Answer", end))),
      exits: [
        { outcome: "done", next: send("B", "0:done", end, "0") },
        { outcome: "timeout", next: send("B", "0:timeout", send("B", "GiveUp"), "0") },
      ],
    },
    B: {
      kind: "scope",
      scope: "0",
      owner: "A",
      span,
      body: recv("A", branch("A", "Ask", send("A", "Answer"))),
      exits: [
        {
          outcome: "told",
          next: recv(
            "A",
            branch("A", "0:done", end, "0"),
            branch("A", "0:timeout", recv("A", branch("A", "GiveUp", end)), "0"),
          ),
        },
      ],
    },
  };
  it("may end at any moment, and what was on its way is thrown away", () => {
    const found = explore(patient);
    expect(found).toMatchObject({ outcome: "complete", faults: [], unreachable: [] });
    expect(found.progress?.every(({ ok }) => ok)).toBe(true);
  });
  it("leave a fault behind when the other is not told", () => {
    const deaf = { ...patient, B: recv("A", branch("A", "Ask", send("A", "Answer"))) };
    expect(explore(deaf).faults.map(({ kind }) => kind)).toContain("orphan");
  });
  it("written as text, once every part of the front end has them", () => {
    const { verdict, samples } = analyse(source);
    if (verdict !== "sound" || samples === undefined) return;
    expect(explore(samples.at(-1)?.locals ?? {}).faults).toEqual([]);
  });
});
