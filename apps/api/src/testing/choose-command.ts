import type { SeededRandom } from "@parley/db/testing";
import type { NextAction, SessionView } from "@parley/wire/http";
import type { Attempt } from "./check-folder.ts";

/** A loop with a fact, a decision, a payload and an answer in every lap. */
export const loadSource = `module load exposing (Load)
protocol Load =
  roles A, B
  rec Loop
    A { guard_capability : "chat:message:send", flow_cost : 1, journal_facts : "asked" } -> B : Ask
    choice A at
      | More =>
        A -> B : More of load.Order
        B -> A : Done
        continue Loop
      | Stop =>
        A -> B : Stop
`;

/** A command of the load, not yet sent. */
export type Asked = Pick<Attempt, "method" | "path" | "body" | "makes">;

const inputs = (path: string, ...list: readonly unknown[]): Asked => ({
  method: "POST",
  path: `${path}/inputs`,
  body: { inputs: list },
  makes: list.length,
});

const answerTo = (path: string, action: NextAction, random: SeededRandom): Asked => {
  if (action.kind === "advance") return inputs(path, ...Array(1 + random.below(3)).fill({ kind: "advance" }));
  if (action.kind === "timer") return inputs(path, { kind: "clock", at: action.deadline });
  const { seat, endpoint, step } = action;
  if (action.kind === "decide")
    return inputs(path, {
      kind: "decide",
      seat,
      endpoint,
      step,
      label: random.below(12) === 0 ? "Stop" : "More",
    });
  const value = { kind: "opaque", type: "load.Order", json: String(random.below(1_000)) };
  return inputs(path, { kind: "payload", seat, endpoint, step, value });
};

/** What a client does next with its session. */
export const choose = (view: SessionView, random: SeededRandom): Asked => {
  const path = `/api/sessions/${view.id}`;
  const dice = random.below(30);
  const [action] = view.next;
  if (dice === 0 || action === undefined)
    return { method: "POST", path: `${path}/fork`, body: { at: random.below(view.head + 1) }, makes: 1 };
  if (dice < 3)
    return { method: "POST", path: `${path}/run`, body: { until: "end", maxEntries: 40 }, makes: 0 };
  return answerTo(path, action, random);
};
