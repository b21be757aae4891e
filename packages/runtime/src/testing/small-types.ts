import type { LocalBranch, LocalType, PayloadType } from "@parley/core";
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
