import type { ContextView } from "@parley/wire/http";
import { Link, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import "../authorities/authorities.css";
import { type TabId, tabs, useContextPlace, useContextView } from "./context-data.ts";
import { Agreement } from "./contexts-tab.tsx";
import { DiffTab } from "./diff-tab.tsx";
import { FactsTab } from "./facts-tab.tsx";
import "./journal.css";
import { PositionBar } from "./position-bar.tsx";
import { ReplicasTab } from "./replicas-tab.tsx";
import { StateTab } from "./state-tab.tsx";

const Tab = ({ tab, view }: { readonly tab: TabId; readonly view: ContextView }) => {
  switch (tab) {
    case "facts":
      return <FactsTab view={view} />;
    case "state":
      return <StateTab view={view} />;
    case "diff":
      return <DiffTab view={view} />;
    case "replicas":
      return <ReplicasTab view={view} />;
  }
};

/** The facts of one context, at any position; its replicas and what they differ in. */
export const ContextPage = () => {
  const { context } = useParams({ from: "/journal/$context" });
  const { place, tab, set } = useContextPlace(context);
  const { data, error, refetch } = useContextView(context, place.at);
  const title = data?.title || context;
  useBreadcrumbs(useMemo(() => [{ label: "Journal", to: "/journal" }, { label: title }], [title]));
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="the context" />
    );
  return (
    <div className="page auth-page">
      <h1>{title}</h1>
      <p className="lead">
        <span className="mono">{data.id}</span> · {data.facts} facts · {data.replicas} replicas ·{" "}
        <Agreement {...data} />{" "}
        {data.session === null ? null : (
          <Link to="/sessions/$id" params={{ id: data.session }}>
            Session
          </Link>
        )}
      </p>
      <Tabs
        label="Parts of the context"
        tabs={tabs}
        active={tab}
        onChange={(next) => set({ tab: next })}
        panel="context-part"
      />
      {tab === "diff" ? null : (
        <PositionBar
          head={data.head}
          at={place.at}
          onChange={(at) => set({ at: at === data.head ? undefined : at })}
        />
      )}
      <div id="context-part" role="tabpanel" aria-label={tab} className="auth-part">
        <Tab tab={tab} view={data} />
      </div>
    </div>
  );
};
