import type { AuthorizerBuilder, Biscuit, BiscuitBuilder, BlockBuilder } from "@biscuit-auth/biscuit-wasm";
import {
  allowedBy,
  attenuationBlock,
  authorityBlock,
  cachedTokens,
  type IssuedToken,
  refusedByCheck,
  refusedByGrant,
  type Statement,
  type Term,
  TOKEN_BLOCK_LIMIT,
  type TokenAnswer,
  type TokenError,
  type TokenPort,
  type TokenQuestion,
  type TokenRequest,
  type TokenResult,
  tokenRequest,
} from "@parley/runtime/identity";
import { type BiscuitLimits, readBiscuitFailure } from "./biscuit-error.ts";
import { type BiscuitModule, type LoadedBiscuit, loadBiscuitModule } from "./biscuit-module.ts";
import { type ParsedBiscuits, parsedBiscuits } from "./parsed-biscuits.ts";

/**
 * 50 ms (model §5). Facts and iterations that rules may take are the library's
 * own and cannot be set from outside it; they are narrower than the 10,000 and
 * 1,000 of spec/aura-state.md §14, and concern blocks of others alone, as ours
 * hold no rules.
 */
export const biscuitLimits: BiscuitLimits = { facts: 1_000, iterations: 100, ms: 50 };

const bad = (error: TokenError): { readonly ok: false; readonly error: TokenError } => ({ ok: false, error });

/** Statements are parsed together: a call each costs more than the parsing. */
const write = (
  builder: BiscuitBuilder | BlockBuilder | AuthorizerBuilder,
  statements: readonly Statement[],
): void => {
  const terms: Record<string, Term> = {};
  const code = statements.map((statement, index) => {
    for (const [hole, term] of Object.entries(statement.terms)) terms[`${hole}_${index}`] = term;
    return `${statement.template.replaceAll(/\{(\w+)\}/g, `{$1_${index}}`)};`;
  });
  builder.addCodeWithParameters(code.join("\n"), terms, {});
};

const revocationIds = (token: Biscuit): readonly string[] => token.getRevocationIdentifiers().map(String);

const issued = (token: Biscuit): TokenResult<IssuedToken> => ({
  ok: true,
  value: { bytes: token.toBase64(), revocationIds: revocationIds(token) },
});

class BiscuitTokens implements TokenPort {
  readonly #loaded: LoadedBiscuit;
  readonly #library: BiscuitModule;
  readonly #limits: BiscuitLimits;
  readonly #parsed: ParsedBiscuits;

  constructor(loaded: LoadedBiscuit, limits: BiscuitLimits) {
    this.#loaded = loaded;
    this.#library = loaded.library;
    this.#limits = limits;
    this.#parsed = parsedBiscuits(loaded.library, limits);
  }

  issue(...[grant, rootKeyName, keys]: Parameters<TokenPort["issue"]>): TokenResult<IssuedToken> {
    const block = authorityBlock(grant);
    if (!block.ok) return block;
    const secret = keys.exportKey(rootKeyName, { kind: "KeyWrapping", boundary: "biscuit builder" });
    if (!secret) return bad({ code: "unknown-key", name: rootKeyName });
    const { Biscuit, PrivateKey, SignatureAlgorithm } = this.#library;
    const seed = secret.expose({ kind: "KeyWrapping", boundary: "biscuit builder" });
    using key = PrivateKey.fromBytes(seed, SignatureAlgorithm.Ed25519);
    seed.fill(0);
    secret.destroy();
    const builder = Biscuit.builder();
    write(builder, block.value);
    using token = builder.build(key);
    return issued(token);
  }

  attenuate(...[bytes, root, checks]: Parameters<TokenPort["attenuate"]>): TokenResult<IssuedToken> {
    const opened = this.#parsed.open(bytes, root);
    if (!opened.ok) return opened;
    const block = attenuationBlock(checks);
    if (!block.ok) return block;
    if (opened.token.countBlocks() >= TOKEN_BLOCK_LIMIT)
      return bad({ code: "limit", limit: "blocks", max: TOKEN_BLOCK_LIMIT });
    using builder = this.#library.Biscuit.block_builder();
    write(builder, block.value);
    try {
      using token = opened.token.appendBlock(builder);
      return issued(token);
    } catch {
      return bad({ code: "malformed", detail: "the token takes no further block" });
    }
  }

  inspect(...[bytes, root]: Parameters<TokenPort["inspect"]>): ReturnType<TokenPort["inspect"]> {
    const opened = this.#parsed.open(bytes, root);
    if (!opened.ok) return opened;
    const { token } = opened;
    const count = token.countBlocks();
    const blocks = Array.from({ length: count }, (_, index) => token.getBlockSource(index));
    return { ok: true, value: { blocks, revocationIds: revocationIds(token), depth: count - 1 } };
  }

  authorize(...[bytes, root, question]: Parameters<TokenPort["authorize"]>): TokenAnswer {
    const request = tokenRequest(question);
    if (!request.ok) return { kind: "failed", error: request.error };
    const opened = this.#parsed.open(bytes, root);
    if (!opened.ok) return { kind: "failed", error: opened.error };
    try {
      return allowedBy(request.value, this.#decide(opened.token, request.value));
    } catch (thrown) {
      return this.#refusal(thrown, opened.token, root, question, request.value);
    }
  }

  /** The index of the policy that allows; throws the library's errors. */
  #decide(token: Biscuit, request: TokenRequest): number {
    const builder = new this.#library.AuthorizerBuilder();
    write(builder, [...request.ambient, ...request.policies]);
    using authorizer = builder.buildAuthenticated(token);
    const { facts, iterations, ms } = this.#limits;
    const limits = { max_facts: facts, max_iterations: iterations, max_time_micro: 1_000 };
    return this.#loaded.within(ms, () => authorizer.authorizeWithLimits(limits));
  }

  #refusal(
    thrown: unknown,
    token: Biscuit,
    root: string,
    question: TokenQuestion,
    request: TokenRequest,
  ): TokenAnswer {
    const failure = readBiscuitFailure(thrown, root, this.#limits);
    if (failure.kind === "error") return { kind: "failed", error: failure.error };
    const [first] = failure.failed;
    return first
      ? refusedByCheck(first.block, first.check)
      : refusedByGrant(question, request, token.getBlockSource(0));
  }
}

/**
 * Real Biscuits, once their WebAssembly is loaded; from then on synchronous.
 * Verification needs the root key alone. Answers are remembered.
 *
 * @param ms one evaluation may take; beyond it the answer is a typed error that
 *   may be asked again, never a denial
 */
export const loadBiscuitTokens = async (ms: number = biscuitLimits.ms): Promise<TokenPort> =>
  cachedTokens(await loadUncachedBiscuitTokens(ms));

/** As `loadBiscuitTokens`, asking the library every time: for measurements. */
export const loadUncachedBiscuitTokens = async (ms: number = biscuitLimits.ms): Promise<TokenPort> =>
  new BiscuitTokens(await loadBiscuitModule(), { ...biscuitLimits, ms });
