import type { SessionView } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useSelection } from "../../selection/selection.ts";
import { Button } from "../../ui/button.tsx";
import { useOpenSession } from "../session-context.ts";
import { useAddress } from "../use-address.ts";
import { judgedIn, lastOf } from "./judged.ts";
import { useAuthorityHere } from "./use-authority-here.ts";
import "./guards.css";

type RoleView = SessionView["roles"][number];

/** What an authority has spent in this session on each it sends to, and what is left. */
const Spending = ({ authority }: { readonly authority: string }) => {
  const { id } = useOpenSession().data;
  const { data } = useAuthorityHere(authority);
  const own = data?.budgets.filter(({ context }) => context === `ctx:${id}`) ?? [];
  if (own.length === 0) return null;
  return (
    <ul className="plain seat-budgets" aria-label={`Budgets of ${data?.name ?? authority} in this session`}>
      {own.map(({ peer, context, spent, left }) => (
        <li key={peer}>
          <Link
            to="/authorities/$id"
            params={{ id: authority }}
            search={{ tab: "budgets", context, peer }}
            title={`What ${authority} may still spend on messages to ${peer}`}
          >
            {peer}: {spent} spent, {left} left
          </Link>
        </li>
      ))}
    </ul>
  );
};

/** Leads from a seat that stands before a denial to what denied it. */
const WhyButton = ({ role }: { readonly role: string }) => {
  const { data } = useOpenSession();
  const { set } = useAddress(data.id);
  const found = useMemo(() => lastOf(judgedIn(data.entries), role), [data.entries, role]);
  const show = (): void => {
    if (found) useSelection.getState().select({ edge: found.edge, seq: found.seq, role });
    set({ side: "guards" });
  };
  return (
    <Button small icon="warn" aria-label={`Why denied? ${role}`} onClick={show}>
      Why denied?
    </Button>
  );
};

/** Authorities followed at once: a page has 64 live topics at most. */
const FOLLOWED = 40;

/** Whether the authorities of the session are few enough to be followed live. */
const useFew = (): boolean => {
  const { roles } = useOpenSession().data.view;
  return useMemo(() => new Set(roles.flatMap(({ seat }) => seat?.authority ?? [])).size <= FOLLOWED, [roles]);
};

/** Under a seat: what it has paid, and, where a guard has denied it, the way to why. */
export const SeatGuards = ({ role }: { readonly role: RoleView }) => {
  const few = useFew();
  const denied = role.endpoints.some(({ wait }) => wait?.kind === "denied");
  return (
    <div className="seat-guards">
      {denied ? <WhyButton role={role.role} /> : null}
      {role.seat && few ? <Spending authority={role.seat.authority} /> : null}
    </div>
  );
};
