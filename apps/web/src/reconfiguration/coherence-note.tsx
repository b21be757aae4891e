import type { ReconfigurationView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { keys } from "../api/query-client.ts";
import { Chip } from "../ui/chip.tsx";

/** The same question asked here, by the code the server has. */
const useOwnVerdict = ({ footprints, head }: ReconfigurationView) =>
  useQuery({
    queryKey: [...keys.reconfiguration, "coherence", head, JSON.stringify(footprints).length],
    queryFn: async () => {
      const { coherenceViolations, violationText } = await import("@parley/runtime/reconfiguration");
      const found = coherenceViolations(
        new Map(footprints.map(({ authority, footprint }) => [authority, footprint])),
      );
      return found.map(violationText);
    },
  });

/** Whether the footprints agree, what contradicts what, and that this browser finds the same. */
export const CoherenceNote = ({ view }: { readonly view: ReconfigurationView }) => {
  const { coherent, violations } = view.coherence;
  const own = useOwnVerdict(view).data;
  const agrees = own?.length === violations.length && violations.every(({ text }, at) => text === own[at]);
  const lacking = view.surfaces.filter(({ available }) => !available);
  return (
    <section className="rec-coherence" aria-label="Coherence">
      <p className="row">
        <Chip tone={coherent ? "ok" : "bad"} icon={coherent ? "check" : "cross"}>
          {coherent ? "coherent" : `${violations.length} contradictions`}
        </Chip>
        <span>
          {coherent
            ? "Every session has at most one active owner, and whoever gave one away gave it to one."
            : "Footprints contradict each other:"}
        </span>
        {own === undefined ? null : (
          <small className="quiet">
            {agrees
              ? "Computed again in this browser: the same."
              : `Computed in this browser: ${own.join("; ") || "coherent"}`}
          </small>
        )}
      </p>
      {violations.length === 0 ? null : (
        <ul className="plain own-refusals">
          {violations.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {lacking.length === 0 ? null : (
        <p className="problem-note">
          The runtime lacks {lacking.map(({ name }) => name).join(", ")}: sessions cannot be handed over on
          it.
        </p>
      )}
    </section>
  );
};
