import type { AuthorityView } from "@parley/wire/http";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { type TabId, tabs, useAuthority, useAuthorityPlace } from "./authority-data.ts";
import { AuthorityDot } from "./authority-dot.tsx";
import "./authorities.css";
import { BudgetsTab } from "./budgets-tab.tsx";
import { DevicesTab } from "./devices-tab.tsx";
import { FactsTab } from "./facts-tab.tsx";
import { LeakageTab } from "./leakage-tab.tsx";
import { ReceiptsTab } from "./receipts-tab.tsx";
import { TokensTab } from "./tokens-tab.tsx";

const Tab = ({ tab, view }: { readonly tab: TabId; readonly view: AuthorityView }) => {
  switch (tab) {
    case "devices":
      return <DevicesTab view={view} />;
    case "tokens":
      return <TokensTab view={view} />;
    case "budgets":
      return <BudgetsTab view={view} />;
    case "leakage":
      return <LeakageTab view={view} />;
    case "receipts":
      return <ReceiptsTab view={view} />;
    case "facts":
      return <FactsTab view={view} />;
  }
};

/** One authority: devices and keys, tokens, budgets, leakage, receipts, its own journal. */
export const AuthorityPage = () => {
  const { id } = useParams({ from: "/authorities/$id" });
  const { data, error, refetch } = useAuthority(id);
  const { tab, go } = useAuthorityPlace(id);
  const name = data?.name ?? id;
  useBreadcrumbs(useMemo(() => [{ label: "Authorities", to: "/authorities" }, { label: name }], [name]));
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="the authority" />
    );
  return (
    <div className="page auth-page">
      <h1>
        <AuthorityDot hue={data.hue} /> {data.name}
      </h1>
      <p className="lead">
        <span className="mono">{data.id}</span> · epoch {data.epoch} · position {data.head} of its stream ·{" "}
        {data.receipts} receipts
      </p>
      <Tabs
        label="Parts of the authority"
        tabs={tabs}
        active={tab}
        onChange={(next) => go({ tab: next })}
        panel="authority-part"
      />
      <div id="authority-part" role="tabpanel" aria-label={tab} className="auth-part">
        <Tab tab={tab} view={data} />
      </div>
    </div>
  );
};
