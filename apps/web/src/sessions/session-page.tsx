import { useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { CeremonyLink } from "../ceremonies/ceremony-link.tsx";
import { useNarrow } from "../protocol/use-narrow.ts";
import { TopSlot, useBreadcrumbs } from "../shell/top-bar.tsx";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { BranchesPanel } from "./branches-panel.tsx";
import { FocusBand } from "./debug/focus-band.tsx";
import { SearchDialog } from "./debug/search-dialog.tsx";
import { useStopped } from "./debug/stopped.ts";
import { useDebugActions } from "./debug/use-debug-actions.ts";
import { CategoryBadge } from "./guards/category-badge.tsx";
import { ConfirmDialogs } from "./interventions/confirm-dialogs.tsx";
import { ControlPanel } from "./interventions/control-panel.tsx";
import { FaultMenu } from "./interventions/fault-menu.tsx";
import { useInterventionActions } from "./interventions/use-intervention-actions.ts";
import { Middle } from "./middle-tabs.tsx";
import { NextPanel } from "./next-panel.tsx";
import { SeatsPanel } from "./seats-panel.tsx";
import { type OpenSession, SessionContext, useOpenSession } from "./session-context.ts";
import { ordinalsOf, useSessionPicture } from "./session-picture.ts";
import "./session.css";
import "./debug/debugging.css";
import { type SideTab, sidePanels } from "./side-panels.tsx";
import { StatusBand } from "./status-band.tsx";
import { StatusChip } from "./status-chip.tsx";
import { nextWords } from "./status-words.ts";
import { Timeline } from "./timeline.tsx";
import { middleTabs, type SessionAddress, useAddress } from "./use-address.ts";
import { useCommands } from "./use-commands.ts";
import { usePlaying } from "./use-playing.ts";
import { copyLink, useSessionActions } from "./use-session-actions.ts";
import { type SessionData, useSessionData } from "./use-session-data.ts";
import { useSessionSelection } from "./use-session-selection.ts";

/** Says what a new entry did, while the page follows now. */
const useAnnounceSteps = ({ head, past }: SessionData): void => {
  const told = useRef(head.head);
  useEffect(() => {
    if (head.head === told.current) return;
    told.current = head.head;
    if (!past) announce(`${head.summary}; ${nextWords(head.next)}`);
  }, [head, past]);
};

const useOpenSessionState = (data: SessionData): OpenSession => {
  const commands = useCommands(data);
  const picture = useSessionPicture(data.head);
  const [preview, setPreview] = useState<string>();
  const roles = picture?.roles;
  const ordinals = useMemo(
    () => ordinalsOf(roles ?? data.head.roles.map(({ role }) => role)),
    [roles, data.head.roles],
  );
  // A button that goes away under the pointer never says that the pointer left it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new position has new cards.
  useEffect(() => setPreview(undefined), [data.view.at]);
  return useMemo(
    () => ({ data, commands, picture, ordinals, preview, setPreview }),
    [data, commands, picture, ordinals, preview],
  );
};

/** What stands in the top bar beside the session's name. */
const Head = () => {
  const { data, commands } = useOpenSession();
  const { head, view, past } = data;
  useBreadcrumbs(
    useMemo(() => [{ label: "Sessions", to: "/sessions" }, { label: head.title }], [head.title]),
  );
  return (
    <>
      <TopSlot>
        <StatusChip status={head.status} />
        <CategoryBadge />
        <CeremonyLink ceremony={head.ceremony} />
        <span className="wide-only quiet-note policy" title="Execution policy">
          {head.policy}
        </span>
        <Button className="wide-only" icon="link" variant="quiet" onClick={() => copyLink(view.at)}>
          Copy link
        </Button>
        {past ? null : (
          <Button className="wide-only" icon="fork" disabled={commands.busy} onClick={commands.fork}>
            Fork here
          </Button>
        )}
      </TopSlot>
      <h1 className="visually-hidden">{head.title}</h1>
    </>
  );
};

interface PaneProps {
  readonly address: SessionAddress;
  readonly narrow: boolean;
}

const MiddlePane = ({ address, narrow }: PaneProps) => {
  const { data } = useOpenSession();
  const { view, stale } = data;
  const { set, tab } = address;
  return (
    <section className="middle" aria-label="Pictures of the session" aria-busy={stale}>
      <Tabs
        label="Pictures"
        keepFocus
        tabs={middleTabs}
        active={tab}
        onChange={(next) => set({ tab: next })}
        panel="session-picture"
      />
      <div id="session-picture" role="tabpanel" aria-label={tab} className="panel">
        <Middle address={address} />
      </div>
      {/* Always one line high: the diagram above does not move when the past begins. */}
      <FocusBand session={data.id} />
      <div className="foot">
        <p className="summary" title={view.summary}>
          <span className="mono">#{view.at}</span> {view.summary}
        </p>
        {narrow ? null : <StatusBand />}
      </div>
    </section>
  );
};

/** On a phone the cards stand above the diagram, whatever the inspector below it shows. */
const Inspector = ({ address, narrow }: PaneProps) => {
  const { data } = useOpenSession();
  const { search, set, side } = address;
  const shown = narrow && side === "next" ? "message" : side;
  const onRole = useCallback((role: string) => set({ role }), [set]);
  const { Panel } = sidePanels.find(({ id }) => id === shown) ?? sidePanels[0];
  return (
    <aside className={data.stale ? "right dimmed" : "right"} aria-label="Inspector">
      <Tabs
        label="Inspector"
        keepFocus
        tabs={narrow ? sidePanels.slice(1) : sidePanels}
        active={shown}
        onChange={(next) => set({ side: next })}
        panel="session-side"
      />
      <div id="session-side" role="tabpanel" aria-label={shown} className="panel">
        <Panel role={search.role} onRole={onRole} />
      </div>
    </aside>
  );
};

const Workbench = ({ data }: { readonly data: SessionData }) => {
  const session = useOpenSessionState(data);
  const { commands } = session;
  const address = useAddress(data.id);
  const { search, set } = address;
  const narrow = useNarrow();
  const playback = usePlaying(data, commands);
  const { playing, toggle } = playback;
  const [searching, setSearching] = useState(false);
  const showTab = useCallback((index: number) => set({ tab: middleTabs[index]?.id ?? "sequence" }), [set]);
  const showSide = useCallback((side: SideTab) => set({ side }), [set]);
  const openSearch = useCallback(() => setSearching(true), []);
  useSessionActions(data, commands, toggle, showTab);
  useDebugActions(session, { playback, showSide, search: openSearch });
  useInterventionActions(session, showSide);
  useStopped(data.head);
  useSessionSelection(data.id, search.sel);
  useAnnounceSteps(data);
  return (
    <SessionContext value={session}>
      <Head />
      <div className="session">
        {narrow ? (
          <>
            <StatusBand />
            <NextPanel />
          </>
        ) : null}
        <aside className="left" aria-label="Seats and branches">
          <SeatsPanel />
          <ControlPanel />
          <BranchesPanel />
        </aside>
        <MiddlePane address={address} narrow={narrow} />
        <Inspector address={address} narrow={narrow} />
        <Timeline playing={playing} onPlay={toggle} speed={playback.speed} onSpeed={playback.setSpeed} />
      </div>
      <FaultMenu onSide={showSide} />
      <ConfirmDialogs />
      <SearchDialog open={searching} onClose={() => setSearching(false)} />
    </SessionContext>
  );
};

const SessionLoader = ({ id, at }: { readonly id: string; readonly at: number | undefined }) => {
  const session = useSessionData(id, at);
  switch (session.state) {
    case "loading":
      return <LoadingState what="the session" />;
    case "failed":
      return <ErrorState error={session.error} retry={session.retry} />;
    case "ready":
      return <Workbench data={session.data} />;
  }
};

/** A session at its present or at any position of its past. */
export const SessionPage = () => {
  const { id } = useParams({ from: "/sessions/$id" });
  const { at } = useSearch({ from: "/sessions/$id" });
  return <SessionLoader key={id} id={id} at={at} />;
};
