import type { AuthorityView, TokenDetail, TokenView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/api.ts";
import { Button } from "../ui/button.tsx";
import { HashLine } from "../ui/hash-text.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { AttenuateDialog } from "./attenuate-dialog.tsx";
import { partOf } from "./authority-data.ts";
import { PresentDialog } from "./present-dialog.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { TokenMatrix } from "./token-matrix.tsx";
import { checkWords, scopeWords } from "./token-words.ts";

interface PanelProps {
  readonly view: AuthorityView;
  readonly token: TokenView;
  readonly onOpen: (token: string) => void;
}

/** The tokens from the one issued down to this one. */
const ancestors = ({ tokens }: AuthorityView, token: TokenView): readonly TokenView[] => {
  const line: TokenView[] = [];
  for (let one: TokenView | undefined = token; one !== undefined && line.length < 64; ) {
    const { parent }: TokenView = one;
    line.unshift(one);
    one = tokens.find(({ id }) => id === parent);
  }
  return line;
};

const Facts = ({ view, token, onOpen }: PanelProps) => (
  <dl className="facts-list">
    <dt>Issuer → holder</dt>
    <dd>
      {token.issuer} → {token.holder}, device {token.device}
    </dd>
    <dt>Shown by</dt>
    <dd>{token.presentedBy.length === 0 ? "no device" : token.presentedBy.join(", ")}</dd>
    <dt>Scope</dt>
    <dd>{scopeWords(token.scope)}</dd>
    <dt>Checks</dt>
    <dd>{token.checks.length === 0 ? "none" : token.checks.map(checkWords).join("; ")}</dd>
    <dt>Lineage</dt>
    <dd>
      <ol className="lineage">
        {ancestors(view, token).map(({ id }) => (
          <li key={id}>
            {id === token.id ? (
              <code>{id}</code>
            ) : (
              <Button small variant="quiet" onClick={() => onOpen(id)}>
                {id}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </dd>
    <dt>Entries</dt>
    <dd>
      issued at #{token.seq}, last changed at #{token.version}
      {token.revoked === null
        ? ""
        : `; revoked at #${token.revoked.seq} with ${token.revoked.token}: ${token.revoked.reason}`}
    </dd>
    <dt>Revocation ids</dt>
    <dd>
      {token.revocationIds.map((id, at) => (
        <HashLine key={id} name={`revocation id ${at}`} value={id} />
      ))}
    </dd>
  </dl>
);

const Blocks = ({ token }: { readonly token: TokenDetail }) => (
  <section aria-label="Blocks of the token">
    <h3>Blocks</h3>
    {token.blocks.map((block, at) => (
      <details key={token.revocationIds[at] ?? at} open={at > 0 || token.blocks.length === 1}>
        <summary>{at === 0 ? "Block 0: the authority block" : `Block ${at}: an attenuation`}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard. */}
        <pre tabIndex={0}>{block}</pre>
      </details>
    ))}
    <details>
      <summary>The token as text</summary>
      <HashLine name="the token" value={token.bytes} />
    </details>
  </section>
);

type Dialog = "attenuate" | "present" | "revoke" | undefined;

const Actions = ({ token, onDialog }: { token: TokenView; onDialog: (dialog: Dialog) => void }) => (
  <div className="row">
    <Button disabled={token.revoked !== null} onClick={() => onDialog("attenuate")}>
      Attenuate …
    </Button>
    <Button disabled={token.revoked !== null} onClick={() => onDialog("present")}>
      Show on a device …
    </Button>
    <Button variant="danger" disabled={token.revoked !== null} onClick={() => onDialog("revoke")}>
      Revoke …
    </Button>
  </div>
);

/** One token in full: whose it is, its blocks, what it allows where, what can be done with it. */
export const TokenPanel = ({ view, token, onOpen }: PanelProps) => {
  const [dialog, setDialog] = useState<Dialog>();
  const { data, error, refetch } = useQuery({
    queryKey: partOf(view.id, "token", token.id, "", ""),
    queryFn: () => api.authority.token(view.id, token.id),
  });
  const close = (): void => setDialog(undefined);
  return (
    <section className="auth-panel" aria-label={`Token ${token.id}`}>
      <h2 className="mono">{token.id}</h2>
      <Actions token={token} onDialog={setDialog} />
      <Facts view={view} token={token} onOpen={onOpen} />
      {data ? (
        <>
          <Blocks token={data} />
          <TokenMatrix view={view} token={token} first={data} />
        </>
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <LoadingState what="the blocks" />
      )}
      {dialog === "attenuate" && data ? (
        <AttenuateDialog
          view={view}
          token={data}
          onClose={close}
          onMade={({ id }) => {
            close();
            onOpen(id);
          }}
        />
      ) : null}
      {dialog === "present" ? (
        <PresentDialog view={view} token={token.id} device={token.device} onClose={close} />
      ) : null}
      {dialog === "revoke" ? <RevokeDialog view={view} token={token} onClose={close} /> : null}
    </section>
  );
};
