import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode, useEffect } from "react";
import { createPortal } from "react-dom";
import { create } from "zustand";
import { usePalette } from "../actions/palette.tsx";
import { showKey } from "../actions/shortcuts.ts";
import { Button } from "../ui/button.tsx";
import { ConnectionChip } from "./connection-chip.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

export interface Crumb {
  readonly label: string;
  /** Absent on the page itself. */
  readonly to?: string;
}

const useCrumbs = create<{ crumbs: readonly Crumb[]; slot: HTMLElement | null }>(() => ({
  crumbs: [],
  slot: null,
}));

/** Names the page, in the bar and in the window's title. Memoise the list. */
export const useBreadcrumbs = (crumbs: readonly Crumb[]): void => {
  useEffect(() => {
    useCrumbs.setState({ crumbs });
    document.title = [...crumbs.map(({ label }) => label).reverse(), "Parley"].join(" · ");
  }, [crumbs]);
};

/** Puts a page's own chips and buttons into the bar. */
export const TopSlot = ({ children }: { readonly children: ReactNode }) => {
  const slot = useCrumbs((state) => state.slot);
  return slot ? createPortal(children, slot) : null;
};

const setSlot = (slot: HTMLElement | null): void => useCrumbs.setState({ slot });

export const TopBar = () => {
  const crumbs = useCrumbs((state) => state.crumbs);
  return (
    <header className="top">
      <nav aria-label="Breadcrumb">
        <ol className="crumbs">
          {crumbs.map(({ label, to }) => (
            <Fragment key={label}>
              {to ? (
                <li className="wide-only">
                  <Link to={to}>{label}</Link>
                </li>
              ) : (
                <li aria-current="page" title={label}>
                  {label}
                </li>
              )}
            </Fragment>
          ))}
        </ol>
      </nav>
      <ConnectionChip />
      <span className="spacer" />
      <div className="top-slot" ref={setSlot} />
      <Button
        variant="quiet"
        icon="search"
        aria-label="Commands"
        title={`Commands (${showKey("Mod+K")})`}
        onClick={() => usePalette.setState({ open: true })}
      />
      <ThemeSwitch />
    </header>
  );
};
