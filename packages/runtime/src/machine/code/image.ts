import type { LocalType, PayloadType } from "@parley/core";
import { decodeCanonical, encodeCanonical, type Hash, hashDomain } from "@parley/wire";
import { SEMANTICS } from "../semantics.ts";
import { compile } from "./compile.ts";
import type { Program } from "./program.ts";
import { compareRoles } from "./role-order.ts";
import type { ValueType } from "./value-type.ts";

/** The version of the image encoding; an unknown one is refused. */
export const IMAGE_VERSION = 1;

/** What a session runs: one program per role, with everything the machine and the studio show of it. */
export interface CodeImage {
  readonly v: typeof IMAGE_VERSION;
  readonly semantics: number;
  /** The protocol version it was compiled from. */
  readonly version: Hash;
  /** Family sizes and numbers bound at open. */
  readonly bindings: { readonly [name: string]: number };
  /** In UTF-8 byte order; everything else refers to roles by this index. */
  readonly roles: readonly string[];
  readonly programs: readonly Program[];
  /** Directed edges as role indices, by (sender, receiver): one buffer each. */
  readonly edges: readonly (readonly [number, number])[];
}

export interface ImageSource {
  readonly version: Hash;
  readonly bindings?: { readonly [name: string]: number };
  readonly locals: ReadonlyMap<string, LocalType>;
  readonly valueType?: (payload: PayloadType) => ValueType;
}

/** Pairs of roles that some type sends or receives along; only between two different roles of the image. */
const protocolEdges = (
  roles: readonly string[],
  programs: readonly Program[],
): (readonly [number, number])[] => {
  const index = new Map(roles.map((role, i) => [role, i]));
  const keys = new Set<number>();
  programs.forEach((program, self) => {
    for (const state of program.states) {
      if (state.kind !== "send" && state.kind !== "recv") continue;
      for (const branch of state.branches) {
        const peer = index.get(branch.peer);
        if (peer === undefined || peer === self) continue;
        keys.add(state.kind === "send" ? self * roles.length + peer : peer * roles.length + self);
      }
    }
  });
  return [...keys]
    .sort((a, b) => a - b)
    .map((key) => [Math.floor(key / roles.length), key % roles.length] as const);
};

/** An image from programs that exist already; `compileImage` is the usual way in. */
export const imageOf = (
  source: Pick<ImageSource, "version" | "bindings">,
  programs: ReadonlyMap<string, Program>,
): CodeImage => {
  const roles = [...programs.keys()].sort(compareRoles);
  const ordered = roles.map((role) => programs.get(role) as Program);
  return {
    v: IMAGE_VERSION,
    semantics: SEMANTICS,
    version: source.version,
    bindings: source.bindings ?? {},
    roles,
    programs: ordered,
    edges: protocolEdges(roles, ordered),
  };
};

/** Compiles every role of a bound protocol. */
export const compileImage = (source: ImageSource): CodeImage => {
  const programs = new Map<string, Program>();
  for (const [role, type] of source.locals) programs.set(role, compile(type, source.valueType));
  return imageOf(source, programs);
};

/** Canonical bytes; entry 0 of a session carries them (model §1.4). */
export const encodeImage = (image: CodeImage): Uint8Array => encodeCanonical(image);

export type ImageError =
  | { readonly kind: "unknown-version"; readonly version: unknown }
  | { readonly kind: "unknown-semantics"; readonly semantics: unknown }
  | { readonly kind: "malformed"; readonly reason: string };

/** Reads an image; one of another version or of other semantics is refused, never guessed at. */
export const decodeImage = (
  bytes: Uint8Array,
): { readonly ok: true; readonly image: CodeImage } | { readonly ok: false; readonly error: ImageError } => {
  let value: unknown;
  try {
    value = decodeCanonical(bytes);
  } catch (cause) {
    return { ok: false, error: { kind: "malformed", reason: String(cause) } };
  }
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return { ok: false, error: { kind: "malformed", reason: "not a map" } };
  const image = value as CodeImage;
  if (image.v !== IMAGE_VERSION)
    return { ok: false, error: { kind: "unknown-version", version: (value as { v?: unknown }).v } };
  if (image.semantics !== SEMANTICS)
    return { ok: false, error: { kind: "unknown-semantics", semantics: image.semantics } };
  return { ok: true, image };
};

const ids = new WeakMap<CodeImage, Hash>();

/** Hash of version, bindings, compiler semantics and code (model §3, Ids). */
export const imageId = (image: CodeImage): Hash => {
  const known = ids.get(image);
  if (known !== undefined) return known;
  const id = hashDomain("parley.image/1", encodeImage(image));
  ids.set(image, id);
  return id;
};
