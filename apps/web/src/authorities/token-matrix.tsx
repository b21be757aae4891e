import type { AuthorityView, TokenAnswerView, TokenDetail, TokenView } from "@parley/wire/http";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/api.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Icon } from "../ui/icon.tsx";
import { problemOf } from "../ui/states.tsx";
import { partOf, useAuthorityPlace } from "./authority-data.ts";
import { useContexts } from "./context-field.tsx";

interface MatrixProps {
  readonly view: AuthorityView;
  readonly token: TokenView;
  /** What it allows in no context in particular, now. */
  readonly first: TokenDetail;
}

/** Contexts worth asking about first: those the token names, then those the authority spends in. */
const mentioned = (view: AuthorityView, token: TokenView): readonly string[] => [
  ...new Set([
    ...(token.scope.kind === "context" ? [token.scope.context] : []),
    ...token.checks.flatMap((check) => (check.kind === "context" ? [check.context] : [])),
    ...view.budgets.map(({ context }) => context).toReversed(),
  ]),
];

const COLUMNS = 3;

interface Line {
  readonly capability: string;
  readonly answers: readonly (TokenAnswerView | undefined)[];
}

const Answer = ({ answer }: { readonly answer: TokenAnswerView | undefined }) => {
  if (answer === undefined) return <span className="quiet">…</span>;
  const { allowed, why, block, check, retry } = answer;
  const where = block === null ? "" : ` · block ${block}`;
  const title = `${why}${where}${check === null ? "" : ` · ${check}`}${retry ? " · ask again" : ""}`;
  return (
    <span className={allowed ? "says ok" : "says bad"} title={title}>
      <Icon name={allowed ? "check" : "cross"} size={12} /> {allowed ? "yes" : `no${where}`}
    </span>
  );
};

const textOf = (answer: TokenAnswerView | undefined): string =>
  answer === undefined ? "" : answer.allowed ? "yes" : `no: ${answer.why}`;

const useAnswers = (
  { view, token, first }: MatrixProps,
  contexts: readonly string[],
  at: number | undefined,
) => {
  const asked = [undefined, ...contexts];
  const results = useQueries({
    queries: asked.map((context) => ({
      queryKey: partOf(view.id, "token", token.id, context, at),
      queryFn: () => api.authority.token(view.id, token.id, { context, at }),
    })),
  });
  const details = results.map(
    ({ data }, index) => data ?? (index === 0 && at === undefined ? first : undefined),
  );
  const error = results.find((one) => one.error !== null)?.error;
  return { details, error };
};

/** The answers of the server, a column a context. */
const lines = (first: TokenDetail, details: readonly (TokenDetail | undefined)[]): readonly Line[] => {
  const byName = details.map((one) => new Map(one?.allows.map((answer) => [answer.capability, answer])));
  return first.allows.map(({ capability }) => ({
    capability,
    answers: byName.map((answers) => answers.get(capability)),
  }));
};

/** What a token allows, capability by context, as the server decides it now or at another moment. */
export const TokenMatrix = ({ view, token, first }: MatrixProps) => {
  const { place, go } = useAuthorityPlace(view.id);
  const { data } = useContexts();
  const [moment, setMoment] = useState("");
  const [only, setOnly] = useState<"all" | "yes" | "no">("all");
  const asked = place.context === undefined ? [] : [place.context];
  const contexts = [...new Set([...asked, ...mentioned(view, token)])].slice(0, COLUMNS);
  const at = moment === "" ? undefined : new Date(moment).getTime();
  const { details, error } = useAnswers({ view, token, first }, contexts, at);
  const rows = lines(first, details).filter(
    ({ answers }) => only === "all" || answers.some((one) => one?.allowed === (only === "yes")),
  );
  const columns: readonly Column<Line>[] = [
    {
      id: "capability",
      head: "Capability",
      width: "minmax(120px, 1.4fr)",
      text: ({ capability }) => capability,
      show: ({ capability }) => <span className="mono">{capability}</span>,
    },
    ...["", ...contexts].map(
      (context, index): Column<Line> => ({
        id: context === "" ? "by itself" : context,
        head: context === "" ? "By itself" : `in ${context}`,
        text: ({ answers }) => textOf(answers[index]),
        show: ({ answers }) => <Answer answer={answers[index]} />,
        wide: index > 1,
      }),
    ),
  ];
  const where = (context: string): void => go({ ...place, tab: "tokens", context: context || undefined });
  return (
    <section aria-label="What does it allow?">
      <h3>What does it allow?</h3>
      <DataTable
        label="What the token allows"
        file={`${token.id}.allows`}
        rows={rows}
        columns={columns}
        keyOf={({ capability }) => capability}
        tools={
          <>
            <label>
              Context{" "}
              <select
                className="input"
                value={place.context ?? ""}
                onChange={({ target }) => where(target.value)}
              >
                <option value="">those it spends in</option>
                {[...new Set([...contexts, ...(data?.items.map(({ id }) => id) ?? [])])].map((id) => (
                  <option key={id}>{id}</option>
                ))}
              </select>
            </label>
            <label>
              At{" "}
              <input
                className="input"
                type="datetime-local"
                value={moment}
                onChange={({ target }) => setMoment(target.value)}
              />
            </label>
            <label>
              Show{" "}
              <select
                className="input"
                value={only}
                onChange={({ target }) => setOnly(target.value as typeof only)}
              >
                <option value="all">all</option>
                <option value="yes">what is allowed</option>
                <option value="no">what is refused</option>
              </select>
            </label>
          </>
        }
        empty={<p className="quiet">No capability fits.</p>}
      />
      {error ? <p role="alert">{problemOf(error).text}</p> : null}
    </section>
  );
};
