import { analyse, bind, projectAll } from "@parley/core";
import type { SessionInput, SessionPin } from "@parley/wire";
import { expect, test } from "vitest";
import type { GuardChain } from "../../guards/guard-chain.ts";
import { compileImage, encodeImage, imageId } from "../../machine/code/image.ts";
import { SEMANTICS } from "../../machine/semantics.ts";
import { shopSource } from "../../testing/sample-sources.ts";
import { applyInput } from "./apply-input.ts";
import { checkEntry, foldEntry } from "./fold-entry.ts";
import { liveGather } from "./gather.ts";
import { cloneSession, openSession } from "./open-session.ts";
import { sessionEntry } from "./session-entry.ts";
import { rehash } from "./state-hash.ts";

const guards = (allow: boolean): GuardChain => ({
  evaluate: ({ at }) => [
    { guard: "capability", allow, subject: "chat:message:send", reason: "no token", read: { token: at } },
  ],
});

const open = () => {
  const { kernel } = analyse(shopSource);
  const bound = kernel && bind(kernel, { families: {}, names: {} });
  if (bound?.ok !== true) throw new Error("does not bind");
  const { locals } = projectAll(bound.protocol);
  const image = compileImage({ version: "0".repeat(64), locals: new Map(Object.entries(locals)) });
  const pin: SessionPin = {
    kind: "open",
    stream: "s",
    title: "t",
    semantics: SEMANTICS,
    protocol: "p",
    version: image.version,
    image: imageId(image),
    imageBytes: encodeImage(image),
    families: {},
    names: {},
    seats: [],
    policy: "aura.vm.prod.default",
    decisions: "ask",
    config: {},
    seed: "1",
    clock: "manual",
    drive: "manual",
  };
  const { state } = openSession(pin, image, 1_000, liveGather(guards(true)));
  rehash(state);
  return state;
};

const advance: SessionInput = { kind: "advance" };

test("a denied send changes no protocol state, charges nothing and says which guard denied", () => {
  const state = open();
  const before = state.protocolHash;
  const applied = applyInput(state, advance, state.at, liveGather(guards(false)));
  rehash(state);
  expect(state.protocolHash).toBe(before);
  expect(applied.facts).toEqual([]);
  expect(applied.events).toMatchObject([{ kind: "blocked", role: "Buyer", reason: { kind: "denied" } }]);
  expect(applied.reads).toMatchObject([
    { kind: "guard", verdicts: [{ allow: false, read: { token: 1_000 } }] },
  ]);
});

test.each([true, false])("a recorded verdict (allow: %s) is taken, never asked for again", (allow) => {
  const live = open();
  const copy = cloneSession(live);
  const applied = applyInput(live, advance, live.at, liveGather(guards(allow)));
  const effects = applied.facts.map((_, seq) => ({ stream: "ctx:s", seq }));
  const recorded = sessionEntry(live, advance, applied, {
    actor: { kind: "operator", id: "operator" },
    key: undefined,
    effects,
  });
  const folded = foldEntry(copy, recorded);
  if (!folded.ok) throw new Error(folded.why);
  expect(checkEntry(folded.state, folded.applied, recorded)).toEqual([]);
  expect(folded.state.stateHash).toBe(live.stateHash);
});

test("a recorded entry that was changed is found, by what differs", () => {
  const live = open();
  const copies = [cloneSession(live), cloneSession(live), cloneSession(live)];
  const applied = applyInput(live, advance, live.at, liveGather(guards(true)));
  const { entry, hash } = sessionEntry(live, advance, applied, {
    actor: { kind: "operator", id: "operator" },
    key: undefined,
    effects: [{ stream: "ctx:s", seq: 1 }],
  });
  const changed = [
    { ...entry, events: entry.events.slice(1) },
    { ...entry, effects: [] },
    { ...entry, stateHash: entry.protocolHash },
  ];
  const found = changed.map((one, i) => {
    const folded = foldEntry(copies[i], { entry: one, hash });
    return folded.ok
      ? checkEntry(folded.state, folded.applied, { entry: one, hash }).map(({ what }) => what)
      : [];
  });
  expect(found).toEqual([["events"], ["effects"], ["stateHash"]]);
});
