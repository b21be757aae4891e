import type { AuthorityView, GuardedSend } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { api } from "../../api/api.ts";
import { keys } from "../../api/query-client.ts";
import { Button } from "../../ui/button.tsx";
import { Modal } from "../../ui/modal.tsx";
import { ProblemNote } from "../../ui/problem-note.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { missingOf, observerOf, otherTokens, type Remedy, remedyWords, shortOf } from "./remedy.ts";

export interface RemedyProps {
  readonly remedy: Remedy;
  readonly send: GuardedSend;
  readonly denial: NonNullable<GuardedSend["denial"]>;
  readonly authority: AuthorityView;
  readonly device: string;
  /** The session's own context. */
  readonly context: string;
  readonly onClose: () => void;
  readonly onDone: (words: string) => void;
}

interface FormProps {
  readonly children: React.ReactNode;
  readonly action: string;
  readonly disabled?: boolean;
  readonly work: () => Promise<unknown>;
  readonly words: string;
}

const Form = ({
  authority,
  onClose,
  onDone,
  children,
  action,
  disabled = false,
  work,
  words,
}: RemedyProps & FormProps) => {
  const command = useCommand(keys.authority(authority.id));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void command.run(work, () => {
      onDone(words);
      onClose();
    });
  };
  return (
    <form className="modal-body" onSubmit={submit}>
      {children}
      <ProblemNote error={command.error} />
      <div className="modal-actions">
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" disabled={disabled || command.busy}>
          {action}
        </Button>
      </div>
    </form>
  );
};

const Amount = ({
  label,
  value,
  min,
  onValue,
}: {
  readonly label: string;
  readonly value: string;
  readonly min: number;
  readonly onValue: (value: string) => void;
}) => (
  <label className="field">
    <span>{label}</span>
    <input
      className="input"
      type="number"
      required
      min={min}
      max={1_000_000_000}
      step={1}
      value={value}
      onChange={({ target }) => onValue(target.value)}
    />
  </label>
);

const BudgetForm = (
  props: RemedyProps & { readonly budget: NonNullable<RemedyProps["denial"]["budget"]> },
) => {
  const { budget, authority, remedy } = props;
  const short = shortOf(budget);
  const replenish = remedy === "replenish";
  const [amount, setAmount] = useState(String(replenish ? short : budget.limit + short));
  const { context, peer } = budget;
  const pair = { context, peer };
  return (
    <Form
      {...props}
      action={remedyWords[remedy]}
      words={
        replenish ? `Replenished by ${amount}` : `The limit of ${authority.name} towards ${peer} is ${amount}`
      }
      work={() =>
        replenish
          ? api.authority.replenish(authority.id, { ...pair, amount: Number(amount) })
          : api.authority.limit(authority.id, { ...pair, limit: Number(amount) })
      }
    >
      <p>
        {authority.name} has spent {budget.spent} of {budget.limit} on messages to {peer}; this one needs{" "}
        {budget.needed}, so {short} {short === 1 ? "is" : "are"} short.
      </p>
      <Amount
        label={replenish ? "Replenish by" : "New limit"}
        min={replenish ? 1 : 0}
        value={amount}
        onValue={setAmount}
      />
    </Form>
  );
};

const IssueForm = (props: RemedyProps) => {
  const { send, authority, device, context } = props;
  const capability = missingOf(send) ?? "";
  const [everywhere, setEverywhere] = useState(false);
  const presented = authority.tokens.find(({ presentedBy }) => presentedBy.includes(device));
  const capabilities = everywhere
    ? [...new Set([...(presented?.capabilities ?? []), capability])].sort()
    : [capability];
  return (
    <Form
      {...props}
      action="Issue"
      disabled={capability === ""}
      words={`Issued a token for ${capability}`}
      work={() =>
        api.authority.issue(authority.id, {
          device,
          capabilities,
          scope: everywhere ? { kind: "contexts" } : { kind: "context", context },
          present: everywhere,
        })
      }
    >
      <p>
        {authority.name} issues a token that grants <code>{capability}</code> to {device}.
      </p>
      <fieldset className="choices">
        <legend>Where it counts</legend>
        <label>
          <input type="radio" name="where" checked={!everywhere} onChange={() => setEverywhere(false)} /> In
          this session only, beside the token the device presents
        </label>
        <label>
          <input type="radio" name="where" checked={everywhere} onChange={() => setEverywhere(true)} />{" "}
          Everywhere: presented from now on, with what the present one grants
        </label>
      </fieldset>
    </Form>
  );
};

const PresentForm = (props: RemedyProps) => {
  const { send, authority, device } = props;
  const offered = otherTokens(authority, device, missingOf(send));
  const [token, setToken] = useState(offered[0]?.id ?? "");
  return (
    <Form
      {...props}
      action="Present it"
      disabled={token === ""}
      words={`${device} presents another token`}
      work={() => api.authority.present(authority.id, device, { token })}
    >
      {offered.length === 0 ? (
        <p>
          No other token of {authority.name} grants <code>{missingOf(send)}</code>: issue one.
        </p>
      ) : (
        <label className="field">
          <span>Token that {device} presents</span>
          <select className="input" value={token} onChange={({ target }) => setToken(target.value)}>
            {offered.map(({ id, capabilities }) => (
              <option key={id} value={id}>
                {id} · {capabilities.length} capabilities
              </option>
            ))}
          </select>
        </label>
      )}
    </Form>
  );
};

const none = { external: 1_000, neighbor: 500, inGroup: 100 };

const LeakageForm = (props: RemedyProps) => {
  const { send, authority, context, remedy } = props;
  const known = authority.leakage.find((one) => one.context === context);
  const observer = observerOf(send);
  const limits = known?.limits ?? none;
  const [limit, setLimit] = useState(String(limits[observer] * 2));
  if (remedy === "window")
    return (
      <Form
        {...props}
        action={remedyWords.window}
        words="What has leaked so far no longer counts"
        work={() => api.authority.resetLeakage(authority.id, context)}
      >
        <p>What {authority.name} let out in this session in the last 24 hours no longer counts.</p>
      </Form>
    );
  return (
    <Form
      {...props}
      action={remedyWords.leakage}
      words={`Observers of class ${observer} may learn ${limit}`}
      work={() =>
        api.authority.limitLeakage(authority.id, {
          context,
          limits: { ...limits, [observer]: Number(limit) },
        })
      }
    >
      <p>
        Observers of class {observer} may learn {limits[observer]} units in 24 hours, and have learnt{" "}
        {known?.consumed[observer] ?? 0}.
      </p>
      <Amount label="New limit" min={0} value={limit} onValue={setLimit} />
    </Form>
  );
};

/** One way out of a denial, in place: asks for what it needs and posts it. */
export const RemedyDialog = (props: RemedyProps) => {
  const { remedy, denial, onClose } = props;
  const body = () => {
    switch (remedy) {
      case "replenish":
      case "limit":
        return denial.budget === null ? null : <BudgetForm {...props} budget={denial.budget} />;
      case "issue":
        return <IssueForm {...props} />;
      case "present":
        return <PresentForm {...props} />;
      case "leakage":
      case "window":
        return <LeakageForm {...props} />;
    }
  };
  return (
    <Modal open onClose={onClose} title={remedyWords[remedy]}>
      {body()}
    </Modal>
  );
};
