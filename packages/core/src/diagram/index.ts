/**
 * The pictures of a program and of a session, as pure geometry and text:
 * `@parley/core/diagram`.
 */
export { edgePath } from "../kernel/edge-path.ts";
export { type Automaton, type AutomatonState, type AutomatonTransition, automaton } from "./automaton.ts";
export {
  type AutomatonGraph,
  automatonGraph,
  STATE_RADIUS,
  stateSign,
  transitionWords,
} from "./automaton-graph.ts";
export {
  type ElkAnswer,
  type ElkRequest,
  elkAnswer,
  elkRequest,
  type GraphEdge,
  type GraphNode,
  type Placed,
  pathThrough,
  type Spacing,
  textWidth,
} from "./graph-layout.ts";
export { automatonToMermaid, roleGraphToMermaid } from "./graph-to-mermaid.ts";
export { automatonToSvg, roleGraphRequest, roleGraphToSvg } from "./graph-to-svg.ts";
export {
  type LiveDeed,
  type LiveEvent,
  type LiveOption,
  type LiveSequenceInput,
  liveSequence,
} from "./live-sequence.ts";
export { type RoleEdge, type RoleGraph, type RoleNode, roleGraph } from "./role-graph.ts";
export {
  type Arrow,
  type DeedMark,
  type FrameBox,
  framesBetween,
  type LaneBox,
  type RowBox,
  type RowKind,
  rowsBetween,
  type SequenceLayout,
  type SequenceLayoutOptions,
  sequenceLayout,
} from "./sequence-layout.ts";
export {
  type ContinueRow,
  type DeedKind,
  type DeedRow,
  type FrameKind,
  type FrameRow,
  type Lane,
  type Leg,
  type LiveMark,
  type MarkRow,
  type MessageRow,
  messageRows,
  type NowRow,
  type Section,
  type SequenceModel,
  type SequenceRow,
  walkRows,
} from "./sequence-model.ts";
export { type StaticSequenceOptions, staticSequence } from "./static-sequence.ts";
export { roleColour, type SvgTheme } from "./svg-theme.ts";
export { type TwinItem, textTwin } from "./text-twin.ts";
export { automatonToDot, roleGraphToDot, transitionText } from "./to-dot.ts";
export { toMermaid } from "./to-mermaid.ts";
export { type SvgOptions, toSvg } from "./to-svg.ts";
