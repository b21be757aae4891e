import { create } from "zustand";
import { Modal } from "../ui/modal.tsx";
import "./help-overlay.css";
import { useRegistry } from "./registry.ts";
import { showKey } from "./shortcuts.ts";

export const useHelp = create<{ open: boolean }>(() => ({ open: false }));

/** Every key that works on this page, read off the registry. */
export const HelpOverlay = () => {
  const open = useHelp((state) => state.open);
  const actions = useRegistry((state) => state.actions);
  const groups = Map.groupBy(
    [...actions.values()].filter(({ keys }) => keys?.length),
    ({ group }) => group,
  );
  return (
    <Modal open={open} onClose={() => useHelp.setState({ open: false })} title="Keyboard" wide>
      <div className="help-groups">
        {[...groups].map(([group, list]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {list.map(({ id, label, keys }) => (
                <div key={id}>
                  <dt>{label}</dt>
                  <dd>
                    {keys?.map((key) => (
                      <kbd key={key}>{key.split(" ").map(showKey).join(" ")}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>Text</h3>
          <dl>
            <div>
              <dt>Let Tab leave the editor</dt>
              <dd>
                <kbd>{showKey("Ctrl+m")}</kbd>
              </dd>
            </div>
          </dl>
        </section>
      </div>
    </Modal>
  );
};
