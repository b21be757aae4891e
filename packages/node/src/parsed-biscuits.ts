import type { Biscuit } from "@biscuit-auth/biscuit-wasm";
import {
  fromBase64Url,
  TOKEN_BLOCK_LIMIT,
  TOKEN_BYTES_LIMIT,
  type TokenError,
} from "@parley/runtime/identity";
import { type BiscuitLimits, readBiscuitFailure } from "./biscuit-error.ts";
import type { BiscuitModule } from "./biscuit-module.ts";

/** A token whose signatures were verified, or why there is none. */
export type ParsedBiscuit =
  | { readonly ok: true; readonly token: Biscuit }
  | { readonly ok: false; readonly error: TokenError };

/** Verified tokens that stay parsed. */
export interface ParsedBiscuits {
  /** The token stays valid until the next call. */
  open(bytes: string, root: string): ParsedBiscuit;
}

const kept = 256;

const bad = (error: TokenError): ParsedBiscuit => ({ ok: false, error });

/**
 * Parses and verifies tokens, and keeps the last 256: verifying takes several
 * times as long as deciding. The library's objects live outside the heap, so
 * those that are dropped are freed.
 */
export const parsedBiscuits = (library: BiscuitModule, limits: BiscuitLimits): ParsedBiscuits => {
  const tokens = new Map<string, Biscuit>();

  const parse = (raw: Uint8Array, root: string): ParsedBiscuit => {
    try {
      using key = library.PublicKey.fromString(root, library.SignatureAlgorithm.Ed25519);
      const token = library.Biscuit.fromBytes(raw, key);
      if (token.countBlocks() <= TOKEN_BLOCK_LIMIT) return { ok: true, token };
      token.free();
      return bad({ code: "limit", limit: "blocks", max: TOKEN_BLOCK_LIMIT });
    } catch (thrown) {
      const failure = readBiscuitFailure(thrown, root, limits);
      return bad(failure.kind === "error" ? failure.error : { code: "malformed", detail: "not a Biscuit" });
    }
  };

  return {
    open(bytes, root) {
      const id = `${root} ${bytes}`;
      const known = tokens.get(id);
      if (known) {
        tokens.delete(id);
        tokens.set(id, known);
        return { ok: true, token: known };
      }
      if (bytes.length > TOKEN_BYTES_LIMIT)
        return bad({ code: "limit", limit: "bytes", max: TOKEN_BYTES_LIMIT });
      const raw = fromBase64Url(bytes);
      if (raw === undefined) return bad({ code: "malformed", detail: "not URL-safe base64" });
      if (!/^[0-9a-f]{64}$/.test(root)) return bad({ code: "foreign-root", root });
      const parsed = parse(raw, root);
      if (!parsed.ok) return parsed;
      tokens.set(id, parsed.token);
      const [oldest] = tokens;
      if (tokens.size > kept && oldest) {
        tokens.delete(oldest[0]);
        oldest[1].free();
      }
      return parsed;
    },
  };
};
