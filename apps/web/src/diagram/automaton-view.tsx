import {
  type Automaton,
  type AutomatonState,
  type AutomatonTransition,
  automatonGraph,
  type Placed,
  pathThrough,
  STATE_RADIUS,
  stateSign,
  transitionWords,
} from "@parley/core/diagram";
import { type KeyboardEvent, useMemo } from "react";
import { isSelected } from "../selection/selection.ts";
import { EmptyState, LoadingState } from "../ui/states.tsx";
import "./graph.css";
import { useLayout } from "./use-layout.ts";

export interface AutomatonViewProps {
  readonly automaton: Automaton;
  /** Edge id of the selected message. */
  readonly selected?: string | undefined;
  readonly onSelect: (edge: string) => void;
  /** States the role is in, and has been in. */
  readonly current?: ReadonlySet<string>;
  readonly visited?: ReadonlySet<string>;
  readonly label?: string;
  readonly dimmed?: boolean;
}

const RADIUS = STATE_RADIUS;

const StateMark = ({
  state,
  at,
  current,
  visited,
}: {
  readonly state: AutomatonState;
  readonly at: { x: number; y: number };
  readonly current: boolean;
  readonly visited: boolean;
}) => (
  <g
    transform={`translate(${at.x + RADIUS} ${at.y + RADIUS})`}
    className={["auto-state", state.kind, current && "current", visited && "visited"]
      .filter(Boolean)
      .join(" ")}
  >
    <title>
      {[state.id, state.initial && "start", state.final && "end", current && "here now"]
        .filter(Boolean)
        .join(" · ")}
    </title>
    <circle r={RADIUS - 3} />
    {state.final ? <circle r={RADIUS - 7} className="inner" /> : null}
    {state.initial ? <path d={`M${-RADIUS - 14} 0h12m-5 -4 5 4-5 4`} className="entry" /> : null}
    <text y={4} textAnchor="middle">
      {stateSign[state.kind]}
    </text>
  </g>
);

const Transition = ({
  transition,
  placed,
  chosen,
  onSelect,
}: {
  readonly transition: AutomatonTransition;
  readonly placed: Placed;
  readonly chosen: boolean;
  readonly onSelect: (edge: string) => void;
}) => {
  const edge = placed.edges.get(transition.id);
  if (!edge) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys of the group do the same.
    <g
      className={["auto-edge", transition.kind, chosen && "selected"].filter(Boolean).join(" ")}
      onClick={() => transition.edge !== "" && onSelect(transition.edge)}
    >
      <path d={pathThrough(edge.points)} className="hit-path" />
      <path d={pathThrough(edge.points)} className="line" markerEnd="url(#auto-arrow)" />
      {edge.label ? (
        <text x={edge.label.x} y={edge.label.y + 12}>
          {transitionWords(transition)}
          {transition.arm ? <tspan className="arm"> {transition.arm}</tspan> : null}
        </text>
      ) : null}
    </g>
  );
};

/** Beyond this a picture helps nobody, and laying it out would take minutes. */
const MAX_STATES = 500;

/** One role's automaton. Arrow keys walk its transitions. */
export const AutomatonView = (props: AutomatonViewProps) => {
  const states = props.automaton.states.length;
  if (states <= MAX_STATES) return <Picture {...props} />;
  return (
    <EmptyState title={`${states} states are too many to draw`}>
      An automaton is drawn up to {MAX_STATES} states. The sequence diagram and the types have all of it.
    </EmptyState>
  );
};

const Picture = ({ automaton, selected, onSelect, current, visited, label, dimmed }: AutomatonViewProps) => {
  const { states, transitions, spawns, nodes, edges } = useMemo(() => automatonGraph(automaton), [automaton]);
  const placed = useLayout(nodes, edges, "RIGHT");
  if (!placed || states.some(({ id }) => !placed.nodes.has(id))) return <LoadingState what="the automaton" />;
  const walk = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const messages = transitions.filter(({ edge }) => edge !== "");
    const at = messages.findIndex(({ edge }) => isSelected(selected, edge));
    const next = messages[Math.min(messages.length - 1, Math.max(0, at + step))];
    event.preventDefault();
    if (next) onSelect(next.edge);
  };
  const pad = 36;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a diagram is no fieldset.
    <div
      className={dimmed ? "automaton dimmed" : "automaton"}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the diagram is one control, its arrow keys walk the transitions.
      tabIndex={0}
      aria-label={`${label ?? "Automaton"}: ${states.length} states, ${transitions.length} transitions. Arrow keys walk the transitions.`}
      onKeyDown={walk}
    >
      <svg
        width={placed.width + 2 * pad}
        height={placed.height + 2 * pad}
        viewBox={`${-pad} ${-pad} ${placed.width + 2 * pad} ${placed.height + 2 * pad}`}
        aria-hidden="true"
      >
        <defs>
          <marker
            id="auto-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0l8 4-8 4z" fill="var(--ink-2)" />
          </marker>
        </defs>
        {spawns.map(({ id }) => (
          <path key={id} d={pathThrough(placed.edges.get(id)?.points ?? [])} className="auto-spawn" />
        ))}
        {transitions.map((transition) => (
          <Transition
            key={transition.id}
            transition={transition}
            placed={placed}
            chosen={transition.edge !== "" && isSelected(selected, transition.edge)}
            onSelect={onSelect}
          />
        ))}
        {states.map((state) => (
          <StateMark
            key={state.id}
            state={state}
            at={placed.nodes.get(state.id) ?? { x: 0, y: 0 }}
            current={current?.has(state.id) ?? false}
            visited={visited?.has(state.id) ?? false}
          />
        ))}
      </svg>
    </div>
  );
};
