import { type ComponentType, lazy, Suspense } from "react";
import { LoadingState } from "../ui/states.tsx";
import { WatchPanel } from "./debug/watch-panel.tsx";
import { ExecutionPanel } from "./execution/execution-panel.tsx";
import { MachinePanel } from "./machine-panel.tsx";
import { MessagePanel } from "./message-panel.tsx";
import { NextPanel } from "./next-panel.tsx";
import { WhyPanel } from "./why-panel.tsx";

const LazyGuards = lazy(() =>
  import("./guards/guards-panel.tsx").then(({ GuardsPanel }) => ({ default: GuardsPanel })),
);
const GuardsPanel = () => (
  <Suspense fallback={<LoadingState what="the guards" />}>
    <LazyGuards />
  </Suspense>
);

const LazyOwnership = lazy(() =>
  import("../ownership/ownership-panel.tsx").then(({ OwnershipPanel }) => ({ default: OwnershipPanel })),
);
const OwnershipPanel = () => (
  <Suspense fallback={<LoadingState what="the owner" />}>
    <LazyOwnership />
  </Suspense>
);

const LazyResilience = lazy(() =>
  import("./resilience/resilience-panel.tsx").then(({ ResiliencePanel }) => ({ default: ResiliencePanel })),
);
const ResiliencePanel = () => (
  <Suspense fallback={<LoadingState what="the replicas" />}>
    <LazyResilience />
  </Suspense>
);

const LazyOperations = lazy(() =>
  import("./operations/operations-panel.tsx").then(({ OperationsPanel }) => ({ default: OperationsPanel })),
);
const OperationsPanel = () => (
  <Suspense fallback={<LoadingState what="the operations" />}>
    <LazyOperations />
  </Suspense>
);

/** What the address says beside the panel's own id; every panel reads the session from its context. */
export interface SidePanelProps {
  readonly role: string | undefined;
  readonly onRole: (role: string) => void;
}

/** The panels of the inspector, in order: a new one is a line here. */
export const sidePanels = [
  { id: "next", label: "Next", Panel: NextPanel },
  { id: "message", label: "Message", Panel: MessagePanel },
  { id: "guards", label: "Guards", Panel: GuardsPanel },
  { id: "ownership", label: "Ownership", Panel: OwnershipPanel },
  { id: "machine", label: "Machine", Panel: MachinePanel },
  { id: "execution", label: "Execution", Panel: ExecutionPanel },
  { id: "operations", label: "Operations", Panel: OperationsPanel },
  { id: "why", label: "Why", Panel: WhyPanel },
  { id: "watch", label: "Watch", Panel: WatchPanel },
  { id: "resilience", label: "Resilience", Panel: ResiliencePanel },
] as const satisfies readonly {
  readonly id: string;
  readonly label: string;
  readonly Panel: ComponentType<SidePanelProps>;
}[];

export type SideTab = (typeof sidePanels)[number]["id"];
