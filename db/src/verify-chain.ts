import type { LogStore } from "@parley/runtime/host";
import { chainHash, type Hash } from "@parley/wire";

/** A chain that holds, with its length and head; or the first entry at which it does not. */
export type ChainVerdict =
  | { readonly ok: true; readonly entries: number; readonly hash: Hash | "" }
  | { readonly ok: false; readonly seq: number; readonly why: "hash" | "seq" };

const PAGE = 500;

/** Recomputes the hash of every entry of a stream from its bytes and the hash before it (model §1.3). */
export const verifyChain = async (store: Pick<LogStore, "read">, stream: string): Promise<ChainVerdict> => {
  let hash: Hash | "" = "";
  let next = 0;
  for (;;) {
    const page = await store.read(stream, next, PAGE);
    for (const stored of page) {
      if (stored.entry.seq !== next) return { ok: false, seq: next, why: "seq" };
      hash = chainHash(hash, stored.bytes);
      if (hash !== stored.hash) return { ok: false, seq: next, why: "hash" };
      next += 1;
    }
    if (page.length < PAGE) return { ok: true, entries: next, hash };
  }
};
