import "@xyflow/react/dist/style.css";
import { type Placed, type RoleGraph, type RoleNode, textWidth } from "@parley/core/diagram";
import {
  BaseEdge,
  Controls,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { memo, useMemo } from "react";
import { isSelected, useSelection } from "../selection/selection.ts";
import { LoadingState } from "../ui/states.tsx";
import "./graph.css";
import { type Curve, edgeCurve } from "./edge-curve.ts";
import { roleColour } from "./role-colour.ts";
import { useLayout } from "./use-layout.ts";

type RoleFlowNode = Node<{ readonly role: RoleNode }, "role">;
type Messages = RoleGraph["edges"][number]["messages"];
type MessageFlowEdge = Edge<
  { readonly messages: Messages; readonly ordinal: number; readonly curve: Curve },
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

/** Messages listed on an edge before the rest is a number. */
const LISTED = 6;
const LINE = 17;

const labelSize = (messages: Messages): { width: number; height: number } => ({
  width: Math.max(60, ...messages.slice(0, LISTED).map(({ label }) => textWidth(label) + 10)),
  height: LINE * Math.min(messages.length, LISTED + 1),
});

/** All messages from one role to another, as a list on the edge. */
const MessageEdge = memo(({ id, data, markerEnd }: EdgeProps<MessageFlowEdge>) => {
  const select = useSelection((state) => state.select);
  const selected = useSelection((state) => state.selection.edge);
  if (!data) return null;
  const { messages, curve, ordinal } = data;
  const chosen = messages.some(({ edge }) => isSelected(selected, edge));
  return (
    <>
      <BaseEdge
        id={id}
        path={curve.path}
        {...(markerEnd ? { markerEnd } : {})}
        style={{ stroke: roleColour(ordinal), strokeWidth: chosen ? 2.4 : 1.4 }}
      />
      <EdgeLabelRenderer>
        <div
          className="graph-messages nodrag nopan"
          style={{ transform: `translate(-50%, -50%) translate(${curve.label.x}px, ${curve.label.y}px)` }}
        >
          {messages.slice(0, LISTED).map(({ edge, label }) => (
            <button
              key={edge}
              type="button"
              aria-pressed={isSelected(selected, edge)}
              onClick={() => select({ edge, source: "roles" })}
            >
              {label}
            </button>
          ))}
          {messages.length > LISTED ? <span>+{messages.length - LISTED} more</span> : null}
        </div>
      </EdgeLabelRenderer>
    </>
  );
});

const nodeTypes = { role: RoleBox };
const edgeTypes = { messages: MessageEdge };

/** The layout that wastes less of a pane about as high as it is wide. */
const squarer = (a: Placed, b: Placed): Placed =>
  Math.max(a.width, a.height) <= Math.max(b.width, b.height) ? a : b;

/** Room for the lists of messages between the roles. */
const spacing = { layers: 150, nodes: 130 };

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
    () => graph.edges.map(({ id, from, to }) => ({ id, from, to, labelWidth: 1 })),
    [graph],
  );
  const across = useLayout(nodes, edges, "RIGHT", spacing);
  const down = useLayout(nodes, edges, "DOWN", spacing);
  const placed = across && down ? squarer(across, down) : undefined;
  const flow = useMemo(() => (placed ? flowOf(graph, placed) : undefined), [graph, placed]);
  if (!flow) return <LoadingState what="the role graph" />;
  return (
    <div className={dimmed ? "graph dimmed" : "graph"}>
      <ReactFlow
        key={graph.nodes.map(({ id }) => id).join()}
        nodes={flow.nodes}
        edges={flow.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        fitView
        fitViewOptions={{ maxZoom: 1.1, minZoom: 0.75, padding: 0.12 }}
        nodesConnectable={false}
        nodesDraggable={false}
        minZoom={0.3}
        proOptions={{ hideAttribution: true }}
        aria-label="Role graph"
      >
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
};

const flowOf = (graph: RoleGraph, placed: Placed): { nodes: RoleFlowNode[]; edges: MessageFlowEdge[] } => {
  const ordinals = new Map(graph.nodes.map(({ id, ordinal }) => [id, ordinal]));
  const pairs = new Set(graph.edges.map(({ from, to }) => `${from} ${to}`));
  const boxes = new Map(
    graph.nodes.map((role) => [
      role.id,
      { ...(placed.nodes.get(role.id) ?? { x: 0, y: 0 }), width: widthOf(role), height: HEIGHT },
    ]),
  );
  const nowhere = { x: 0, y: 0, width: 0, height: 0 };
  return {
    nodes: graph.nodes.map((role) => ({
      id: role.id,
      type: "role",
      position: placed.nodes.get(role.id) ?? { x: 0, y: 0 },
      width: widthOf(role),
      height: HEIGHT,
      data: { role },
      ariaLabel: `${role.label}: sends ${role.sends}, receives ${role.receives}`,
    })),
    edges: graph.edges.map(({ id, from, to, messages }) => ({
      id,
      source: from,
      target: to,
      type: "messages",
      markerEnd: { type: MarkerType.ArrowClosed, color: roleColour(ordinals.get(from) ?? 0) },
      data: {
        messages,
        ordinal: ordinals.get(from) ?? 0,
        curve: edgeCurve(
          boxes.get(from) ?? nowhere,
          boxes.get(to) ?? nowhere,
          pairs.has(`${to} ${from}`),
          labelSize(messages),
        ),
      },
      ariaLabel: `${from} to ${to}: ${messages.map(({ label }) => label).join(", ")}`,
    })),
  };
};
