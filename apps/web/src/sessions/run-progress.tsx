import { Button } from "../ui/button.tsx";
import { useOpenSession } from "./session-context.ts";

/** A run that is going on: how far it is, and the way to stop it. */
export const RunProgress = () => {
  const { data, commands } = useOpenSession();
  const { run } = data.head;
  if (run?.state !== "running") return null;
  return (
    <span className="run" role="status">
      <progress aria-label="Run" /> {run.done} entries
      <Button small onClick={commands.cancelRun}>
        Cancel
      </Button>
    </span>
  );
};
