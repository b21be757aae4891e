import { ed25519 } from "@noble/curves/ed25519.js";
import { blake3 } from "@noble/hashes/blake3.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { decodeCanonical, encodeCanonical, type TokenCheck } from "@parley/wire";
import { fromBase64Url, toBase64Url } from "../identity/base64-url.ts";
import {
  attenuationBlock,
  authorityBlock,
  TOKEN_BLOCK_LIMIT,
  TOKEN_BYTES_LIMIT,
} from "../identity/token-blocks.ts";
import type {
  IssuedToken,
  TokenAnswer,
  TokenError,
  TokenGrant,
  TokenPort,
  TokenQuestion,
  TokenResult,
} from "../identity/token-port.ts";
import {
  allowedBy,
  refusedByCheck,
  refusedByGrant,
  type TokenRequest,
  tokenRequest,
} from "../identity/token-question.ts";
import { blockText, type Statement, statementText, type Term } from "../identity/token-statement.ts";
import { verify } from "../identity/verify-signature.ts";

/** What a block says, and the key that signs the next one. */
interface Content {
  readonly grant?: TokenGrant;
  readonly checks?: readonly TokenCheck[];
  readonly serial: number;
  readonly next: string;
}

interface SignedBlock {
  readonly content: Uint8Array;
  readonly signature: Uint8Array;
}

interface Token {
  readonly v: 1;
  readonly blocks: readonly SignedBlock[];
  /** The seed of the last `next`: whoever holds the token may attenuate it. */
  readonly proof: Uint8Array;
}

interface Opened {
  readonly token: Token;
  readonly statements: readonly (readonly Statement[])[];
}

const bad = (error: TokenError): { readonly ok: false; readonly error: TokenError } => ({ ok: false, error });
const malformed = (detail: string) => bad({ code: "malformed", detail });

const signed = (content: Uint8Array): Uint8Array => concatBytes(utf8ToBytes("parley.plain-token/1"), content);

const issued = (token: Token): TokenResult<IssuedToken> => ({
  ok: true,
  value: {
    bytes: toBase64Url(encodeCanonical(token)),
    revocationIds: token.blocks.map(({ signature }) => bytesToHex(signature)),
  },
});

const parseToken = (bytes: string): TokenResult<Token> => {
  if (bytes.length > TOKEN_BYTES_LIMIT) return bad({ code: "limit", limit: "bytes", max: TOKEN_BYTES_LIMIT });
  const raw = fromBase64Url(bytes);
  if (raw === undefined) return malformed("not URL-safe base64");
  try {
    const token = decodeCanonical(raw) as Token;
    if (token.v !== 1) return bad({ code: "unknown-version", version: Number(token.v) });
    const whole =
      Array.isArray(token.blocks) &&
      token.blocks.length > 0 &&
      token.proof instanceof Uint8Array &&
      token.proof.length === 32;
    return whole ? { ok: true, value: token } : malformed("not a token");
  } catch {
    return malformed("not a token");
  }
};

const readBlock = (
  bytes: Uint8Array,
  first: boolean,
): TokenResult<readonly [Content, readonly Statement[]]> => {
  const content = decodeCanonical(bytes) as Content;
  const block =
    first && content.grant
      ? authorityBlock(content.grant)
      : !first && content.checks
        ? attenuationBlock(content.checks)
        : malformed("a block of the wrong kind");
  return block.ok ? { ok: true, value: [content, block.value] } : block;
};

/** Verifies every signature of the chain; a block that is altered breaks it. */
const open = (bytes: string, root: string): TokenResult<Opened> => {
  const parsed = parseToken(bytes);
  if (!parsed.ok) return parsed;
  const token = parsed.value;
  const statements: (readonly Statement[])[] = [];
  let key = root;
  try {
    for (const [index, { content, signature }] of token.blocks.entries()) {
      if (!verify(key, signed(content), signature)) return bad({ code: "foreign-root", root });
      const block = readBlock(content, index === 0);
      if (!block.ok) return block;
      statements.push(block.value[1]);
      key = block.value[0].next;
    }
    if (bytesToHex(ed25519.getPublicKey(token.proof)) !== key) return bad({ code: "foreign-root", root });
  } catch {
    return malformed("not a token");
  }
  return { ok: true, value: { token, statements } };
};

const has = (facts: readonly Statement[], predicate: string): Term | undefined =>
  facts
    .map((fact) => (fact.template.startsWith(`${predicate}(`) ? Object.values(fact.terms)[0] : undefined))
    .find((term) => term !== undefined);

/** Whether one check holds; only the forms that `attenuationBlock` makes exist. */
const holds = ({ terms }: Statement, facts: readonly Statement[]): boolean => {
  const [[hole, term] = ["", ""]] = Object.entries(terms);
  switch (hole) {
    case "only":
      return Array.isArray(term) && term.includes(has(facts, "required_capability"));
    case "context":
      return has(facts, "context_id") === term;
    case "at":
      return Number(has(facts, "time_ms")) < Number(term);
    case "operation":
      return has(facts, "operation") === term;
    case "pattern":
      return new RegExp(String(term), "u").test(String(has(facts, "resource")));
    default:
      return false;
  }
};

const allows = (policy: Statement, known: ReadonlySet<string>): boolean =>
  statementText(policy)
    .slice("allow if ".length)
    .split(", ")
    .every((fact) => known.has(fact));

const decide = (opened: Opened, question: TokenQuestion, request: TokenRequest): TokenAnswer => {
  for (const [block, statements] of opened.statements.entries()) {
    const failed = block === 0 ? undefined : statements.find((one) => !holds(one, request.ambient));
    if (failed) return refusedByCheck(block, statementText(failed));
  }
  const granted = opened.statements[0] ?? [];
  const known = new Set([...granted, ...request.ambient].map(statementText));
  const index = request.policies.findIndex((policy) => allows(policy, known));
  return index < 0 ? refusedByGrant(question, request, blockText(granted)) : allowedBy(request, index);
};

/**
 * Tokens without Biscuit, for tests and the browser: canonical CBOR blocks
 * chained by Ed25519 keys, with the answers the Biscuit port gives. Each token
 * has a number of its own, which goes on from `issuedBefore`.
 */
export const plainTokens = (issuedBefore = 0): TokenPort => {
  let serial = issuedBefore;
  return {
    issue(grant, rootKeyName, keys) {
      const block = authorityBlock(grant);
      if (!block.ok) return block;
      if (keys.publicKey(rootKeyName) === undefined) return bad({ code: "unknown-key", name: rootKeyName });
      serial += 1;
      const draft = encodeCanonical({ ...grant, serial });
      // A signature that is never shown is a seed only the signer can know.
      const proof = blake3(
        keys.sign(rootKeyName, concatBytes(utf8ToBytes("parley.plain-token.next/1"), draft)),
      );
      const content = encodeCanonical({ grant, serial, next: bytesToHex(ed25519.getPublicKey(proof)) });
      const signature = keys.sign(rootKeyName, signed(content));
      return issued({ v: 1, blocks: [{ content, signature }], proof });
    },
    attenuate(bytes, root, checks) {
      const opened = open(bytes, root);
      if (!opened.ok) return opened;
      const block = attenuationBlock(checks);
      if (!block.ok) return block;
      serial += 1;
      const { token } = opened.value;
      if (token.blocks.length >= TOKEN_BLOCK_LIMIT)
        return bad({ code: "limit", limit: "blocks", max: TOKEN_BLOCK_LIMIT });
      const proof = blake3(concatBytes(token.proof, encodeCanonical({ checks, serial })));
      const content = encodeCanonical({ checks, serial, next: bytesToHex(ed25519.getPublicKey(proof)) });
      const signature = ed25519.sign(signed(content), token.proof);
      return issued({ v: 1, blocks: [...token.blocks, { content, signature }], proof });
    },
    inspect(bytes, root) {
      const opened = open(bytes, root);
      if (!opened.ok) return opened;
      const { token, statements } = opened.value;
      return {
        ok: true,
        value: {
          blocks: statements.map(blockText),
          revocationIds: token.blocks.map(({ signature }) => bytesToHex(signature)),
          depth: token.blocks.length - 1,
        },
      };
    },
    authorize(bytes, root, question) {
      const request = tokenRequest(question);
      if (!request.ok) return { kind: "failed", error: request.error };
      const opened = open(bytes, root);
      if (!opened.ok) return { kind: "failed", error: opened.error };
      return decide(opened.value, question, request.value);
    },
  };
};
