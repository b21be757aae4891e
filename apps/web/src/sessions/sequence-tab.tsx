import type { MessageRow, SequenceModel } from "@parley/core/diagram";
import { useMemo, useRef } from "react";
import type { BreakMarks } from "../diagram/sequence-band.tsx";
import { SequenceView } from "../diagram/sequence-view.tsx";
import { TextTwinView } from "../diagram/text-twin-view.tsx";
import { useSelection } from "../selection/selection.ts";
import { marksByStatement, messageStop, toggleStop } from "./debug/marks.ts";
import { changeMarks, useMarks } from "./debug/use-marks.ts";
import { useCosts, withCosts } from "./guards/cost-rows.ts";
import { judgedIn } from "./guards/judged.ts";
import { openFaultMenu } from "./interventions/use-interventions.ts";
import { rowOfSelection } from "./live-picture.ts";
import { previewArm } from "./preview-arm.ts";
import { useSitters } from "./seats-panel.tsx";
import { useOpenSession } from "./session-context.ts";

const selectRow =
  (source: "sequence" | "twin") =>
  (row: MessageRow): void => {
    const seq = row.live?.sentAt ?? row.live?.receivedAt;
    useSelection.getState().select({ edge: row.edge, source, ...(seq === undefined ? {} : { seq }) });
  };
const selectInDiagram = selectRow("sequence");
const selectInText = selectRow("twin");

/** The row a step has just made; none while moving about in the log. */
const useFresh = (): string | undefined => {
  const { data } = useOpenSession();
  const before = useRef(data.view.at);
  const newest = data.entries.at(-1);
  const stepped = !data.past && data.view.at > before.current;
  before.current = data.view.at;
  const sent = stepped ? newest?.events.find(({ kind }) => kind === "sent") : undefined;
  return typeof sent?.edgeId === "string" ? sent.edgeId : undefined;
};

/** The breakpoints of the protocol, as the diagram's margin shows them. */
export const useBreakMarks = (): BreakMarks => {
  const { data } = useOpenSession();
  const protocol = data.head.protocol.id;
  const marks = useMarks(protocol);
  return useMemo(
    () => ({
      at: marksByStatement(marks),
      toggle: (edge) => changeMarks(protocol, (before) => toggleStop(before, messageStop(edge))),
    }),
    [marks, protocol],
  );
};

/** What is wrong with whom, under the heads of the diagram. */
const useLaneMarks = (): ReadonlyMap<string, string> => {
  const { view } = useOpenSession().data;
  return useMemo(() => {
    const marks = new Map<string, string>();
    for (const { role, paused } of view.roles) if (paused) marks.set(role, "⏸ paused");
    for (const { from, to } of view.broken?.cut ?? []) {
      marks.set(from, `⚡ cut off from ${to}`);
    }
    for (const role of view.broken?.crashed ?? []) marks.set(role, "⚡ crashed");
    return marks;
  }, [view]);
};

/** The session as a sequence: past solid, now a line, what may follow dotted. */
export const SequenceTab = ({ model: plain }: { readonly model: SequenceModel }) => {
  const { data, preview, picture } = useOpenSession();
  const costs = useCosts(({ shown }) => shown);
  const model = useMemo(
    () => (costs ? withCosts(plain, judgedIn(data.entries)) : plain),
    [costs, plain, data.entries],
  );
  const { edge, seq } = useSelection((state) => state.selection);
  const shown = useMemo(
    () => (preview === undefined ? model : previewArm(model, preview, picture?.following(preview) ?? [])),
    [model, preview, picture],
  );
  const sitters = useSitters(data.view);
  const broken = useLaneMarks();
  const breaks = useBreakMarks();
  const made = useFresh();
  const selected = preview ?? rowOfSelection(model, edge, seq)?.id ?? edge;
  const fresh = made === undefined ? undefined : rowOfSelection(model, made, data.view.at)?.id;
  return (
    <SequenceView
      model={shown}
      selected={selected}
      onSelect={selectInDiagram}
      laneNotes={sitters}
      fresh={fresh}
      followNow
      dimmed={data.stale}
      breaks={breaks}
      onMenu={openFaultMenu}
      laneMarks={broken}
      label="Sequence of the session"
    />
  );
};

/** The same messages in words. */
export const TextTab = ({ model }: { readonly model: SequenceModel }) => {
  const { edge, seq } = useSelection((state) => state.selection);
  const selected = rowOfSelection(model, edge, seq)?.id ?? edge;
  return <TextTwinView model={model} selected={selected} onSelect={selectInText} />;
};
