import { Button } from "../../ui/button.tsx";
import { setFocus, useFocus } from "./focus.ts";

/** Says that only the past of one event is shown, and takes that back. */
export const FocusBand = ({ session }: { readonly session: string }) => {
  const focus = useFocus(session);
  if (focus === undefined) return null;
  return (
    <section className="band-row focus-band" aria-label="Folded">
      <span>
        Only what had to happen for <strong>{focus.text}</strong> (#{focus.seq}): {focus.past.length}{" "}
        positions
      </span>
      <span className="spacer" />
      <Button small onClick={() => setFocus(undefined)}>
        Show everything
      </Button>
    </section>
  );
};
