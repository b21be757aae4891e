import { useMemo } from "react";
import { placeOf } from "../../diagram/diagram-menu.ts";
import { useSelection } from "../../selection/selection.ts";
import { announce } from "../../ui/announcer.tsx";
import { livePicture, rowOfSelection } from "../live-picture.ts";
import type { OpenSession } from "../session-context.ts";
import { type SessionAction, useActionsOfSession } from "../use-actions-of-session.ts";
import { holdAll } from "./control-panel.tsx";
import { openFaultMenu, useInterventions } from "./use-interventions.ts";

/** Opens the menu of the message that is selected, else of the role. */
const openSelected = ({ data, ordinals }: OpenSession): void => {
  const { edge, seq, role } = useSelection.getState().selection;
  const place = placeOf(document.querySelector(".sequence .band.selected"), document.querySelector("main"));
  const model = livePicture(data.view, [...ordinals.keys()], data.entries);
  const row = rowOfSelection(model, edge, seq);
  if (row) openFaultMenu({ kind: "message", row }, place);
  else if (role === undefined) announce("Select a message or a role first");
  else openFaultMenu({ kind: "lane", lane: role }, place);
};

/** Holding, ending and harming the session, for keys, palette and help. */
export const useInterventionActions = (session: OpenSession, showSide: (side: "execution") => void): void => {
  const actions = useMemo<readonly SessionAction[]>(() => {
    const { data, commands } = session;
    const { head } = data;
    const free = commands.sealed === undefined;
    const pausing = holdAll(head, "pause");
    const resuming = holdAll(head, "resume");
    return [
      ["faults", "What can be done to the selected message or role", ["x"], () => openSelected(session)],
      ["execution", "How the session is run: scheduler, queue, envelope", ["e"], () => showSide("execution")],
      [
        "pauseAll",
        "Pause the session",
        [],
        () => commands.apply(pausing, "the session is paused"),
        free && pausing.length > 0,
      ],
      [
        "resumeAll",
        "Resume the session",
        [],
        () => commands.apply(resuming, "the session is resumed"),
        free && resuming.length > 0,
      ],
      [
        "cancelAll",
        "Cancel the session …",
        [],
        () => useInterventions.setState({ ending: "cancel" }),
        free && head.status === "active",
      ],
      [
        "close",
        "Close the session …",
        [],
        () => useInterventions.setState({ ending: "close" }),
        free && head.status === "active",
      ],
    ];
  }, [session, showSide]);
  useActionsOfSession(actions);
};
