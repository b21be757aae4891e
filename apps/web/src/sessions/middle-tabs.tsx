import { lazy, Suspense, useMemo } from "react";
import { LoadingState } from "../ui/states.tsx";
import { staysIn, useFocus } from "./debug/focus.ts";
import { isEffectKind } from "./effects/effect-rows.ts";
import { EffectsTab } from "./effects/effects-tab.tsx";
import { EventsTab } from "./events-tab.tsx";
import { livePicture } from "./live-picture.ts";
import { SequenceTab, TextTab } from "./sequence-tab.tsx";
import { useOpenSession } from "./session-context.ts";
import type { SessionAddress } from "./use-address.ts";

const AutomataTab = lazy(() =>
  import("./automata-tab.tsx").then(({ AutomataTab }) => ({ default: AutomataTab })),
);
const SourceTab = lazy(() =>
  import("./debug/source-tab.tsx").then(({ SourceTab }) => ({ default: SourceTab })),
);
const CompareTab = lazy(() =>
  import("./debug/compare-tab.tsx").then(({ CompareTab }) => ({ default: CompareTab })),
);

/** Entries told in words at once: every line of the list is mounted. */
const TOLD = 110;

/** The entries drawn: while folded only those in the causal past. */
const useShownEntries = () => {
  const { data } = useOpenSession();
  const focus = useFocus(data.id);
  return useMemo(() => {
    const stays = focus && staysIn(focus);
    return stays ? data.entries.filter(({ seq }) => stays(seq)) : data.entries;
  }, [focus, data.entries]);
};

const useModels = (inWords: boolean) => {
  const { data, ordinals, picture } = useOpenSession();
  const entries = useShownEntries();
  const model = useMemo(
    () => livePicture(data.view, [...ordinals.keys()], entries, picture?.statementOf),
    [data.view, entries, ordinals, picture],
  );
  const text = useMemo(
    () => (inWords ? livePicture(data.view, [...ordinals.keys()], entries.slice(-TOLD)) : model),
    [inWords, model, data.view, entries, ordinals],
  );
  return { model, text };
};

const Effects = ({ address }: { readonly address: SessionAddress }) => {
  const { search, set } = address;
  const filter = useMemo(
    () => ({ kind: isEffectKind(search.kind) ? search.kind : undefined, text: search.q ?? "" }),
    [search.kind, search.q],
  );
  return <EffectsTab filter={filter} onFilter={({ kind, text }) => set({ kind, q: text || undefined })} />;
};

/** What the open tab in the middle shows. */
export const Middle = ({ address }: { readonly address: SessionAddress }) => {
  const { search, set, tab } = address;
  const { model, text } = useModels(tab === "text");
  switch (tab) {
    case "sequence":
      return <SequenceTab model={model} />;
    case "text":
      return <TextTab model={text} />;
    case "events":
      return <EventsTab />;
    case "effects":
      return <Effects address={address} />;
    case "automata":
      return (
        <Suspense fallback={<LoadingState what="the automata" />}>
          <AutomataTab role={search.role} onRole={(role) => set({ role })} />
        </Suspense>
      );
    case "source":
      return (
        <Suspense fallback={<LoadingState what="the text" />}>
          <SourceTab />
        </Suspense>
      );
    case "compare":
      return (
        <Suspense fallback={<LoadingState what="the comparison" />}>
          <CompareTab other={search.with} onOther={(other) => set({ with: other })} />
        </Suspense>
      );
  }
};
