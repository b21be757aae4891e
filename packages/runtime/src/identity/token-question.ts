import { capabilityNameError } from "./capability-name.ts";
import { displayId } from "./display-id.ts";
import { parseResourceScope, type ResourceScope, resourceText } from "./resource-scope.ts";
import type { TokenAnswer, TokenError, TokenQuestion, TokenResult } from "./token-port.ts";
import { type Statement, statementText } from "./token-statement.ts";

/** What an authorizer adds to a token before it decides. */
export interface TokenRequest {
  readonly ambient: readonly Statement[];
  /** Tried in order; the first that holds allows. */
  readonly policies: readonly Statement[];
  readonly resource: ResourceScope;
}

const bad = (error: TokenError): { readonly ok: false; readonly error: TokenError } => ({ ok: false, error });

const resourceOf = (question: TokenQuestion): TokenResult<ResourceScope> => {
  const { context, storage, resourceOperation: operation } = question;
  if (context !== undefined && storage !== undefined)
    return bad({ code: "unknown-scope", scope: "a context and a storage path at once" });
  const split = [question.authority, context ?? ""].find((id) => id.includes("/"));
  if (split !== undefined) return bad({ code: "unknown-scope", scope: split });
  const authority = displayId("authority", question.authority);
  const text =
    context !== undefined
      ? `/context/${displayId("context", context)}/${operation ?? "update_params"}`
      : storage !== undefined
        ? `/storage/${authority}/${storage}`
        : `/authority/${authority}/${operation ?? "update_tree"}`;
  const parsed = parseResourceScope(text);
  if (parsed.ok) return { ok: true, value: parsed.scope };
  return parsed.error === "InvalidOperation"
    ? bad({ code: "unknown-operation", operation: operation ?? "" })
    : bad({ code: "unknown-scope", scope: `${text}: ${parsed.error}` });
};

const resourceFacts = (resource: ResourceScope): readonly Statement[] => {
  const type: Statement = { template: "resource_type({kind})", terms: { kind: resource.kind } };
  switch (resource.kind) {
    case "authority":
      return [
        type,
        { template: "authority_id({id})", terms: { id: resource.authority } },
        { template: "authority_operation({op})", terms: { op: resource.operation } },
      ];
    case "context":
      return [
        type,
        { template: "context_id({id})", terms: { id: resource.context } },
        { template: "context_operation({op})", terms: { op: resource.operation } },
      ];
    case "storage":
      return [
        type,
        { template: "authority_id({id})", terms: { id: resource.authority } },
        { template: "storage_path({path})", terms: { path: resource.path } },
      ];
  }
};

/** What the policies of one kind of resource ask beside the capability. */
const demands = (resource: ResourceScope, local: string): readonly Statement[] => {
  switch (resource.kind) {
    case "authority":
      return [{ template: "scope_authority({a}), authority_id({a})", terms: { a: resource.authority } }];
    case "context":
      return [
        { template: "scope_context({c}), context_id({c})", terms: { c: resource.context } },
        {
          template: "scope_authority_contexts({local}), authority({local}), context_id({c})",
          terms: { local, c: resource.context },
        },
      ];
    case "storage":
      return [
        {
          template:
            "scope_authority({a}), authority_id({a}), scope_storage_path({path}), storage_path({path})",
          terms: { a: resource.authority, path: resource.path },
        },
      ];
  }
};

const roles = ["member", "moderator"] as const;

const policiesOf = (k: string, resource: ResourceScope, local: string): readonly Statement[] =>
  demands(resource, local).flatMap(({ template, terms }) => {
    const plain = { template: `allow if capability({k}), ${template}`, terms: { k, ...terms } };
    if (k !== "admin") return [plain];
    return roles.map((role) => ({
      template: `${plain.template}, role({role})`,
      terms: { ...plain.terms, role },
    }));
  });

/**
 * The ambient facts and the allow policies of a question, as spec/aura-state.md
 * §14 has them; `required_capability` and `time_ms` are our own, for the checks
 * of `TokenCheck`. Everything it does not know is an error.
 */
export const tokenRequest = (question: TokenQuestion): TokenResult<TokenRequest> => {
  const { capability, at, operation = capability } = question;
  if (capabilityNameError(capability)) return bad({ code: "unknown-capability", capability });
  if (capabilityNameError(operation)) return bad({ code: "unknown-operation", operation });
  if (!Number.isSafeInteger(at) || at < 0) return bad({ code: "time-required" });
  const resource = resourceOf(question);
  if (!resource.ok) return resource;
  const local = displayId("authority", question.authority);
  const ambient: readonly Statement[] = [
    { template: "operation({operation})", terms: { operation } },
    { template: "authority({local})", terms: { local } },
    { template: "time({seconds})", terms: { seconds: Math.floor(at / 1000) } },
    { template: "time_ms({at})", terms: { at } },
    { template: "required_capability({capability})", terms: { capability } },
    { template: "resource({resource})", terms: { resource: resourceText(resource.value) } },
    ...resourceFacts(resource.value),
  ];
  const policies = policiesOf(capability, resource.value, local);
  return { ok: true, value: { ambient, policies, resource: resource.value } };
};

/** The answer when the policy at `index` held. */
export const allowedBy = (request: TokenRequest, index: number): TokenAnswer => {
  const policy = request.policies[index];
  if (policy === undefined)
    return { kind: "failed", error: { code: "malformed", detail: `no policy ${index}` } };
  return { kind: "allowed", policy: statementText(policy) };
};

/** The answer when a check failed: the first of the earliest block. */
export const refusedByCheck = (block: number, check: string): TokenAnswer => ({
  kind: "refused",
  why: `block ${block} of the token forbids it: ${check}`,
  block,
  check,
});

/** The answer when every check held and no policy did; the authority block falls short. */
export const refusedByGrant = (
  question: TokenQuestion,
  request: TokenRequest,
  authorityBlock: string,
): TokenAnswer => {
  const { capability } = question;
  const granted = authorityBlock.split("\n").includes(`capability("${capability}");`);
  const where = resourceText(request.resource);
  const why = granted
    ? `the token grants ${capability}, but its scope does not cover ${where}`
    : `the token does not grant ${capability}`;
  return { kind: "refused", why, block: 0 };
};
