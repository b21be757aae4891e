import type { SessionView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { placeOf } from "../diagram/diagram-menu.ts";
import { roleColour } from "../diagram/role-colour.ts";
import { useSelection } from "../selection/selection.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { SeatGuards } from "./guards/seat-guards.tsx";
import { openFaultMenu } from "./interventions/use-interventions.ts";
import { useOpenSession } from "./session-context.ts";
import { seatLook } from "./status-words.ts";

type RoleView = SessionView["roles"][number];

/** A family of thousands is listed on demand. */
const LISTED = 60;

/** `Ada · Ada's phone` of every seat, by role. */
export const useSitters = (view: SessionView): ReadonlyMap<string, string> => {
  const { data } = useQuery({ queryKey: keys.authorities, queryFn: api.authorities });
  return useMemo(() => {
    const people = new Map(data?.items.map((one) => [one.id, one]));
    return new Map(
      view.roles.flatMap(({ role, seat }) => {
        if (!seat) return [];
        const person = people.get(seat.authority);
        const device = person?.devices.find(({ id }) => id === seat.device);
        return [[role, `${person?.name ?? seat.authority} · ${device?.name ?? seat.device}`] as const];
      }),
    );
  }, [data, view.roles]);
};

const Seat = ({ role, sitter }: { readonly role: RoleView; readonly sitter: string | undefined }) => {
  const { ordinals } = useOpenSession();
  const chosen = useSelection(({ selection }) => selection.role === role.role);
  const { word, icon, tone, reason } = seatLook(role);
  return (
    <li className="seat-row">
      <button
        type="button"
        className="seat"
        aria-pressed={chosen}
        onClick={() => useSelection.getState().select({ role: role.role })}
      >
        <i style={{ background: roleColour(ordinals.get(role.role) ?? 0) }} />
        <b>{role.role}</b>
        <Chip icon={icon} {...(tone ? { tone } : {})}>
          {word}
        </Chip>
        <small>{sitter ?? "no seat"}</small>
        {reason ? <small>{reason}</small> : null}
      </button>
      <Button
        small
        variant="quiet"
        icon="more"
        aria-label={`What can be done to ${role.role}`}
        aria-haspopup="menu"
        onClick={({ currentTarget }) =>
          openFaultMenu({ kind: "lane", lane: role.role }, placeOf(currentTarget, null))
        }
      />
      <SeatGuards role={role} />
    </li>
  );
};

/** Who sits where, on what, and how they stand. */
export const SeatsPanel = () => {
  const { data, ordinals } = useOpenSession();
  const [all, setAll] = useState(false);
  const { view } = data;
  const sitters = useSitters(view);
  const order = [...ordinals.keys()];
  const roles = [...view.roles].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  const listed = all ? roles : roles.slice(0, LISTED);
  return (
    <section className="ses-side" aria-label="Seats">
      <h2>Seats</h2>
      <ul className="plain">
        {listed.map((role) => (
          <Seat key={role.role} role={role} sitter={sitters.get(role.role)} />
        ))}
      </ul>
      {listed.length < roles.length ? (
        <Button small variant="quiet" onClick={() => setAll(true)}>
          Show all {roles.length}
        </Button>
      ) : null}
    </section>
  );
};
