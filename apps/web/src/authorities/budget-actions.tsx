import type { AuthorityView, BudgetView } from "@parley/wire/http";
import { type FormEvent, useEffect, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Button } from "../ui/button.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { useCommand } from "../ui/use-command.ts";

interface AmountProps {
  readonly label: string;
  readonly action: string;
  readonly start: number;
  readonly min: number;
  readonly busy: boolean;
  readonly onSend: (amount: number) => void;
}

/** A number and what to do with it. */
const Amount = ({ label, action, start, min, busy, onSend }: AmountProps) => {
  const [amount, setAmount] = useState(String(start));
  // What is suggested follows what has just been done.
  useEffect(() => setAmount(String(start)), [start]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSend(Number(amount));
  };
  return (
    <form className="amount" onSubmit={submit}>
      <label className="field">
        <span>{label}</span>
        <input
          className="input"
          type="number"
          required
          min={min}
          step={1}
          value={amount}
          onChange={({ target }) => setAmount(target.value)}
        />
      </label>
      <Button type="submit" disabled={busy}>
        {action}
      </Button>
    </form>
  );
};

interface BudgetActionsProps {
  readonly view: AuthorityView;
  readonly budget: BudgetView;
}

/** What can be done to one budget: each with its own number, refused in place. */
export const BudgetActions = ({ view, budget }: BudgetActionsProps) => {
  const { context, peer } = budget;
  const [device, setDevice] = useState(view.devices[0]?.id ?? "");
  const command = useCommand(keys.authority(view.id));
  const pair = { context, peer };
  const { busy, run } = command;
  return (
    <section aria-label="Change the budget" className="budget-actions">
      <Amount
        label="Limit"
        action="Set limit"
        start={budget.limit}
        min={0}
        busy={busy}
        onSend={(limit) => void run(() => api.authority.limit(view.id, { ...pair, limit }))}
      />
      <Amount
        label="Replenish by"
        action="Replenish"
        start={100}
        min={1}
        busy={busy}
        onSend={(amount) => void run(() => api.authority.replenish(view.id, { ...pair, amount }))}
      />
      <label className="field">
        <span>Device in escrow</span>
        <select className="input" value={device} onChange={({ target }) => setDevice(target.value)}>
          {view.devices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Amount
        label="Allot"
        action="Allot"
        start={0}
        min={0}
        busy={busy}
        onSend={(amount) => void run(() => api.authority.allot(view.id, { ...pair, device, amount }))}
      />
      <Button
        variant="quiet"
        disabled={busy || !budget.limited}
        onClick={() => void run(() => api.authority.removeBudget(view.id, pair))}
      >
        Back to the default limit
      </Button>
      <ProblemNote error={command.error} />
    </section>
  );
};

/** Begins a later epoch: every budget of the authority starts at 0 in it. */
export const EpochForm = ({ view }: { readonly view: AuthorityView }) => {
  const command = useCommand(keys.authority(view.id));
  return (
    <>
      <Amount
        label={`Epoch, now ${view.epoch}`}
        action="Begin epoch"
        start={view.epoch + 1}
        min={0}
        busy={command.busy}
        onSend={(epoch) => void command.run(() => api.authority.epoch(view.id, epoch))}
      />
      <ProblemNote error={command.error} />
    </>
  );
};
