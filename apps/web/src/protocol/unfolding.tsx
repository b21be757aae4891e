import type { SequenceModel } from "@parley/core/diagram";
import { useEffect, useState } from "react";
import type { LanguageClient } from "../editor/language-client.ts";
import { Button } from "../ui/button.tsx";

export const SMALLEST = 2;
export const LARGEST = 5;

/** How the families of a protocol are drawn; `on` and `size` are kept apart, so that a size is not forgotten. */
export interface Unfolding {
  readonly on: boolean;
  readonly size: number;
}

const folded: Unfolding = { on: false, size: 3 };
const keyOf = (protocol: string): string => `parley.unfold.${protocol}`;

/** What was chosen before; anything else stored there counts as nothing. */
export const readUnfolding = (stored: string | null): Unfolding => {
  const [, on, size] = /^(on|off):([2-5])$/.exec(stored ?? "") ?? [];
  return on === undefined ? folded : { on: on === "on", size: Number(size) };
};

const load = (protocol: string): Unfolding => {
  try {
    return readUnfolding(localStorage.getItem(keyOf(protocol)));
  } catch {
    return folded;
  }
};

/** The choice for a protocol, remembered by this browser. */
export const useUnfolding = (protocol: string): readonly [Unfolding, (next: Unfolding) => void] => {
  const [unfolding, setUnfolding] = useState(() => load(protocol));
  const change = (next: Unfolding): void => {
    setUnfolding(next);
    try {
      localStorage.setItem(keyOf(protocol), `${next.on ? "on" : "off"}:${next.size}`);
    } catch {
      // A full or blocked storage: the choice then lasts as long as the page.
    }
  };
  return [unfolding, change];
};

/** The picture with families unfolded, of the text as it is; undefined while folded or not drawn yet. */
export const useUnfolded = (
  { on, size }: Unfolding,
  language: LanguageClient | undefined,
  text: string,
): SequenceModel | undefined => {
  const [model, setModel] = useState<SequenceModel>();
  useEffect(() => {
    if (!on || !language) {
      setModel(undefined);
      return;
    }
    let wanted = true;
    void language.ask("unfolded", text, size).then((answer) => {
      if (wanted && answer && answer.lanes.length > 0) setModel(answer);
    });
    return () => {
      wanted = false;
    };
  }, [on, size, language, text]);
  return on ? model : undefined;
};

interface UnfoldToolProps {
  readonly unfolding: Unfolding;
  readonly onChange: (next: Unfolding) => void;
}

/** Draws families member by member, so many of each. */
export const UnfoldTool = ({ unfolding, onChange }: UnfoldToolProps) => (
  <>
    <Button
      small
      variant="quiet"
      aria-pressed={unfolding.on}
      onClick={() => onChange({ ...unfolding, on: !unfolding.on })}
    >
      Unfold families
    </Button>
    {unfolding.on ? (
      <label>
        Size{" "}
        <input
          className="input unfold-size"
          type="number"
          min={SMALLEST}
          max={LARGEST}
          value={unfolding.size}
          onChange={({ target }) => {
            const size = Math.trunc(Number(target.value));
            if (size >= SMALLEST && size <= LARGEST) onChange({ ...unfolding, size });
          }}
        />
      </label>
    ) : null}
  </>
);
