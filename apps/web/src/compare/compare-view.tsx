import type { BreakingRun, Change, CompatReport } from "@parley/core/diff";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import type { Action } from "../actions/action.ts";
import { useActions } from "../actions/registry.ts";
import { useNarrow } from "../protocol/use-narrow.ts";
import { TopSlot } from "../shell/top-bar.tsx";
import { announce } from "../ui/announcer.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { toast, toastProblem } from "../ui/toast.tsx";
import { ChangesList } from "./changes-list.tsx";
import { type Age, type Chosen, chosenOf, counterpart } from "./compare.ts";
import "./compare.css";
import { openRun } from "./open-run.ts";
import { type ShownRun, VerdictChip } from "./peer-table.tsx";
import { PeersPanel } from "./peers-panel.tsx";
import { SideDiagram } from "./side-diagram.tsx";
import { type Comparison, useComparison } from "./use-comparison.ts";
import { VersionBar } from "./version-bar.tsx";
import type { Comparable } from "./versions.ts";

const TextDiff = lazy(() => import("./text-diff.tsx").then((module) => ({ default: module.TextDiff })));
const route = getRouteApi("/protocols/$id/compare");

type TabId = "changes" | "peers" | "text";
const tabs = ["changes", "peers", "text"] as const;

interface CompareViewProps {
  readonly id: string;
  readonly all: readonly Comparable[];
  readonly old: Comparable;
  readonly new: Comparable;
}

const runOf = (report: CompatReport | undefined, shown: ShownRun | undefined): BreakingRun | undefined => {
  const role = report?.roles.find((one) => one.role === shown?.role);
  return shown?.age === "new" ? role?.newAmongOld.run : role?.oldAmongNew.run;
};

/** The first run worth looking at: an old peer's, else a new one's. */
const firstRun = (report: CompatReport | undefined): ShownRun | undefined => {
  const old = report?.roles.find(({ oldAmongNew }) => oldAmongNew.run);
  if (old) return { role: old.role, age: "old" };
  const now = report?.roles.find(({ newAmongOld }) => newAmongOld.run);
  return now && { role: now.role, age: "new" };
};

const useChosen = ({ differences }: Comparison) => {
  const [chosen, setChosen] = useState<Chosen>({});
  const choose = useCallback((change: Change) => {
    setChosen(chosenOf(change));
    announce(change.sentence);
  }, []);
  const select = useCallback(
    (age: Age, edge: string) => {
      if (differences) setChosen(counterpart(differences.diff, age, edge));
    },
    [differences],
  );
  return { chosen, choose, select };
};

/** Where a step of a run stands in the pictures: the peer's own steps in its version, all others in theirs. */
const useRun = (report: CompatReport | undefined, select: (age: Age, edge: string) => void) => {
  const [picked, setPicked] = useState<ShownRun>();
  const [at, setAt] = useState<number>();
  const shown = picked ?? firstRun(report);
  const run = runOf(report, shown);
  const step = (next: number): void => {
    if (!run || !shown) return;
    setAt(next);
    const here = run.trace[next];
    const others: Age = shown.age === "old" ? "new" : "old";
    if (here) select(here.role === run.peer ? shown.age : others, here.edge);
    else if (run.message) select(run.message.from === run.peer ? shown.age : others, run.message.edge);
  };
  const show = (next: ShownRun): void => {
    setPicked(next);
    setAt(undefined);
  };
  return { shown, run, at: at ?? run?.trace.length ?? 0, step, show };
};

const useMoves = (
  changes: readonly Change[],
  chosen: Chosen,
  choose: (change: Change) => void,
  swap: () => void,
) => {
  const actions = useMemo<readonly Action[]>(() => {
    const at = changes.findIndex(({ old, new: now }) => old?.id === chosen.old && now?.id === chosen.new);
    const go = (to: number): void => {
      const change = changes[(to + changes.length) % Math.max(1, changes.length)];
      if (change) choose(change);
    };
    const enabled = changes.length > 0;
    return [
      {
        id: "compare.next",
        label: "Next change",
        group: "Compare",
        keys: ["j"],
        enabled,
        run: () => go(at + 1),
      },
      {
        id: "compare.previous",
        label: "Previous change",
        group: "Compare",
        keys: ["k"],
        enabled,
        run: () => go(at < 0 ? -1 : at - 1),
      },
      { id: "compare.swap", label: "Swap the two versions", group: "Compare", keys: ["x"], run: swap },
    ];
  }, [changes, chosen, choose, swap]);
  useActions(actions);
};

const NO_CHANGES: readonly Change[] = [];

/** Two versions side by side: pictures with marks, every change in words, who still understands whom. */
export const CompareView = ({ id, all, old, new: now }: CompareViewProps) => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = useNavigate();
  const narrow = useNarrow();
  const comparison = useComparison({ old, new: now });
  const { differences, compat, failed } = comparison;
  const { chosen, choose, select } = useChosen(comparison);
  const [role, setRole] = useState<string>();
  const [side, setSide] = useState<Age>("new");
  const [opening, setOpening] = useState(false);
  const report = compat?.ok ? compat.report : undefined;
  const run = useRun(report, select);
  const changes = differences?.diff.changes ?? NO_CHANGES;
  const pick = useCallback(
    (from: string, to: string) =>
      void navigate({ search: (before) => ({ ...before, from, to }), replace: true }),
    [navigate],
  );
  const swap = useCallback(() => pick(now.id, old.id), [pick, now, old]);
  useMoves(changes, chosen, choose, swap);
  const active: TabId = tabs.find((tab) => tab === search.tab) ?? "changes";
  const world = run.shown?.age === "new" ? old : now;
  const open = async (): Promise<void> => {
    if (!differences || !run.run || !run.shown) return;
    setOpening(true);
    try {
      const others = differences[run.shown.age === "new" ? "old" : "new"];
      const opened = await openRun({ protocol: id, version: world.id, side: others, run: run.run });
      if (opened.short) toast({ text: opened.short });
      await go({ to: "/sessions/$id", params: { id: opened.id } });
    } catch (error) {
      toastProblem(error);
    }
    setOpening(false);
  };
  if (failed) return <ErrorState error={failed} />;
  const sideView = (age: Age) =>
    differences ? (
      <SideDiagram
        key={age}
        age={age}
        title={(age === "old" ? old : now).title}
        side={differences[age]}
        diff={differences.diff}
        selected={chosen[age]}
        onSelect={select}
      />
    ) : null;
  return (
    <div className="compare">
      <TopSlot>{report ? <VerdictChip verdict={report.verdict} /> : null}</TopSlot>
      <VersionBar
        all={all}
        old={old}
        new={now}
        onPick={(age, picked) => pick(age === "old" ? picked : old.id, age === "new" ? picked : now.id)}
        onSwap={swap}
      />
      {differences ? (
        <div className="compare-sides">
          {narrow ? (
            <>
              <Tabs
                label="Version shown"
                tabs={[
                  { id: "old", label: "Old version" },
                  { id: "new", label: "New version" },
                ]}
                active={side}
                onChange={setSide}
              />
              {sideView(side)}
            </>
          ) : (
            [sideView("old"), sideView("new")]
          )}
        </div>
      ) : (
        <LoadingState what="the differences" />
      )}
      <section className="compare-detail" aria-label="Details">
        <Tabs
          label="Details"
          panel="compare-panel"
          tabs={[
            { id: "changes", label: `Changes${differences ? ` (${changes.length})` : ""}` },
            { id: "peers", label: "Peers" },
            { id: "text", label: "Text" },
          ]}
          active={active}
          onChange={(tab) => void navigate({ search: (before) => ({ ...before, tab }), replace: true })}
        />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that scrolls must be reachable by keyboard. */}
        <div className="compare-panel" id="compare-panel" role="tabpanel" tabIndex={0} aria-label={active}>
          {active === "changes" && differences ? (
            <ChangesList
              changes={changes}
              roles={differences.diff.roles}
              role={role}
              chosen={chosen}
              onRole={setRole}
              onChoose={choose}
            />
          ) : null}
          {active === "peers" ? (
            <PeersPanel
              compat={compat}
              run={run}
              opening={opening}
              onOpen={world.saved ? () => void open() : undefined}
            />
          ) : null}
          {active === "text" ? (
            <Suspense fallback={<LoadingState what="the texts" />}>
              <TextDiff old={old.source} new={now.source} narrow={narrow} />
            </Suspense>
          ) : null}
        </div>
      </section>
    </div>
  );
};
