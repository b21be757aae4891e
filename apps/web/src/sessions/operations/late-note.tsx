import { useMemo } from "react";
import { Button } from "../../ui/button.tsx";
import { useOpenSession } from "../session-context.ts";
import { useSetAddress } from "../use-set-address.ts";
import { lateWords, operationRows } from "./operation-rows.ts";
import { StopNote } from "./stop-note.tsx";
import "./operations.css";

/** Operations of the position shown that make no progress. */
const useLate = () => {
  const { view } = useOpenSession().data;
  return useMemo(() => operationRows(view).filter(({ late }) => late), [view]);
};

/** Whether the status band has something to say of operations or of a budget. */
export const useRaised = (): boolean => {
  const { stopped } = useOpenSession().data.view;
  return useLate().length > 0 || stopped !== undefined;
};

/** In the status band: which operation stands still, and the budget the session stands at. */
export const LateNote = () => {
  const show = useSetAddress(useOpenSession().data.id);
  const late = useLate();
  const [first, ...more] = late;
  return (
    <>
      {first === undefined ? null : (
        <span className="late-note">
          {lateWords(first)}
          {more.length > 0 ? ` and ${more.length} more` : ""}{" "}
          <Button small onClick={() => show({ side: "operations" })}>
            Operations
          </Button>
        </span>
      )}
      <StopNote />
    </>
  );
};
