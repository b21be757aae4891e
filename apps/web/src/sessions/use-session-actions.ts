import { useMemo } from "react";
import { announce } from "../ui/announcer.tsx";
import { toast } from "../ui/toast.tsx";
import { backFrom, forwardFrom, shownAt } from "./timeline-model.ts";
import { type SessionAction, useActionsOfSession } from "./use-actions-of-session.ts";
import type { Commands } from "./use-commands.ts";
import type { SessionData } from "./use-session-data.ts";

/** The first card's own control: pressed if there is one answer, focused if a person has to choose. */
const actOnFirst = (): void => {
  const control = document.querySelector<HTMLButtonElement>("[data-first-action]");
  if (!control) announce("Nothing to do here");
  else if (control.closest("[data-card=decide]")) {
    control.focus();
    announce("Choose with Tab, then Enter");
  } else control.click();
};

/** Copies an address that keeps showing this position, also after the session has gone on. */
export const copyLink = (at: number): void => {
  const link = new URL(location.href);
  link.searchParams.set("at", String(at));
  navigator.clipboard.writeText(link.href).then(
    () => toast({ text: `Link to position ${at} copied` }),
    () => toast({ text: "The browser does not let this page copy", tone: "bad" }),
  );
};

/** The server names the file; the page stays where it is. */
const exportSession = (id: string): void => location.assign(`/api/sessions/${encodeURIComponent(id)}/export`);

/** Everything a session's page can do, for keys, palette and help. */
export const useSessionActions = (
  { id, place, past }: SessionData,
  commands: Commands,
  play: () => void,
  showTab: (index: number) => void,
): void => {
  const actions = useMemo<readonly SessionAction[]>(() => {
    const forward = (): void => {
      const next = forwardFrom(place);
      if (next === "step") commands.step();
      else commands.go(next);
    };
    return [
      ["back", "Step back", ["ArrowLeft"], () => commands.go(backFrom(place))],
      ["forward", "Step forward; at the end, step the machine", ["ArrowRight"], forward],
      ["start", "To the start", ["Home"], () => commands.go(0)],
      ["now", "Back to now", ["End"], () => commands.go(place.head)],
      ["play", "Play and pause", [" "], play],
      ["act", "Act on the first card", ["Enter"], actOnFirst, !past],
      ["round", "Single round", ["."], commands.round, commands.canStep],
      ["run", "Run to end", ["r"], () => commands.run(), commands.canStep],
      ["cancel", "Cancel the run", [], commands.cancelRun],
      ["fork", "Fork here", ["f"], commands.fork],
      ["link", "Copy link to this position", ["y"], () => copyLink(shownAt(place))],
      ["export", "Download this session as a file", [], () => exportSession(id)],
      ...["Sequence", "Automata", "Events", "Text", "Source", "Compare", "Effects"].map(
        (name, index): SessionAction => [
          `tab.${name}`,
          `Show ${name}`,
          [`Alt+${index + 1}`],
          () => showTab(index),
        ],
      ),
    ];
  }, [id, place, past, commands, play, showTab]);
  useActionsOfSession(actions);
};
