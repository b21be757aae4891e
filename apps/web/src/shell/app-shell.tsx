import { Outlet, useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import type { Action } from "../actions/action.ts";
import { HelpOverlay, useHelp } from "../actions/help-overlay.tsx";
import { Palette, usePalette } from "../actions/palette.tsx";
import { useActions } from "../actions/registry.ts";
import { listenForShortcuts } from "../actions/shortcuts.ts";
import { useSelection } from "../selection/selection.ts";
import { Announcer } from "../ui/announcer.tsx";
import { Toasts } from "../ui/toast.tsx";
import { Rail } from "./rail.tsx";
import "./shell.css";
import { nextTheme } from "./theme-switch.tsx";
import { TopBar } from "./top-bar.tsx";

const useGlobalActions = (): void => {
  const navigate = useNavigate();
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: "go.home",
        label: "Go home",
        group: "Go to",
        keys: ["g h"],
        run: () => void navigate({ to: "/" }),
      },
      {
        id: "go.protocols",
        label: "Go to protocols",
        group: "Go to",
        keys: ["g p"],
        run: () => void navigate({ to: "/protocols" }),
      },
      {
        id: "go.sessions",
        label: "Go to sessions",
        group: "Go to",
        keys: ["g s"],
        run: () => void navigate({ to: "/sessions" }),
      },
      {
        id: "go.authorities",
        label: "Go to authorities",
        group: "Go to",
        keys: ["g a"],
        run: () => void navigate({ to: "/authorities" }),
      },
      {
        id: "go.journal",
        label: "Go to the journal",
        group: "Go to",
        keys: ["g j"],
        run: () => void navigate({ to: "/journal" }),
      },
      {
        id: "go.ceremonies",
        label: "Go to ceremonies",
        group: "Go to",
        keys: ["g e"],
        run: () => void navigate({ to: "/ceremonies" }),
      },
      {
        id: "go.reconfiguration",
        label: "Go to reconfiguration: bundles and who runs them",
        group: "Go to",
        keys: ["g r"],
        run: () => void navigate({ to: "/reconfiguration" }),
      },
      {
        id: "go.compositions",
        label: "Go to compositions of protocols",
        group: "Go to",
        keys: ["g o"],
        run: () => void navigate({ to: "/compositions" }),
      },
      {
        id: "go.migrations",
        label: "Go to migrations of facts",
        group: "Go to",
        keys: ["g m"],
        run: () => void navigate({ to: "/migrations" }),
      },
      {
        id: "go.admission",
        label: "Go to admission: packs, runtimes, what they refuse",
        group: "Go to",
        keys: ["g d"],
        run: () => void navigate({ to: "/admission" }),
      },
      {
        id: "go.findings",
        label: "Go to findings: what counts as an error",
        group: "Go to",
        keys: ["g f"],
        run: () => void navigate({ to: "/findings" }),
      },
      {
        id: "palette",
        label: "Commands",
        group: "View",
        keys: ["Mod+K"],
        whileTyping: true,
        run: () => usePalette.setState({ open: true }),
      },
      {
        id: "help",
        label: "Keyboard help",
        group: "View",
        keys: ["?"],
        run: () => useHelp.setState({ open: true }),
      },
      { id: "theme", label: "Switch theme", group: "View", run: nextTheme },
      {
        id: "select.clear",
        label: "Clear the selection",
        group: "View",
        keys: ["Escape"],
        run: () => useSelection.getState().clear(),
      },
      {
        id: "select.back",
        label: "Back to what was looked at",
        group: "View",
        keys: ["Alt+ArrowLeft"],
        run: () => useSelection.getState().back(),
      },
      {
        id: "select.forward",
        label: "Forward again",
        group: "View",
        keys: ["Alt+ArrowRight"],
        run: () => useSelection.getState().forward(),
      },
      {
        id: "copy.link",
        label: "Copy link to this view",
        group: "View",
        keys: ["c l"],
        run: () => void navigator.clipboard.writeText(location.href),
      },
    ],
    [navigate],
  );
  useActions(actions);
};

/** Landmarks of every page: rail, bar, content; and what floats above them. */
export const AppShell = () => {
  useGlobalActions();
  useEffect(listenForShortcuts, []);
  return (
    <div className="app">
      <a className="skip btn" href="#content">
        Skip to content
      </a>
      <Rail />
      <TopBar />
      <main className="content" id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <Palette />
      <HelpOverlay />
      <Toasts />
      <Announcer />
    </div>
  );
};
