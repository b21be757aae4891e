import type { SeededRandom } from "@parley/db/testing";
import type { EntryJson, SessionView } from "@parley/wire/http";
import type { Attempt } from "./check-folder.ts";
import { choose } from "./choose-command.ts";

/** Called after every answer; true once the server has been killed. */
export type Tick = () => boolean;

/** Sends a command and keeps what it was told. Rejects when the server died before it answered. */
export const send = async (url: string, attempt: Attempt): Promise<Record<string, unknown>> => {
  const response = await fetch(`${url}${attempt.path}`, {
    method: attempt.method,
    headers: { "content-type": "application/json", "idempotency-key": attempt.key },
    body: JSON.stringify(attempt.body),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  attempt.status = response.status;
  const entries = (answer.entries ?? []) as readonly EntryJson[];
  attempt.hashes = entries.map(({ hash }) => hash);
  return answer;
};

/**
 * One person at one session: looks, acts on what is possible, goes on with the
 * fork when there is one, until the server dies. Answers the session it was
 * at. Whatever it tried is in `attempts`.
 */
export const client = async (
  url: string,
  session: string,
  tools: {
    readonly random: SeededRandom;
    readonly attempts: Attempt[];
    readonly prefix: string;
    readonly tick: Tick;
  },
): Promise<string> => {
  let id = session;
  try {
    for (let count = 0; ; count += 1) {
      const view = (await (await fetch(`${url}/api/sessions/${id}`)).json()) as SessionView;
      const attempt: Attempt = { key: `${tools.prefix}.${count}`, ...choose(view, tools.random) };
      tools.attempts.push(attempt);
      const answer = await send(url, attempt);
      if (attempt.path.endsWith("/fork") && typeof answer.id === "string") id = answer.id;
      if (tools.tick()) return id;
    }
  } catch {
    return id;
  }
};
