/** Small entries and views for the tests of this folder. */
import type { EntryJson, SessionView } from "@parley/wire/http";

const HASH = "0".repeat(64);

type Event = EntryJson["events"][number];

export const entry = (
  seq: number,
  events: readonly Event[] = [],
  input: EntryJson["input"] = { kind: "advance" },
): EntryJson => ({
  seq,
  at: 0,
  commit: seq,
  hash: HASH,
  actor: { kind: "operator", id: "operator" },
  input,
  reads: [],
  events: [...events],
  effects: [],
  protocolHash: HASH,
  stateHash: HASH,
});

const message =
  (kind: "sent" | "received") =>
  (from: string, to: string, seq: number, label: string, edgeId: string): Event => ({
    kind,
    tick: 1,
    edge: { sid: 0, from, to },
    seq,
    label,
    payload: { kind: "unit" },
    edgeId,
  });

export const sent = message("sent");
export const received = message("received");

type Endpoint = SessionView["roles"][number]["endpoints"][number];

interface RoleShape {
  readonly role: string;
  readonly endpoints: readonly Partial<Endpoint>[];
}

const endpoint = (part: Partial<Endpoint>, coroutine: number): Endpoint => ({
  coroutine,
  endpoint: "",
  status: "ready",
  wait: null,
  fault: null,
  pc: 0,
  step: 0,
  registers: [],
  type: "end",
  possible: [],
  ...part,
});

export const view = ({
  roles = [],
  ...rest
}: Partial<Omit<SessionView, "roles">> & { readonly roles?: readonly RoleShape[] }): SessionView => ({
  id: "s",
  title: "A session",
  protocol: { id: "p", name: "P" },
  version: HASH,
  status: "active",
  head: 0,
  parent: null,
  createdAt: 0,
  updatedAt: 0,
  at: 0,
  clock: "real",
  clockAt: 0,
  tick: 0,
  readOnly: null,
  semantics: 1,
  image: HASH,
  source: "",
  imports: [],
  families: {},
  names: {},
  policy: "aura.vm.prod.default",
  decisions: "ask",
  drive: "manual",
  roles: roles.map(({ role, endpoints }, index) => ({
    role,
    family: null,
    seat: null,
    paused: false,
    endpoints: endpoints.map((part) => endpoint(part, index)),
  })),
  edges: [],
  next: [],
  summary: "",
  waiting: false,
  protocolHash: HASH,
  stateHash: HASH,
  branches: [],
  run: null,
  ...rest,
});
