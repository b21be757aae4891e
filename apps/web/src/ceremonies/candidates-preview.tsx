import type { CeremonyCandidates } from "@parley/wire/http";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { HashText } from "../ui/hash-text.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { kindWords, progressWords, reasonWords } from "./ceremony-words.ts";
import { participantKeys, type StartForm } from "./start-form.ts";

/** What a ceremony of this form would stand upon, and whose place it would take. */
export const useCandidates = (form: StartForm): UseQueryResult<CeremonyCandidates> => {
  const { kind, context, initiator } = form;
  const participants = participantKeys(form);
  return useQuery({
    queryKey: [...keys.ceremonies, "candidates", kind, context, initiator, participants.join(",")],
    queryFn: () =>
      api.ceremonies.candidates({
        kind,
        ...(context === "" ? {} : { context }),
        ...(initiator === "" ? {} : { initiator }),
        participants,
      }),
    enabled: participants.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });
};

interface PreviewProps {
  readonly form: StartForm;
  readonly query: UseQueryResult<CeremonyCandidates>;
  readonly onKept: (kept: ReadonlySet<string>) => void;
}

/** Live ceremonies in the way, each with the reason; unchecked, one is left as it is. */
export const CandidatesPreview = ({ form, query: { data, error }, onKept }: PreviewProps) => {
  if (form.chosen.size === 0) return null;
  if (!data)
    return error ? (
      <ProblemNote error={error} />
    ) : (
      <p className="quiet">Looking what it would stand upon …</p>
    );
  const toggle = (id: string, supersede: boolean): void => {
    const kept = new Set(form.kept);
    if (supersede) kept.delete(id);
    else kept.add(id);
    onKept(kept);
  };
  return (
    <section className="att-preview" aria-label="What it would stand upon and replace" aria-live="polite">
      <p>
        It would stand upon <HashText value={data.prestate.hash} />: the journals of{" "}
        {data.prestate.authorities.map(({ authority }) => authority).join(", ")} as they are now.
      </p>
      {data.items.length === 0 ? (
        <p>No live ceremony of {kindWords(form.kind)} stands in its way.</p>
      ) : (
        <>
          <p>It takes the place of:</p>
          <ul className="plain">
            {data.items.map(({ ceremony, reason }) => (
              <li key={ceremony.id}>
                <label className="check">
                  <input
                    type="checkbox"
                    checked={!form.kept.has(ceremony.id)}
                    onChange={({ target }) => toggle(ceremony.id, target.checked)}
                  />
                  <span>
                    {ceremony.title}: {reasonWords(reason)} ({progressWords(ceremony.progress)})
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
};
