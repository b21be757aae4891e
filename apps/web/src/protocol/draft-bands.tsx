import { Button } from "../ui/button.tsx";
import type { DraftControl } from "./use-draft.ts";

interface BandsProps {
  readonly draft: DraftControl;
  readonly restored: boolean;
  readonly onKeep: () => void;
  readonly onDiscard: () => void;
  readonly onTheirs: (text: string) => void;
}

/** What must be said about the text: brought back, changed elsewhere, not saved. */
export const DraftBands = ({ draft, restored, onKeep, onDiscard, onTheirs }: BandsProps) => (
  <>
    {restored ? (
      <div className="band" role="status">
        <p>This text was typed here before the tab was closed and never reached the server. It is back.</p>
        <Button small onClick={onKeep}>
          Keep it
        </Button>
        <Button small onClick={onDiscard}>
          Take the server's
        </Button>
      </div>
    ) : null}
    {draft.state.kind === "conflict" ? (
      <div className="band" role="alert">
        <p>Changed in another tab since you began. Nothing of yours is lost.</p>
        <Button
          small
          onClick={() => {
            const text = draft.takeTheirs();
            if (text !== undefined) onTheirs(text);
          }}
        >
          Take theirs
        </Button>
        <Button small onClick={draft.keepMine}>
          Keep mine
        </Button>
      </div>
    ) : null}
    {draft.state.kind === "failed" ? (
      <div className="band" role="alert">
        <p>Not saved: {draft.state.reason} This browser keeps the text.</p>
        <Button small onClick={() => void draft.flush()}>
          Try again
        </Button>
      </div>
    ) : null}
  </>
);
