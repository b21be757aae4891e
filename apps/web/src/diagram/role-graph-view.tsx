import "@xyflow/react/dist/style.css";
import type { RoleGraph, RoleNode } from "@parley/core/diagram";
import {
  BaseEdge,
  Controls,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { memo, useMemo } from "react";
import { isSelected, useSelection } from "../selection/selection.ts";
import { LoadingState } from "../ui/states.tsx";
import "./graph.css";
import { textWidth } from "./layered-layout.ts";
import { roleColour } from "./role-colour.ts";
import { useLayout } from "./use-layout.ts";

type RoleFlowNode = Node<{ readonly role: RoleNode }, "role">;
type MessageFlowEdge = Edge<
  {
    readonly messages: RoleGraph["edges"][number]["messages"];
    readonly ordinal: number;
    readonly both: boolean;
  },
  "messages"
>;

const HEIGHT = 38;
const widthOf = (role: RoleNode): number => Math.max(96, textWidth(role.label) + 36);

const RoleBox = memo(({ data: { role } }: NodeProps<RoleFlowNode>) => (
  <div
    className={role.stacked ? "graph-role stacked" : "graph-role"}
    style={{ borderColor: roleColour(role.ordinal), color: roleColour(role.ordinal) }}
  >
    <Handle type="target" position={Position.Left} isConnectable={false} />
    {role.label}
    <Handle type="source" position={Position.Right} isConnectable={false} />
  </div>
));

/** All messages from one role to another, as a list on the edge. */
const MessageEdge = memo((props: EdgeProps<MessageFlowEdge>) => {
  const { select, selection } = useSelection();
  const lift = props.data?.both ? 0.6 : 0.25;
  const [path, x, y] = getBezierPath({ ...props, curvature: lift });
  const chosen = props.data?.messages.some(({ edge }) => isSelected(selection.edge, edge));
  const shift = props.data?.both ? (props.source < props.target ? -26 : 26) : 0;
  return (
    <>
      <BaseEdge
        id={props.id}
        path={path}
        {...(props.markerEnd ? { markerEnd: props.markerEnd } : {})}
        style={{ stroke: roleColour(props.data?.ordinal ?? 0), strokeWidth: chosen ? 2.4 : 1.4 }}
      />
      <EdgeLabelRenderer>
        <div
          className="graph-messages nodrag nopan"
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y + shift}px)` }}
        >
          {props.data?.messages.slice(0, 6).map(({ edge, label }) => (
            <button
              key={edge}
              type="button"
              aria-pressed={isSelected(selection.edge, edge)}
              onClick={() => select({ edge, source: "roles" })}
            >
              {label}
            </button>
          ))}
          {(props.data?.messages.length ?? 0) > 6 ? (
            <span>+{(props.data?.messages.length ?? 0) - 6} more</span>
          ) : null}
        </div>
      </EdgeLabelRenderer>
    </>
  );
});

const nodeTypes = { role: RoleBox };
const edgeTypes = { messages: MessageEdge };

/** Who talks to whom, laid out in layers. */
export const RoleGraphView = ({
  graph,
  dimmed,
}: {
  readonly graph: RoleGraph;
  readonly dimmed?: boolean;
}) => {
  const nodes = useMemo(
    () => graph.nodes.map((role) => ({ id: role.id, width: widthOf(role), height: HEIGHT })),
    [graph],
  );
  const edges = useMemo(
    () =>
      graph.edges.map(({ id, from, to, messages }) => ({
        id,
        from,
        to,
        labelWidth: Math.max(60, ...messages.map(({ label }) => textWidth(label) + 16)),
      })),
    [graph],
  );
  const placed = useLayout(nodes, edges, "RIGHT");
  if (!placed) return <LoadingState what="the role graph" />;
  const ordinals = new Map(graph.nodes.map(({ id, ordinal }) => [id, ordinal]));
  const pairs = new Set(graph.edges.map(({ from, to }) => `${from} ${to}`));
  const flowNodes: RoleFlowNode[] = graph.nodes.map((role) => ({
    id: role.id,
    type: "role",
    position: placed.nodes.get(role.id) ?? { x: 0, y: 0 },
    width: widthOf(role),
    height: HEIGHT,
    data: { role },
    ariaLabel: `${role.label}: sends ${role.sends}, receives ${role.receives}`,
  }));
  const flowEdges: MessageFlowEdge[] = graph.edges.map(({ id, from, to, messages }) => ({
    id,
    source: from,
    target: to,
    type: "messages",
    markerEnd: { type: "arrowclosed" as never, color: roleColour(ordinals.get(from) ?? 0) },
    data: { messages, ordinal: ordinals.get(from) ?? 0, both: pairs.has(`${to} ${from}`) },
    ariaLabel: `${from} to ${to}: ${messages.map(({ label }) => label).join(", ")}`,
  }));
  return (
    <div className={dimmed ? "graph dimmed" : "graph"}>
      <ReactFlow
        key={graph.nodes.map(({ id }) => id).join()}
        nodes={flowNodes}
        edges={flowEdges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        fitView
        nodesConnectable={false}
        edgesFocusable
        nodesDraggable={false}
        minZoom={0.2}
        proOptions={{ hideAttribution: true }}
        aria-label="Role graph"
      >
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
};
