import type { AuthorityView, TokenView } from "@parley/wire/http";
import { useMemo, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/states.tsx";
import { placeHref, useAuthorityPlace } from "./authority-data.ts";
import { IssueDialog } from "./issue-dialog.tsx";
import { PresentDialog } from "./present-dialog.tsx";
import { type LineageLine, tokenLineage } from "./token-lineage.ts";
import { TokenPanel } from "./token-panel.tsx";
import { checkWords, scopeWords, tokenState } from "./token-words.ts";

export const StateChip = ({ token }: { readonly token: TokenView }) => {
  switch (tokenState(token)) {
    case "revoked":
      return (
        <Chip tone="bad" icon="cross">
          revoked
        </Chip>
      );
    case "shown":
      return (
        <Chip tone="ok" icon="check" title={token.presentedBy.join(", ")}>
          shown
        </Chip>
      );
    case "kept":
      return <Chip>kept</Chip>;
  }
};

const columns: readonly Column<LineageLine>[] = [
  {
    id: "token",
    head: "Token",
    width: "minmax(120px, 1.4fr)",
    text: ({ token }) => token.id,
    show: ({ token, depth }) => (
      <span className="mono" style={{ paddingInlineStart: Math.min(depth, 6) * 14 }}>
        {depth > 0 ? <span aria-hidden="true">└ </span> : null}
        {token.id}
      </span>
    ),
  },
  { id: "device", head: "Device", wide: true, text: ({ token }) => token.device },
  {
    id: "issuer",
    head: "Issuer → holder",
    wide: true,
    text: ({ token }) => `${token.issuer} → ${token.holder}`,
  },
  { id: "parent", head: "Made from", wide: true, text: ({ token }) => token.parent },
  {
    id: "capabilities",
    head: "Grants",
    width: "60px",
    wide: true,
    text: ({ token }) => token.capabilities.length,
  },
  {
    id: "restrictions",
    head: "Narrowed to",
    width: "minmax(0, 1.6fr)",
    text: ({ token }) =>
      token.checks.length === 0 ? scopeWords(token.scope) : token.checks.map(checkWords).join("; "),
  },
  {
    id: "state",
    head: "State",
    width: "94px",
    text: ({ token }) => tokenState(token),
    show: ({ token }) => <StateChip token={token} />,
  },
];

type Dialog = "issue" | "foreign" | undefined;

/** Tokens of an authority, each under the one it was made from, and the chosen one in full. */
export const TokensTab = ({ view }: { readonly view: AuthorityView }) => {
  const { place, go } = useAuthorityPlace(view.id);
  const [dialog, setDialog] = useState<Dialog>();
  const lines = useMemo(() => tokenLineage(view.tokens), [view.tokens]);
  const chosen = view.tokens.find(({ id }) => id === place.token);
  const open = (token: string): void => go({ ...place, tab: "tokens", token });
  return (
    <>
      <DataTable
        label="Tokens"
        file={`${view.id}.tokens`}
        rows={lines}
        columns={columns}
        keyOf={({ token }) => token.id}
        hrefOf={({ token }) => placeHref(view.id, { tab: "tokens", token: token.id })}
        onOpen={({ token }) => open(token.id)}
        selected={place.token}
        tools={
          <>
            <Button small icon="plus" onClick={() => setDialog("issue")}>
              Issue
            </Button>
            <Button small onClick={() => setDialog("foreign")}>
              Show one from elsewhere
            </Button>
          </>
        }
        empty={
          <EmptyState title="No token yet">
            Without a token a device may send nothing that is guarded: issue one.
          </EmptyState>
        }
      />
      {place.token !== undefined && chosen === undefined ? (
        <EmptyState title={`${view.name} has no token ${place.token}`}>
          It may belong to another authority: tokens stand in the stream of who issued them.
        </EmptyState>
      ) : null}
      {chosen ? <TokenPanel key={chosen.id} view={view} token={chosen} onOpen={open} /> : null}
      {chosen === undefined && place.token === undefined && lines.length > 0 ? (
        <p className="quiet">Choose a token to see its blocks and what it allows where.</p>
      ) : null}
      {dialog === "issue" ? (
        <IssueDialog
          view={view}
          onClose={() => setDialog(undefined)}
          onIssued={({ id }) => {
            setDialog(undefined);
            open(id);
          }}
        />
      ) : null}
      {dialog === "foreign" ? (
        <PresentDialog view={view} device={view.devices[0]?.id ?? ""} onClose={() => setDialog(undefined)} />
      ) : null}
    </>
  );
};
