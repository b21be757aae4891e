import type { TokenCheck, TokenScope } from "@parley/wire";
import { capabilityNameError } from "./capability-name.ts";
import { displayId } from "./display-id.ts";
import { parseStoragePath } from "./storage-path.ts";
import type { TokenError, TokenGrant, TokenResult } from "./token-port.ts";
import type { Statement } from "./token-statement.ts";

/** Capabilities one token or one check may list. */
export const CAPABILITY_LIMIT = 1_024;

/** Blocks one token may have, and characters of its base64 text. */
export const TOKEN_BLOCK_LIMIT = 64;
export const TOKEN_BYTES_LIMIT = 65_536;

const bad = (error: TokenError): { readonly ok: false; readonly error: TokenError } => ({ ok: false, error });

/** What is no id: it would not print as one word. */
const idError = (id: string): TokenError | undefined =>
  /^[^\s"\\/\p{Cc}]{1,256}$/u.test(id)
    ? undefined
    : { code: "malformed", detail: "an id is a word of up to 256 characters without quotes or slashes" };

const capabilitiesError = (names: readonly string[]): TokenError | undefined => {
  if (names.length > CAPABILITY_LIMIT) return { code: "limit", limit: "capabilities", max: CAPABILITY_LIMIT };
  const wrong = names.find((name) => capabilityNameError(name) !== undefined);
  return wrong === undefined ? undefined : { code: "unknown-capability", capability: wrong };
};

const scopeStatement = (scope: TokenScope, holder: string): TokenResult<Statement> => {
  switch (scope.kind) {
    case "contexts":
      return { ok: true, value: { template: "scope_authority_contexts({holder})", terms: { holder } } };
    case "context": {
      const error = idError(scope.context);
      if (error) return bad(error);
      const context = displayId("context", scope.context);
      return { ok: true, value: { template: "scope_context({context})", terms: { context } } };
    }
    case "storage": {
      const parsed = parseStoragePath(scope.path);
      if (!parsed.ok) return bad({ code: "malformed", detail: `storage path: ${parsed.error}` });
      return { ok: true, value: { template: "scope_storage_path({path})", terms: { path: parsed.path } } };
    }
    default:
      // What comes from outside may be of no kind we know.
      return bad({ code: "unknown-scope", scope: String((scope as { kind: unknown }).kind) });
  }
};

/**
 * The authority block of a new token (spec/aura-state.md §14): issuer, holder,
 * role, one scope and the granted capabilities, sorted, each once.
 */
export const authorityBlock = (grant: TokenGrant): TokenResult<readonly Statement[]> => {
  const error = idError(grant.issuer) ?? idError(grant.holder) ?? capabilitiesError(grant.capabilities);
  if (error) return bad(error);
  const issuer = displayId("authority", grant.issuer);
  const holder = displayId("authority", grant.holder);
  const scope = scopeStatement(grant.scope, holder);
  if (!scope.ok) return scope;
  const names = [...new Set(grant.capabilities)].sort();
  return {
    ok: true,
    value: [
      { template: "issuer({issuer})", terms: { issuer } },
      { template: "authority({holder})", terms: { holder } },
      { template: "scope_authority({holder})", terms: { holder } },
      { template: 'role("member")', terms: {} },
      scope.value,
      ...names.map((name) => ({ template: "capability({name})", terms: { name } })),
    ],
  };
};

/**
 * The expression that an attenuation's prefix becomes: whole segments only, so
 * `/a` covers `/a/x` and not `/ab`.
 */
export const prefixPattern = (prefix: string): string => {
  const base = prefix.replace(/\/+$/, "");
  return base === "" ? "^/.*$" : `^${base.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(/.*)?$`;
};

const checkStatements = (check: TokenCheck): TokenResult<readonly Statement[]> => {
  switch (check.kind) {
    case "capabilities": {
      const error = capabilitiesError(check.only);
      if (error) return bad(error);
      const only = [...new Set(check.only)].sort();
      const template = "check if required_capability($c), {only}.contains($c)";
      return { ok: true, value: [{ template, terms: { only } }] };
    }
    case "context": {
      const error = idError(check.context);
      if (error) return bad(error);
      const context = displayId("context", check.context);
      return { ok: true, value: [{ template: "check if context_id({context})", terms: { context } }] };
    }
    case "expires":
      if (!Number.isSafeInteger(check.at) || check.at < 0) return bad({ code: "time-required" });
      return {
        ok: true,
        value: [{ template: "check if time_ms($t), $t < {at}", terms: { at: check.at } }],
      };
    case "operation": {
      const { operation, prefix } = check;
      if (operation !== "read" && operation !== "write")
        return bad({ code: "unknown-operation", operation: String(operation) });
      if (!prefix.startsWith("/") || /["\p{Cc}]/u.test(prefix) || prefix.length > 1_024)
        return bad({ code: "malformed", detail: "a prefix is a path that starts with a slash" });
      const pattern = prefixPattern(prefix);
      return {
        ok: true,
        value: [
          { template: "check if operation({operation})", terms: { operation } },
          { template: "check if resource($r), $r.matches({pattern})", terms: { pattern } },
        ],
      };
    }
    default:
      return bad({ code: "unknown-check", check: String((check as { kind: unknown }).kind) });
  }
};

/** The block an attenuation appends: its checks in the order given. An empty list is refused. */
export const attenuationBlock = (checks: readonly TokenCheck[]): TokenResult<readonly Statement[]> => {
  if (checks.length === 0 || checks.length > 64)
    return bad({ code: "malformed", detail: "an attenuation has 1 to 64 checks" });
  const block: Statement[] = [];
  for (const check of checks) {
    const statements = checkStatements(check);
    if (!statements.ok) return statements;
    block.push(...statements.value);
  }
  return { ok: true, value: block };
};
