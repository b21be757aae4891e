import type { AuthorityView, GuardedSend } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useSelection } from "../../selection/selection.ts";
import { announce } from "../../ui/announcer.tsx";
import { Button } from "../../ui/button.tsx";
import { toast } from "../../ui/toast.tsx";
import { useOpenSession } from "../session-context.ts";
import { judgedIn, laterOf } from "./judged.ts";
import { type Remedy, remediesOf, remedyWords } from "./remedy.ts";
import { RemedyDialog } from "./remedy-dialog.tsx";

type Denial = NonNullable<GuardedSend["denial"]>;

interface WhyProps {
  readonly send: GuardedSend;
  readonly denial: Denial;
  readonly authority: AuthorityView | undefined;
}

const TokenSource = ({
  authority,
  token,
}: {
  readonly authority: string;
  readonly token: Denial["token"];
}) =>
  token === null ? (
    <p>
      The device presents no token.{" "}
      <Link to="/authorities/$id" params={{ id: authority }} search={{ tab: "tokens" }}>
        Tokens of {authority}
      </Link>
    </p>
  ) : (
    <>
      <p>
        Decided by{" "}
        <Link to="/authorities/$id" params={{ id: authority }} search={{ tab: "tokens", token: token.id }}>
          {token.block === null ? "" : `block ${token.block} of `}token {token.id}
        </Link>
        {token.check === null ? (
          token.block === 0 ? (
            ", which does not grant it"
          ) : (
            ""
          )
        ) : (
          <>
            , which checks <code>{token.check}</code>
          </>
        )}
      </p>
      {token.source === null ? null : (
        <details>
          <summary>The block</summary>
          <pre className="type-text">{token.source}</pre>
        </details>
      )}
    </>
  );

const BudgetSource = ({ denial, what }: { readonly denial: Denial; readonly what: string }) => {
  const { authority, budget, charge } = denial;
  return (
    <>
      {budget === null ? null : (
        <p>
          The{" "}
          <Link
            to="/authorities/$id"
            params={{ id: authority }}
            search={{ tab: "budgets", context: budget.context, peer: budget.peer }}
          >
            budget towards {budget.peer}
          </Link>{" "}
          is {budget.limit}; {budget.spent} was spent, {what} needs {budget.needed}.
        </p>
      )}
      {charge === null ? (
        <p>Nothing has been charged to it yet.</p>
      ) : (
        <p>
          The charge that left too little:{" "}
          <Link
            to="/authorities/$id"
            params={{ id: authority }}
            search={{
              tab: "receipts",
              context: budget?.context,
              peer: budget?.peer,
              receipt: charge.receipt,
            }}
          >
            {charge.cost} for {charge.edgeId}, entry #{charge.seq} of {authority}
          </Link>
        </p>
      )}
    </>
  );
};

const LeakageSource = ({ denial, context }: { readonly denial: Denial; readonly context: string }) => (
  <p>
    <Link to="/authorities/$id" params={{ id: denial.authority }} search={{ tab: "leakage", context }}>
      What {denial.authority} let out
    </Link>{" "}
    in this session.
  </p>
);

/** Whether the denied message is still the one its role stands at. */
const useStands = (send: GuardedSend): boolean => {
  const { head } = useOpenSession().data;
  return (
    head.status === "active" &&
    (head.roles
      .find(({ role }) => role === send.role)
      ?.endpoints.some(({ wait }) => wait?.kind === "denied") ??
      false)
  );
};

/** Leads to the message that went through later. */
const GoneOn = ({ send: { seq, index, role, edgeId: edge, label } }: Pick<WhyProps, "send">) => {
  const { entries } = useOpenSession().data;
  const later = useMemo(
    () => laterOf(judgedIn(entries), { seq, index, role, edge, label, allow: false, cost: 0 }),
    [entries, seq, index, role, edge, label],
  );
  return (
    <p className="quiet-note">
      It has gone on since
      {later === undefined ? null : (
        <>
          :{" "}
          <button
            type="button"
            className="link"
            onClick={() => useSelection.getState().select({ edge, seq: later.seq })}
          >
            allowed at #{later.seq}
          </button>
        </>
      )}
      .
    </p>
  );
};

const WayOut = ({ send, denial, authority }: WhyProps) => {
  const { data, commands } = useOpenSession();
  const [remedy, setRemedy] = useState<Remedy>();
  const stands = useStands(send);
  const seat = data.head.roles.find(({ role }) => role === send.role)?.seat;
  const context = denial.budget?.context ?? `ctx:${data.id}`;
  if (data.head.parent !== null)
    return (
      <p className="quiet-note">
        This is a what-if: it runs on what the authorities had when it was forked. Mend the session itself.
      </p>
    );
  if (!stands) return <GoneOn send={send} />;
  const done = (words: string): void => {
    toast({ text: words });
    announce(words);
    data.refresh();
  };
  return (
    <>
      {/* A passed check of versions makes it runnable again. */}
      {commands.canStep && data.head.drive !== "eager" ? (
        <div className="act-row">
          <Button small variant="primary" icon="play" disabled={commands.busy} onClick={commands.step}>
            Advance: try again
          </Button>
        </div>
      ) : null}
      <div className="act-row">
        {authority && seat
          ? remediesOf(denial).map((one) => (
              <Button key={one} small onClick={() => setRemedy(one)}>
                {remedyWords[one]} …
              </Button>
            ))
          : null}
      </div>
      {remedy && authority && seat ? (
        <RemedyDialog
          remedy={remedy}
          send={send}
          denial={denial}
          authority={authority}
          device={seat.device}
          context={context}
          onClose={() => setRemedy(undefined)}
          onDone={done}
        />
      ) : null}
    </>
  );
};

/** What a denial was decided by, down to the block of a token or the charge, and what would let it go on. */
export const WhyDenied = (props: WhyProps) => {
  const { data } = useOpenSession();
  const { denial } = props;
  return (
    <section className="why-denied" aria-label="Why denied?">
      <h3>Why denied?</h3>
      <p>{denial.text}</p>
      {denial.kind === "token" ? <TokenSource authority={denial.authority} token={denial.token} /> : null}
      {denial.kind === "budget" ? (
        <BudgetSource denial={denial} what={props.send.legs ? "the broadcast" : "this message"} />
      ) : null}
      {denial.kind === "leakage" ? <LeakageSource denial={denial} context={`ctx:${data.id}`} /> : null}
      <p className="mend">{denial.mend}</p>
      <WayOut {...props} />
    </section>
  );
};
