import { Menu } from "@base-ui/react/menu";
import type { MessageRow } from "@parley/core/diagram";
import type { DiagramTarget } from "../../diagram/diagram-menu.ts";
import { statementOf, useSelection } from "../../selection/selection.ts";
import { messageStop, toggleStop } from "../debug/marks.ts";
import { changeMarks, useMarks } from "../debug/use-marks.ts";
import { useOpenSession } from "../session-context.ts";
import { lookAtRole } from "../shown-role.ts";
import {
  beforeSending,
  flyingOf,
  type Intervention,
  type InterventionGroup,
  injectedCopy,
  onFrame,
  onRole,
} from "./intervention.ts";
import "./interventions.css";
import { forkWith, intervene, useInterventions } from "./use-interventions.ts";

const Group = ({
  group,
  disabled,
  onDo,
}: {
  readonly group: InterventionGroup;
  readonly disabled: boolean;
  readonly onDo: (one: Intervention) => void;
}) => (
  <Menu.Group>
    <Menu.GroupLabel className="menu-title">{group.title}</Menu.GroupLabel>
    {group.items.map((one) => (
      <Menu.Item
        key={one.label}
        disabled={disabled}
        className={one.gentle ? undefined : "danger"}
        onClick={() => onDo(one)}
      >
        {one.label}
      </Menu.Item>
    ))}
  </Menu.Group>
);

/** Why nothing can be done here, or that it will be tried in a branch. */
const Condition = () => {
  const { data, commands } = useOpenSession();
  const text = data.past ? `Position ${data.view.at}: tried in a branch` : commands.sealed;
  return text === undefined ? null : <p className="menu-note">{text}</p>;
};

const RoleItems = ({
  role,
  onSide,
}: {
  readonly role: string;
  readonly onSide: (side: "machine" | "why") => void;
}) => {
  const session = useOpenSession();
  const { data, commands } = session;
  const protocol = data.head.protocol.id;
  const { breakpoints } = useMarks(protocol);
  const disabled = commands.busy || (!data.past && commands.sealed !== undefined);
  const stops = breakpoints.some(({ stop }) => stop.kind === "blocked" && stop.role === role);
  const show = (side: "machine" | "why"): void => {
    lookAtRole(role);
    useSelection.getState().select({ role });
    onSide(side);
  };
  return (
    <>
      <Condition />
      {onRole(data.view, role).map((group) => (
        <Group key={group.title} group={group} disabled={disabled} onDo={(one) => intervene(session, one)} />
      ))}
      <Menu.Group>
        <Menu.GroupLabel className="menu-title">Look</Menu.GroupLabel>
        <Menu.Item onClick={() => show("why")}>Why does it wait?</Menu.Item>
        <Menu.Item onClick={() => show("machine")}>Show its machine</Menu.Item>
        <Menu.Item
          onClick={() => changeMarks(protocol, (marks) => toggleStop(marks, { kind: "blocked", role }))}
        >
          {stops ? "Do not stop when it waits" : "Stop runs when it waits"}
        </Menu.Item>
      </Menu.Group>
    </>
  );
};

/** Messages that have arrived, were lost, or are not sent yet. */
const NotFlying = ({ row }: { readonly row: MessageRow }) => {
  const session = useOpenSession();
  const { data, commands } = session;
  const sentAt = row.live?.sentAt;
  if (sentAt === undefined)
    return <p className="menu-note">It is not on its way yet: nothing can be done to it.</p>;
  const copy = injectedCopy(row, data.entries);
  const state = row.live?.state === "discarded" ? "lost" : "received";
  return (
    <>
      <p className="menu-note">It was {state}: what is done to it is tried in a branch.</p>
      <Group
        group={{ title: `What if, before it was sent at ${sentAt}`, items: beforeSending(row) }}
        disabled={commands.busy || sentAt < 1}
        onDo={(one) => forkWith(session, one, sentAt - 1)}
      />
      {copy ? (
        <Group
          group={{ title: "From outside", items: [copy.change] }}
          disabled={commands.busy || (!data.past && commands.sealed !== undefined)}
          onDo={(one) => intervene(session, one)}
        />
      ) : null}
    </>
  );
};

const MessageItems = ({ row }: { readonly row: MessageRow }) => {
  const session = useOpenSession();
  const { data, commands } = session;
  const protocol = data.head.protocol.id;
  const { breakpoints } = useMarks(protocol);
  const flying = flyingOf(row, data.view, data.entries);
  const disabled = commands.busy || (!data.past && commands.sealed !== undefined);
  const stop = messageStop(row.edge);
  const stopped = breakpoints.some(
    (one) => one.stop.kind === "message" && one.stop.edgeId === statementOf(row.edge),
  );
  return (
    <>
      {flying.length > 0 ? <Condition /> : <NotFlying row={row} />}
      {flying.slice(0, 6).map((one) => (
        <Group
          key={`${one.to} ${one.seq}`}
          group={onFrame(one)}
          disabled={disabled}
          onDo={(change) => intervene(session, change)}
        />
      ))}
      <Menu.Group>
        <Menu.GroupLabel className="menu-title">Stop</Menu.GroupLabel>
        <Menu.Item onClick={() => changeMarks(protocol, (marks) => toggleStop(marks, stop))}>
          {stopped ? "Remove the breakpoint" : "Set a breakpoint"} <kbd>B</kbd>
        </Menu.Item>
        <Menu.Item disabled={commands.busy || !commands.canStep} onClick={() => commands.run(stop)}>
          Run to this message <kbd>M</kbd>
        </Menu.Item>
      </Menu.Group>
    </>
  );
};

const nameOf = (target: DiagramTarget | undefined): string =>
  target === undefined ? "" : target.kind === "lane" ? target.lane : target.row.label;

/** What can be done to the role or message that was asked about, where it was asked. */
export const FaultMenu = ({ onSide }: { readonly onSide: (side: "machine" | "why") => void }) => {
  const menu = useInterventions((state) => state.menu);
  const close = (): void => useInterventions.setState({ menu: undefined });
  const target = menu?.target;
  const { x, y } = menu?.place ?? { x: 0, y: 0 };
  return (
    <Menu.Root open={menu !== undefined} onOpenChange={(open) => !open && close()}>
      <Menu.Portal>
        <Menu.Positioner
          className="menu-place"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          anchor={{ getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }}
        >
          <Menu.Popup className="menu fault-menu" aria-label={`What can be done to ${nameOf(target)}`}>
            {target?.kind === "lane" ? <RoleItems role={target.lane} onSide={onSide} /> : null}
            {target?.kind === "message" ? <MessageItems row={target.row} /> : null}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
};
