import { Command } from "cmdk";
import { useMemo } from "react";
import { create } from "zustand";
import { Modal } from "../ui/modal.tsx";
import "./palette.css";
import { useRegistry } from "./registry.ts";
import { showKey } from "./shortcuts.ts";

export const usePalette = create<{ open: boolean }>(() => ({ open: false }));

/** Everything that can be done here, by name. */
export const Palette = () => {
  const open = usePalette((state) => state.open);
  const close = () => usePalette.setState({ open: false });
  return (
    <Modal open={open} onClose={close} title="Commands" hideTitle wide>
      <PaletteList onDone={close} />
    </Modal>
  );
};

const PaletteList = ({ onDone }: { readonly onDone: () => void }) => {
  const actions = useRegistry((state) => state.actions);
  const groups = useMemo(
    () =>
      Map.groupBy(
        [...actions.values()].filter(({ enabled }) => enabled !== false),
        ({ group }) => group,
      ),
    [actions],
  );
  return (
    <Command label="Commands" loop className="palette">
      <Command.Input autoFocus placeholder="What do you want to do?" />
      <Command.List>
        <Command.Empty>Nothing here is called that.</Command.Empty>
        {[...groups].map(([group, list]) => (
          <Command.Group key={group} heading={group}>
            {list.map(({ id, label, keys, run }) => (
              <Command.Item
                key={id}
                value={`${label} ${id}`}
                onSelect={() => {
                  onDone();
                  run();
                }}
              >
                <span>{label}</span>
                {keys?.[0] ? <kbd>{keys[0].split(" ").map(showKey).join(" ")}</kbd> : null}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
};
