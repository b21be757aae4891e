import type { TokenAnswer, TokenPort, TokenQuestion } from "./token-port.ts";
import { expiryBucket, type TokenTimes, tokenTimes } from "./token-times.ts";

interface KnownToken {
  readonly times: TokenTimes;
  readonly answers: Map<string, TokenAnswer>;
}

/** How many tokens, and answers of each, are remembered; the oldest go first. */
export interface CacheLimits {
  readonly tokens: number;
  readonly answers: number;
}

const questionKey = (question: TokenQuestion, times: TokenTimes): string => {
  const { capability, authority, context, storage, operation, resourceOperation, at } = question;
  const asked = [capability, authority, context, storage, operation, resourceOperation];
  return JSON.stringify([...asked.map((one) => one ?? null), expiryBucket(times, at)]);
};

const keep = <T>(map: Map<string, T>, key: string, value: T, limit: number): void => {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > limit && oldest !== undefined) map.delete(oldest);
};

/**
 * A token port that remembers answers by token, capability, resource and
 * stretch of time (model §5); an answer depends on nothing else. Whether a
 * token is revoked or presented is asked outside, so a change of the frontier
 * makes no answer stale. Errors are not kept: the next time may be better.
 */
export const cachedTokens = (
  port: TokenPort,
  limits: CacheLimits = { tokens: 1_024, answers: 4_096 },
): TokenPort => {
  const tokens = new Map<string, KnownToken>();

  const known = (bytes: string, root: string): KnownToken | undefined => {
    const id = `${root} ${bytes}`;
    const before = tokens.get(id);
    if (before) return before;
    const seen = port.inspect(bytes, root);
    if (!seen.ok) return undefined;
    const token = { times: tokenTimes(seen.value.blocks), answers: new Map<string, TokenAnswer>() };
    keep(tokens, id, token, limits.tokens);
    return token;
  };

  return {
    issue: (grant, rootKeyName, keys) => port.issue(grant, rootKeyName, keys),
    attenuate: (bytes, root, checks) => port.attenuate(bytes, root, checks),
    inspect: (bytes, root) => port.inspect(bytes, root),
    authorize(bytes, root, question) {
      // What is no time belongs to no stretch of it.
      const token = Number.isSafeInteger(question.at) ? known(bytes, root) : undefined;
      if (!token) return port.authorize(bytes, root, question);
      const key = questionKey(question, token.times);
      const before = token.answers.get(key);
      if (before) return before;
      const answer = port.authorize(bytes, root, question);
      if (answer.kind !== "failed") keep(token.answers, key, answer, limits.answers);
      return answer;
    },
  };
};
