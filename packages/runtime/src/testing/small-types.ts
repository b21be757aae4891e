import type { Deed, LocalBranch, LocalType, PayloadType, ScopeOutcome } from "@parley/core";
import { type CodeImage, compileImage } from "../machine/code/image.ts";

/** Short ways to write local types in tests. */
export const end: LocalType = { kind: "end" };
export const back = (name: string): LocalType => ({ kind: "var", name });
export const loop = (name: string, body: LocalType): LocalType => ({ kind: "mu", var: name, body });
export const par = (arms: readonly LocalType[], next: LocalType = end): LocalType => ({
  kind: "par",
  arms,
  next,
});

const none: PayloadType = { text: "", sort: "Unit" };

export interface Way {
  readonly to?: string;
  readonly payload?: PayloadType;
  readonly control?: string;
  readonly next?: LocalType;
}

const branch = (peer: string, label: string, way: Way): LocalBranch => ({
  peer: way.to ?? peer,
  label,
  payload: way.payload ?? none,
  annotations: [],
  ...(way.control === undefined ? {} : { control: way.control }),
  edge: `${label}!`,
  span: { start: 0, end: 0 },
  next: way.next ?? end,
});

/** `send("B", { yes: {}, no: { next } })`; a way may name its own receiver. */
export const send = (peer: string, ways: { readonly [label: string]: Way }): LocalType => ({
  kind: "send",
  branches: Object.entries(ways).map(([label, way]) => branch(peer, label, way)),
});

export const recv = (from: string, ways: { readonly [label: string]: Way }): LocalType => ({
  kind: "recv",
  from,
  branches: Object.entries(ways).map(([label, way]) => branch(from, label, way)),
});

export const imageOfTypes = (locals: { readonly [role: string]: LocalType }): CodeImage =>
  compileImage({ version: "", locals: new Map(Object.entries(locals)) });

const nowhere = { start: 0, end: 0 };

/** The role does something by itself. */
export const act = (deed: Deed, next: LocalType = end): LocalType => ({
  kind: "perform",
  deed,
  edge: `${deed.kind}!`,
  span: nowhere,
  next,
});

/** Asks the world; the answer is bound to `binds`. */
export const ask = (what: string, result: PayloadType, binds: string, next: LocalType = end): LocalType =>
  act({ kind: "ask", how: "check", mode: "authoritative", what, args: [], result, binds }, next);

/** A decision nobody is told of. */
export const cases = (
  scope: string,
  ways: { readonly [outcome: string]: LocalType },
  subject?: string,
): LocalType => ({
  kind: "decide",
  scope,
  ...(subject === undefined ? {} : { subject }),
  span: nowhere,
  branches: Object.entries(ways).map(([outcome, next]) => ({ outcome, next })),
});

/** How each exit of a scope goes on. */
export type Exits = { readonly [outcome in ScopeOutcome]?: LocalType };

/** The owner's part of a timeout scope; each exit starts with the frames that tell `told`. */
export const timeout = (
  scope: string,
  millis: number,
  told: readonly string[],
  body: LocalType,
  exits: Exits,
): LocalType => ({
  kind: "scope",
  scope,
  owner: "",
  millis,
  body,
  span: nowhere,
  exits: (["done", "timeout", "cancel"] as const).flatMap((outcome) => {
    const next = exits[outcome];
    if (next === undefined) return [];
    const tell = (role: string, rest: LocalType): LocalType =>
      send(role, { [`${scope}:${outcome}`]: { control: scope, next: rest } });
    return [{ outcome, next: told.reduceRight((rest, role) => tell(role, rest), next) }];
  }),
});

/** A told role's part. */
export const within = (scope: string, owner: string, body: LocalType, exits: Exits): LocalType => ({
  kind: "scope",
  scope,
  owner,
  body,
  span: nowhere,
  exits: [
    {
      outcome: "told",
      next: recv(
        owner,
        Object.fromEntries(
          Object.entries(exits).map(([outcome, next]) => [
            `${scope}:${outcome}`,
            { control: scope, ...(next === undefined ? {} : { next }) },
          ]),
        ),
      ),
    },
  ],
});
