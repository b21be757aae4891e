import type { GuardedSend } from "@parley/wire/http";
import type { CapabilityRefusal, Denial } from "../../guards/denial.ts";
import { receiptsOf } from "../../guards/receipt-batch.ts";
import type { HostCore } from "../core.ts";
import type { AuthorityState } from "../streams/authority-state.ts";
import { getFrom } from "../streams/persistent-map.ts";
import { authorityEntries } from "./authority-stream.ts";
import type { SendQuestion } from "./judge.ts";
import type { GuardRead } from "./session-sends.ts";

type Source = NonNullable<GuardedSend["denial"]>;

/** A denied message judged again: what decided it, on which state. */
export interface DenialCase {
  readonly denial: Denial | undefined;
  readonly state: AuthorityState;
  readonly question: SendQuestion;
}

const mends = {
  token: "Issue or present a token that admits it.",
  budget: "Replenish the budget, or begin a new epoch.",
  leakage: "Raise the leakage limit, or let its window begin anew.",
} as const;

const tokenOf = (
  core: HostCore,
  state: AuthorityState,
  refusal: CapabilityRefusal | undefined,
): Source["token"] => {
  if (refusal === undefined || refusal.kind === "no-token") return null;
  const record = getFrom(state.tokens.tokens, refusal.token)?.record;
  const block = refusal.kind === "check-failed" ? refusal.block : refusal.kind === "not-granted" ? 0 : null;
  const read = record && core.authority?.frontier.tokens.inspect(record.bytes, record.root);
  const source = block !== null && read?.ok ? (read.value.blocks[block] ?? null) : null;
  return {
    id: refusal.token,
    block,
    check: refusal.kind === "check-failed" ? refusal.check : null,
    source,
  };
};

/** The charge a denial names, in the stream of its authority. */
const chargeOf = async (
  core: HostCore,
  state: AuthorityState,
  receipt: string | undefined,
): Promise<Source["charge"]> => {
  if (receipt === undefined) return null;
  for await (const { entry } of authorityEntries(core, state.stream, state.seq)) {
    if (entry.input.kind !== "sends.settled") continue;
    const found = receiptsOf(entry.input.batch).find(({ id }) => id === receipt);
    if (found === undefined) continue;
    const { session, edgeId, cost } = found.charge;
    return { receipt, seq: entry.seq, session, edgeId, cost };
  }
  return null;
};

/** Where a denial was decided: the block and check of a token, the budget and its last charge, or the leakage. */
export const denialSource = async (
  core: HostCore,
  authority: string,
  read: GuardRead,
  decided: DenialCase | undefined,
): Promise<Source> => {
  const denied = read.verdicts.find(({ allow }) => !allow);
  const kind = denied?.guard === "flow" ? "budget" : denied?.guard === "leakage" ? "leakage" : "token";
  const plain: Source = {
    kind,
    authority,
    text: denied?.reason ?? "denied",
    token: null,
    budget: null,
    charge: null,
    mend: mends[kind],
  };
  if (decided?.denial === undefined) return plain;
  const { denial: said, state, question } = decided;
  const ofLeg = said.kind === "leg-denied";
  const denial = ofLeg ? said.denial : said;
  switch (denial.kind) {
    case "capability-missing":
      return { ...plain, token: tokenOf(core, state, denial.refusal) };
    case "budget-short": {
      const { context } = question;
      const peer = ofLeg ? said.peer : question.peer;
      const { limit, spent, cost } = denial;
      const needed = read.legs?.budgets.find((one) => one.peer === peer)?.needs ?? cost;
      const charge = await chargeOf(core, state, denial.last?.receipt);
      return { ...plain, budget: { context, peer, limit, spent, needed }, charge };
    }
    case "allotment-short":
      return { ...plain, charge: await chargeOf(core, state, denial.last?.receipt) };
    default:
      return plain;
  }
};
