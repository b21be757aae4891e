import type { AuthorityView, GuardedSend } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { useSelection } from "../../selection/selection.ts";
import { Icon } from "../../ui/icon.tsx";
import {
  budgetWords,
  guardChain,
  legOf,
  legsWords,
  pairOf,
  placeOfRead,
  type Verdict,
  verdictWords,
} from "./guard-words.ts";
import { SpendBar } from "./spend-bar.tsx";

interface OfSend {
  readonly send: GuardedSend;
  readonly authority: AuthorityView | undefined;
}

const Reads = ({ reads }: { readonly reads: Verdict["reads"] }) =>
  reads.length === 0 ? null : (
    <ul className="plain guard-reads" aria-label="Versions read">
      {reads.map((read) => (
        <li key={read.id}>
          <Link to="/authorities/$id" params={{ id: read.stream }} search={placeOfRead(read)}>
            {read.text}
          </Link>
        </li>
      ))}
    </ul>
  );

/** The limit a flow verdict was given under: as it is now, or what was left if that was more. */
const limitOf = (verdict: Verdict, { send, authority }: OfSend): number => {
  const read = verdict.reads.find(({ kind }) => kind === "budget");
  // The first leg of a broadcast reads the budgets of all of them; the receipt or the denial names its own.
  const pair = send.receipts[0]?.receipt.charge ?? send.denial?.budget ?? (read && pairOf(read.id));
  const budget = authority?.budgets.find(
    ({ context, peer }) => context === pair?.context && peer === pair.peer,
  );
  return Math.max(budget?.limit ?? 0, verdict.before ?? 0);
};

const Amounts = ({ verdict, send, authority }: OfSend & { readonly verdict: Verdict }) => {
  const { guard, before, after, allow } = verdict;
  if (before === null || after === null) return null;
  if (guard === "flow") {
    const needed = allow ? undefined : send.denial?.budget?.needed;
    const short = needed === undefined ? undefined : Math.max(0, needed - before);
    return (
      <SpendBar limit={limitOf(verdict, { send, authority })} before={before} after={after} short={short} />
    );
  }
  return (
    <span className="mono">
      {before} → {after} left in its window
    </span>
  );
};

const Facts = ({ send }: { readonly send: GuardedSend }) =>
  send.facts.length === 0 ? null : (
    <ul className="plain" aria-label="Facts recorded">
      {send.facts.map((fact) => {
        const context = send.receipts[0]?.receipt.charge.context;
        return (
          <li key={fact.id}>
            {context === undefined ? (
              fact.type
            ) : (
              <Link to="/journal/$context" params={{ context }} search={{ fact: fact.id }}>
                {fact.type}
              </Link>
            )}{" "}
            <span className="mono">{fact.id.slice(0, 10)}…</span>
          </li>
        );
      })}
    </ul>
  );

const One = ({ verdict, ...of }: OfSend & { readonly verdict: Verdict }) => (
  <div className={verdict.allow ? "verdict allowed" : "verdict denied"} data-allow={verdict.allow}>
    <Icon name={verdict.allow ? "check" : "cross"} size={14} />
    <div>
      <p>
        <span className="visually-hidden">{verdict.allow ? "allowed:" : "denied:"}</span>{" "}
        {verdictWords(verdict)}
        {verdict.code === null ? null : <span className="mono"> {verdict.code}</span>}
      </p>
      <Amounts verdict={verdict} {...of} />
      <Reads reads={verdict.reads} />
    </div>
  </div>
);

/** What the first leg of a broadcast was asked for: it answers for all legs, or none is sent. */
const Legs = ({ send: { legs, edgeId } }: OfSend) =>
  legs === undefined ? null : (
    <section className="guard-legs" aria-label="Legs of the broadcast">
      <p>{legsWords(legs)}</p>
      {legs.budgets.length < 2 ? null : (
        <ul className="plain">
          {legs.budgets.map((budget) => (
            <li key={budget.peer}>{budgetWords(budget)}</li>
          ))}
        </ul>
      )}
      {legs.short === undefined ? null : (
        <p className="bad-note">
          <button
            type="button"
            className="link"
            onClick={() => useSelection.getState().select({ edge: legs.short ?? edgeId })}
          >
            Leg {legOf(legs.short)}
          </button>{" "}
          is short: none was sent.
        </p>
      )}
    </section>
  );

/** The four verdicts on a message in the order of the chain; what came after a denial was not asked. */
export const VerdictList = (of: OfSend) => {
  const { verdicts } = of.send;
  const denied = guardChain.findIndex(({ guard }) =>
    verdicts.some((one) => one.guard === guard && !one.allow),
  );
  return (
    <>
      <Legs {...of} />
      <ol className="plain guard-chain" aria-label="Verdicts">
        {guardChain.map(({ guard, title, nothing }, at) => {
          const own = verdicts.filter((one) => one.guard === guard);
          const skipped = denied >= 0 && at > denied;
          return (
            <li key={guard} data-guard={guard}>
              <h4>{title}</h4>
              {own.map((verdict) => (
                <One key={`${verdict.subject} ${verdict.allow}`} verdict={verdict} {...of} />
              ))}
              {own.length > 0 ? null : (
                <p className="quiet-note">{skipped ? "Not asked: it was denied before." : nothing}</p>
              )}
              {guard === "journal" ? <Facts send={of.send} /> : null}
            </li>
          );
        })}
      </ol>
    </>
  );
};
