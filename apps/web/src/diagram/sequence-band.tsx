import type { Arrow, DeedMark, DeedRow, MessageRow, RowBox, SequenceLayout } from "@parley/core/diagram";
import { type MouseEvent, memo } from "react";
import { statementOf } from "../selection/selection.ts";
import type { OpenMenu } from "./diagram-menu.ts";
import { roleColour } from "./role-colour.ts";

/** Breakpoints beside a diagram, by statement: `true` where it is enabled. */
export interface BreakMarks {
  readonly at: ReadonlyMap<string, boolean>;
  readonly toggle: (edge: string) => void;
}

interface BandProps {
  readonly row: RowBox;
  readonly layout: SequenceLayout;
  readonly ordinals: ReadonlyMap<string, number>;
  readonly selected: boolean;
  readonly dim: boolean;
  readonly marked: boolean;
  readonly fresh: boolean;
  readonly onSelect: (row: MessageRow) => void;
  readonly onHover: ((row: MessageRow | undefined) => void) | undefined;
  readonly breaks?: BreakMarks | undefined;
  readonly onMenu?: OpenMenu | undefined;
}

type Look = { readonly dash: string | undefined; readonly opacity: number; readonly future: boolean };

/** Past solid, in flight half-way, future dotted: the same everywhere. */
const lookOf = (row: MessageRow): Look => {
  switch (row.live?.state) {
    case "next":
      return { dash: "2 4", opacity: 1, future: true };
    case "awaited":
      return { dash: "2 4", opacity: 0.55, future: true };
    case "sent":
      return { dash: "8 4", opacity: 1, future: false };
    case "discarded":
      return { dash: "8 4", opacity: 0.55, future: false };
    default:
      return { dash: row.control ? "2 4" : undefined, opacity: 1, future: false };
  }
};

const ArrowShape = ({
  arrow,
  colour,
  look,
  selected,
  fresh,
}: {
  readonly arrow: Arrow;
  readonly colour: string;
  readonly look: Look;
  readonly selected: boolean;
  readonly fresh: boolean;
}) => {
  const { x1, x2, y, loop } = arrow;
  const width = selected ? 2.2 : 1.6;
  if (loop > 0) {
    return (
      <g opacity={look.opacity}>
        <path
          d={`M${x1} ${y - 6}h${loop}v12h${-loop + 8}`}
          fill="none"
          stroke={colour}
          strokeWidth={width}
          strokeDasharray={look.dash}
        />
        <path d={`M${x1} ${y + 6}l8 -4.5v9z`} fill={colour} />
      </g>
    );
  }
  const way = x2 > x1 ? 1 : -1;
  return (
    <g opacity={look.opacity}>
      <line
        x1={x1}
        y1={y}
        x2={x2 - 7 * way}
        y2={y}
        stroke={colour}
        strokeWidth={width}
        strokeDasharray={look.dash}
        className={fresh ? "travel" : undefined}
      />
      <path
        d={`M${x2} ${y}l${-8 * way} -4.5v9z`}
        fill={look.future ? "var(--surface)" : colour}
        stroke={colour}
        strokeWidth={look.future ? 1.2 : 0}
      />
    </g>
  );
};

const gutterText = (row: MessageRow): string => {
  const position = row.live?.sentAt === undefined ? [] : [`#${row.live.sentAt}`];
  const cost = row.cost ? [`−${row.cost}`] : [];
  const fact = row.facts.length > 0 ? ["fact"] : [];
  const parallel = row.annotations.some(({ key, value }) => key === "parallel" && value === "true")
    ? ["‖"]
    : [];
  return [...position, ...parallel, ...cost, ...fact].join(" · ");
};

const labelPlace = (arrows: readonly Arrow[]): { x: number; y: number } => {
  const [first] = arrows;
  if (!first) return { x: 0, y: 0 };
  const far = arrows.reduce((a, b) => (Math.abs(b.x2 - b.x1) > Math.abs(a.x2 - a.x1) ? b : a), first);
  const middle = far.loop > 0 ? far.x1 + far.loop / 2 : (far.x1 + far.x2) / 2;
  return { x: middle, y: Math.min(...arrows.map(({ y }) => y)) - 6 };
};

/** Where a breakpoint is set by a click; by keyboard `b` does it for the selected message. */
const BreakSpot = ({
  row,
  edge,
  breaks,
}: {
  readonly row: RowBox;
  readonly edge: string;
  readonly breaks: BreakMarks;
}) => {
  const state = breaks.at.get(edge);
  const toggle = (event: MouseEvent): void => {
    event.stopPropagation();
    breaks.toggle(edge);
  };
  const look = state === undefined ? "none" : state ? "on" : "off";
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: see the message around it.
    <g className={`break-spot ${look}`} onClick={toggle}>
      <title>{state === undefined ? "Set a breakpoint (b)" : "Remove the breakpoint (b)"}</title>
      <rect className="break-hit" x={0} y={row.y} width={26} height={row.height} />
      <circle cx={13} cy={row.y + row.height / 2} r={5} />
    </g>
  );
};

/** A handle at the right of a message that opens what can be done with it; the menu key does the same. */
const MenuSpot = ({
  row,
  x,
  open,
}: {
  readonly row: RowBox;
  readonly x: number;
  readonly open: (event: MouseEvent) => void;
}) => {
  const y = row.y + row.height / 2;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: see the message around it.
    <g className="menu-spot" onClick={open}>
      <title>What can be done with it (Enter)</title>
      <rect className="menu-hit" x={x - 13} y={y - 12} width={26} height={24} rx={6} />
      {[-6, 0, 6].map((dx) => (
        <circle key={dx} cx={x + dx} cy={y} r={1.6} />
      ))}
    </g>
  );
};

/** One message: its arrows, label, and numbers in the gutter. */
const Message = memo(
  ({
    row,
    model,
    layout,
    ordinals,
    selected,
    dim,
    marked,
    fresh,
    onSelect,
    onHover,
    breaks,
    onMenu,
  }: BandProps & { readonly model: MessageRow }) => {
    const look = lookOf(model);
    const place = labelPlace(row.arrows);
    const openMenu = onMenu
      ? (event: MouseEvent): void => {
          event.preventDefault();
          event.stopPropagation();
          onSelect(model);
          onMenu({ kind: "message", row: model }, { x: event.clientX, y: event.clientY });
        }
      : undefined;
    const waiting = model.live && model.live.legs > 1 && model.live.received < model.live.legs;
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the group above is one control; its arrows keys do the same.
      <g
        className={[
          "band",
          selected && "selected",
          marked && "marked",
          look.future && "future",
          model.live?.state === "sent" && "flying",
          dim && "faded",
        ]
          .filter(Boolean)
          .join(" ")}
        data-edge={model.edge}
        onClick={() => onSelect(model)}
        onContextMenu={openMenu}
        onMouseEnter={onHover ? () => onHover(model) : undefined}
        onMouseLeave={onHover ? () => onHover(undefined) : undefined}
      >
        <title>
          {[
            model.label,
            model.payload && `payload ${model.payload}`,
            model.guard && `needs ${model.guard}`,
            model.cost && `costs ${model.cost}`,
            ...model.facts.map((fact) => `records ${fact}`),
          ]
            .filter(Boolean)
            .join("\n")}
        </title>
        <rect className="hit" x={8} y={row.y} width={layout.width - 16} height={row.height} rx={6} />
        {breaks ? <BreakSpot row={row} edge={statementOf(model.edge)} breaks={breaks} /> : null}
        {row.arrows.map((arrow) => (
          <ArrowShape
            key={arrow.edge + arrow.x2}
            arrow={arrow}
            colour={look.future ? "var(--ink-3)" : roleColour(ordinals.get(arrow.from) ?? 0)}
            look={look}
            selected={selected}
            fresh={fresh}
          />
        ))}
        {model.live?.state === "discarded" ? (
          <path className="cross" d={`M${place.x - 5} ${place.y + 1}l10 10m0 -10l-10 10`} />
        ) : null}
        <text className="label halo" x={place.x} y={place.y} textAnchor="middle">
          {model.label}
          {waiting ? ` ${model.live?.received}/${model.live?.legs}` : ""}
        </text>
        <text className="gutter" x={layout.gutterX + 4} y={row.y + row.height / 2 + 4}>
          {gutterText(model)}
        </text>
        {openMenu ? <MenuSpot row={row} x={layout.width - 24} open={openMenu} /> : null}
      </g>
    );
  },
);

/** As much of the words as the box holds, by an average width of 6.4 px. */
const fitting = (text: string, width: number): string => {
  const most = Math.max(3, Math.floor((width - 14) / 6.4));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
};

/** Something one role does by itself: a box on its lane, with a thread to whoever gets something. */
const Deed = ({
  mark,
  model,
  ordinals,
  dim,
}: Pick<BandProps, "ordinals" | "dim"> & { readonly mark: DeedMark; readonly model: DeedRow }) => {
  const colour = roleColour(ordinals.get(model.lane) ?? 0);
  const y = mark.y + mark.height / 2;
  const from = (mark.target ?? 0) > mark.lane ? mark.x + mark.width : mark.x;
  return (
    <g className={`deed ${model.deed}${dim ? " faded" : ""}`} data-edge={model.id}>
      <title>{`${model.lane}${model.note ?? ""}: ${model.text}`}</title>
      {mark.target === undefined ? null : (
        <line className="deed-thread" x1={from} x2={mark.target} y1={y} y2={y} stroke={colour} />
      )}
      <rect
        className="deed-box"
        x={mark.x}
        y={mark.y}
        width={mark.width}
        height={mark.height}
        rx={model.deed === "operation" || model.deed === "timer" ? mark.height / 2 : 5}
        stroke={colour}
      />
      <text className="deed-text" x={mark.lane} y={y + 4} textAnchor="middle">
        {fitting(model.text, mark.width)}
      </text>
    </g>
  );
};

const Words = ({ row, layout }: { readonly row: RowBox; readonly layout: SequenceLayout }) => {
  const y = row.y + row.height / 2 + 4;
  if (row.kind === "now") {
    return (
      <g>
        <line
          className="now-line"
          x1={8}
          x2={layout.width - 8}
          y1={row.y + row.height / 2}
          y2={row.y + row.height / 2}
        />
        <text className="now-text halo" x={16} y={y - 8}>
          now
        </text>
      </g>
    );
  }
  if (row.kind === "section") {
    return (
      <text className="quiet" x={row.x + 12} y={y}>
        <tspan fontWeight={600} style={{ fill: "var(--ink-2)" }}>
          {row.text}
        </tspan>
        {row.detail ? ` when ${row.detail}` : ""}
      </text>
    );
  }
  return (
    <text className="quiet" x={row.x + 12} y={y}>
      {row.text}
      {row.detail ? `  ${row.detail}` : ""}
    </text>
  );
};

/** One horizontal band of a sequence diagram. */
export const Band = (props: BandProps) => {
  const { row, layout } = props;
  if (row.kind === "message" && row.row?.kind === "message") return <Message {...props} model={row.row} />;
  if (row.row?.kind === "deed" && row.mark)
    return <Deed mark={row.mark} model={row.row} ordinals={props.ordinals} dim={props.dim} />;
  return row.kind === "frame" || row.kind === "collapsed" || row.kind === "foot" ? null : (
    <Words row={row} layout={layout} />
  );
};
