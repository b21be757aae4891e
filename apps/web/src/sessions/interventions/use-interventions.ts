import { create } from "zustand";
import type { DiagramTarget, MenuPlace, OpenMenu } from "../../diagram/diagram-menu.ts";
import type { OpenSession } from "../session-context.ts";
import type { Intervention } from "./intervention.ts";

interface Interventions {
  /** The menu that is open, and where. */
  readonly menu: { readonly target: DiagramTarget; readonly place: MenuPlace } | undefined;
  /** What waits for a yes. */
  readonly asked: Intervention | undefined;
  /** Which end of the session waits for a yes. */
  readonly ending: "cancel" | "close" | undefined;
}

export const useInterventions = create<Interventions>(() => ({
  menu: undefined,
  asked: undefined,
  ending: undefined,
}));

export const openFaultMenu: OpenMenu = (target, place) =>
  useInterventions.setState({ menu: { target, place } });

/** Tries it in a branch of the position shown. */
export const forkWith = ({ data, commands }: OpenSession, one: Intervention, at = data.view.at): void =>
  commands.forkWith(at, [...one.inputs], `What if ${one.words} at ${at}`);

/**
 * Does something to the open session. The past is tried in a branch; what
 * harms a session that is no branch is asked about first.
 */
export const intervene = (session: OpenSession, one: Intervention): void => {
  const { data, commands } = session;
  if (data.past) forkWith(session, one);
  else if (one.gentle || data.head.parent !== null) commands.apply(one.inputs, one.words);
  else useInterventions.setState({ asked: one });
};
