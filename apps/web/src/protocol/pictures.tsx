import type { MessageRow, SequenceModel } from "@parley/core/diagram";
import { sequenceLayout, toMermaid, toSvg } from "@parley/core/diagram";
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { BreakMarks } from "../diagram/sequence-band.tsx";
import { SequenceView } from "../diagram/sequence-view.tsx";
import { TextTwinView } from "../diagram/text-twin-view.tsx";
import type { Pictures, Problem } from "../editor/analysis.ts";
import { useSelection } from "../selection/selection.ts";
import { useTheme } from "../theme/theme.ts";
import { Button } from "../ui/button.tsx";
import { LoadingState } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";
import { useMarks } from "./shown-problem.ts";

const RoleGraphView = lazy(() =>
  import("../diagram/role-graph-view.tsx").then((module) => ({ default: module.RoleGraphView })),
);
const AutomatonView = lazy(() =>
  import("../diagram/automaton-view.tsx").then((module) => ({ default: module.AutomatonView })),
);

const download = (name: string, type: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
};

/** The sequence diagram and its text twin. */
interface SequenceTabProps {
  readonly model: SequenceModel;
  readonly dimmed: boolean;
  readonly problems: readonly Problem[];
  readonly breaks?: BreakMarks;
  /** More ways to draw it. */
  readonly tools?: ReactNode;
}

export const SequenceTab = ({ model, dimmed, problems, breaks, tools }: SequenceTabProps) => {
  const marked = useMarks(model, problems);
  const [twin, setTwin] = useState(false);
  const selected = useSelection((state) => state.selection.edge);
  const select = useSelection((state) => state.select);
  const theme = useTheme((state) => state.theme);
  const onSelect = (row: MessageRow): void =>
    select({ edge: row.edge, ...(row.span ? { span: row.span } : {}), source: "sequence" });
  return (
    <>
      <div className="picture-tools">
        <span>
          {model.lanes.length} {model.lanes.length === 1 ? "role" : "roles"}
        </span>
        {tools}
        <span className="spacer" />
        <Button small variant="quiet" icon="list" aria-pressed={twin} onClick={() => setTwin(!twin)}>
          As text
        </Button>
        <Button
          small
          variant="quiet"
          icon="copy"
          onClick={() =>
            void navigator.clipboard
              .writeText(toMermaid(model))
              .then(() => toast({ text: "Copied as Mermaid" }))
          }
        >
          Mermaid
        </Button>
        <Button
          small
          variant="quiet"
          onClick={() =>
            download(`${model.name}.svg`, "image/svg+xml", toSvg(sequenceLayout(model), { theme }))
          }
        >
          SVG
        </Button>
      </div>
      <div className="picture">
        {twin ? (
          <TextTwinView model={model} selected={selected} onSelect={onSelect} />
        ) : (
          <SequenceView
            model={model}
            selected={selected}
            onSelect={onSelect}
            dimmed={dimmed}
            marked={marked}
            breaks={breaks}
            label={`Sequence diagram of ${model.name}`}
          />
        )}
      </div>
    </>
  );
};

export const RolesTab = ({ pictures, dimmed }: { readonly pictures: Pictures; readonly dimmed: boolean }) => (
  <div className="picture">
    <Suspense fallback={<LoadingState what="the role graph" />}>
      <RoleGraphView graph={pictures.graph} dimmed={dimmed} />
    </Suspense>
  </div>
);

interface AutomataTabProps {
  readonly pictures: Pictures;
  readonly role: string | undefined;
  readonly onRole: (role: string) => void;
  readonly dimmed: boolean;
}

/** One automaton per role, one role at a time. */
export const AutomataTab = ({ pictures, role, onRole, dimmed }: AutomataTabProps) => {
  const selected = useSelection((state) => state.selection.edge);
  const select = useSelection((state) => state.select);
  const shown = pictures.roles.find((picture) => picture.role === role) ?? pictures.roles[0];
  if (!shown) return null;
  return (
    <>
      <div className="picture-tools">
        <label>
          Role{" "}
          <select className="input" value={shown.role} onChange={(event) => onRole(event.target.value)}>
            {pictures.roles.map((picture) => (
              <option key={picture.role}>{picture.role}</option>
            ))}
          </select>
        </label>
        <span>
          {shown.automaton.states.length} states, {shown.automaton.transitions.length} transitions
          {pictures.sizes === "" ? "" : ` for ${pictures.sizes}`}
        </span>
      </div>
      <div className="picture">
        <Suspense fallback={<LoadingState what="the automaton" />}>
          <AutomatonView
            key={shown.role}
            automaton={shown.automaton}
            selected={selected}
            onSelect={(edge) => select({ edge, role: shown.role, source: "automaton" })}
            label={`Automaton of ${shown.role}`}
            dimmed={dimmed}
          />
        </Suspense>
      </div>
    </>
  );
};
