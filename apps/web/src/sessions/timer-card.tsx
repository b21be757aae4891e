import type { NextAction } from "@parley/wire/http";
import { useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";
import { spanOfTime } from "./log-event.ts";
import { RoleName } from "./role-name.tsx";
import { useOpenSession } from "./session-context.ts";

type Timer = Extract<NextAction, { kind: "timer" }>;

/** The present on the clock of a session: the wall's when it is real, else where a person last put it. */
export const useSessionTime = (real: boolean, at: number): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!real) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [real]);
  return real ? Math.max(now, at) : at;
};

/** A timeout that runs: whose it is, how long it still has, and what a person can do about it. */
export const TimerCard = ({ action }: { readonly action: Timer }) => {
  const { commands, data, setPreview } = useOpenSession();
  const { clock, clockAt } = data.view;
  const now = useSessionTime(clock === "real" && !data.past, clockAt);
  const left = Math.max(0, action.deadline - now);
  const off = commands.busy || commands.blocked !== undefined;
  return (
    <fieldset
      className="act"
      data-card="timer"
      onMouseEnter={() => setPreview(action.scope)}
      onMouseLeave={() => setPreview(undefined)}
    >
      <legend className="visually-hidden">A timeout of {action.seat}</legend>
      <p>
        <RoleName role={action.seat} /> has {left === 0 ? "no time left" : `${spanOfTime(left)} left`}
        {action.lap > 0 ? <small> · lap {action.lap + 1}</small> : null}
      </p>
      <div className="act-row">
        {clock === "manual" ? (
          <Button small disabled={off} onClick={() => commands.moveClock(action.deadline)}>
            Let the time run out
          </Button>
        ) : null}
        {action.cancellable ? (
          <Button small variant="quiet" disabled={off} onClick={() => commands.cancelScope(action.id)}>
            Cancel it
          </Button>
        ) : null}
        {clock === "manual" || action.cancellable ? null : <small>It runs by the clock on the wall.</small>}
      </div>
    </fieldset>
  );
};
