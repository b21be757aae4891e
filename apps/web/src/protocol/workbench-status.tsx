import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import type { SaveState } from "./use-draft.ts";

interface StatusProps {
  readonly verdict: "sound" | "errors" | "empty" | undefined;
  readonly errors: number;
  readonly stale: boolean;
  readonly save: SaveState;
  readonly canOpen: boolean;
  readonly onOpen: () => void;
  readonly onSave: () => void;
  /** What trying every run has shown, once it has. */
  readonly runs: "free" | "stuck" | undefined;
}

const saveWords: Record<SaveState["kind"], string> = {
  saved: "Saved",
  unsaved: "Not saved yet",
  saving: "Saving …",
  failed: "Not saved",
  conflict: "Changed elsewhere",
};

const Verdict = ({
  verdict,
  errors,
  stale,
  runs,
}: Pick<StatusProps, "verdict" | "errors" | "stale" | "runs">) => {
  if (verdict === undefined || stale) return <Chip icon="wait">Checking</Chip>;
  if (verdict === "empty") return <Chip>Empty</Chip>;
  if (verdict === "sound" && runs === "stuck") {
    return (
      <Chip tone="bad" icon="cross" title="The Soundness tab shows the run">
        A run gets stuck
      </Chip>
    );
  }
  if (verdict === "sound") {
    return (
      <Chip
        tone="ok"
        icon="check"
        {...(runs === "free" ? { title: "Every run was tried: none gets stuck" } : {})}
      >
        Sound{runs === "free" ? <span className="wide-only"> · deadlock-free</span> : null}
      </Chip>
    );
  }
  return (
    <Chip tone="bad" icon="cross">
      {errors} {errors === 1 ? "error" : "errors"}
    </Chip>
  );
};

/** Verdict, save state, and the way on. */
export const WorkbenchStatus = ({
  verdict,
  errors,
  stale,
  save,
  canOpen,
  onOpen,
  onSave,
  runs,
}: StatusProps) => (
  <>
    <Verdict verdict={verdict} errors={errors} stale={stale} runs={runs} />
    <span className="wide-only">
      <Chip
        {...(save.kind === "failed" || save.kind === "conflict"
          ? { tone: "warn" as const, icon: "warn" as const }
          : {})}
        {...(save.kind === "failed" ? { title: save.reason } : {})}
      >
        {saveWords[save.kind]}
      </Chip>
    </span>
    <span className="wide-only">
      <Button onClick={onSave}>Save version</Button>
    </span>
    <Button
      variant="primary"
      disabled={!canOpen}
      title={canOpen ? "Open a session of this text" : "Mend the errors first"}
      onClick={onOpen}
    >
      Open session
    </Button>
  </>
);
