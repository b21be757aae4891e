import { Menu } from "@base-ui/react/menu";
import { type ScenarioPart, scenarioParts } from "@parley/runtime/simulation";
import { useRef } from "react";
import "../protocols/protocols.css";
import { Icon } from "../ui/icon.tsx";

interface InsertMenuProps {
  readonly disabled: boolean;
  readonly onInsert: (part: ScenarioPart) => void;
  readonly onParameter: () => void;
}

/** Common parts of a scenario, put into its text. */
export const InsertMenu = ({ disabled, onInsert, onParameter }: InsertMenuProps) => {
  // What was chosen says where to go on; only without it does the focus go back.
  const chosen = useRef(false);
  const choose = (then: () => void): void => {
    chosen.current = true;
    // Once the menu has let go of the focus.
    requestAnimationFrame(then);
  };
  return (
    <Menu.Root
      onOpenChange={(open) => {
        if (open) chosen.current = false;
      }}
    >
      <Menu.Trigger className="btn small" disabled={disabled}>
        <Icon name="plus" size={14} /> Insert
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4} className="menu-place">
          <Menu.Popup className="menu sim-insert" finalFocus={() => !chosen.current}>
            {scenarioParts.map((part) => (
              <Menu.Item key={part.id} onClick={() => choose(() => onInsert(part))}>
                <span>
                  {part.label}
                  <small>{part.doc}</small>
                </span>
              </Menu.Item>
            ))}
            <Menu.Item onClick={() => choose(onParameter)}>
              <span>
                Sweep parameter
                <small>A key and the values it takes in turn.</small>
              </span>
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
};
