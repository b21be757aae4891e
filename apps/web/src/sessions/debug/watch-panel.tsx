import type { Stop, Watch } from "@parley/wire/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { api } from "../../api/api.ts";
import { keys } from "../../api/query-client.ts";
import { Button } from "../../ui/button.tsx";
import { problemOf } from "../../ui/states.tsx";
import { useOpenSession } from "../session-context.ts";
import {
  addWatch,
  type Breakpoint,
  removeBreakpoint,
  removeWatch,
  setEnabled,
  stopWords,
  toggleStop,
} from "./marks.ts";
import { changeMarks, useMarks } from "./use-marks.ts";

type Value = Watch["values"][number];

const textOf = (value: Value): string =>
  "error" in value ? value.error.message : JSON.stringify(value.value);

/** What the expressions are worth at the position shown, and what they were worth at the one shown before. */
const useValues = (exprs: readonly string[]) => {
  const { data } = useOpenSession();
  const { id, view } = data;
  const query = useQuery({
    queryKey: [...keys.session(id, view.at), "watch", exprs],
    queryFn: () => api.sessions.watch(id, exprs, view.at),
    enabled: exprs.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const shown = useRef<{ readonly at: number; readonly values: ReadonlyMap<string, string> }>(undefined);
  const [before, setBefore] = useState<ReadonlyMap<string, string>>(new Map());
  const now = query.data;
  useEffect(() => {
    if (now === undefined || query.isPlaceholderData) return;
    if (shown.current !== undefined && shown.current.at !== now.at) setBefore(shown.current.values);
    const values = new Map(now.values.map((value) => [value.expr, textOf(value)]));
    shown.current = { at: now.at, values };
  }, [now, query.isPlaceholderData]);
  return { values: now?.values ?? [], before, error: query.error };
};

/** A line of text with a button; what is written there is cleared once it was taken. */
const AddLine = ({
  label,
  hint,
  onAdd,
}: {
  readonly label: string;
  readonly hint: string;
  readonly onAdd: (text: string) => void;
}) => {
  const [text, setText] = useState("");
  const id = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === "") return;
    onAdd(text.trim());
    setText("");
  };
  return (
    <form className="add-line" onSubmit={submit}>
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="input mono"
        value={text}
        maxLength={2000}
        placeholder={hint}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => setText(target.value)}
      />
      <Button small type="submit" icon="plus" aria-label={label} />
    </form>
  );
};

const Watches = ({ protocol, exprs }: { readonly protocol: string; readonly exprs: readonly string[] }) => {
  const { values, before, error } = useValues(exprs);
  const known = new Map(values.map((value) => [value.expr, value]));
  return (
    <>
      <h3>Watch</h3>
      <ul className="plain watches" aria-label="Watched expressions">
        {exprs.map((expr) => {
          const value = known.get(expr);
          const text = value === undefined ? "…" : textOf(value);
          const was = before.get(expr);
          const changed = was !== undefined && value !== undefined && was !== text;
          return (
            <li key={expr} className={changed ? "watch changed" : "watch"}>
              <code>{expr}</code>
              <output className={value && "error" in value ? "bad-note" : undefined}>
                {text}
                {changed ? <small> was {was}</small> : null}
              </output>
              <Button
                small
                variant="quiet"
                icon="cross"
                aria-label={`Stop watching ${expr}`}
                onClick={() => changeMarks(protocol, (marks) => removeWatch(marks, expr))}
              />
            </li>
          );
        })}
      </ul>
      {error ? (
        <p className="bad-note" role="alert">
          {problemOf(error).text}
        </p>
      ) : null}
      <AddLine
        label="Watch an expression"
        hint="sent(Order)"
        onAdd={(text) => changeMarks(protocol, (marks) => addWatch(marks, text))}
      />
    </>
  );
};

const Line = ({ protocol, one }: { readonly protocol: string; readonly one: Breakpoint }) => {
  const { picture } = useOpenSession();
  const words = stopWords(one.stop, (edge) => picture?.statementOf(edge)?.label);
  return (
    <li className="watch">
      <label className="check-line">
        <input
          type="checkbox"
          checked={one.enabled}
          onChange={({ target }) =>
            changeMarks(protocol, (marks) => setEnabled(marks, one.id, target.checked))
          }
        />
        <code>{words}</code>
      </label>
      <output title="How often it has stopped a run">{one.hits === 0 ? "" : `${one.hits}×`}</output>
      <Button
        small
        variant="quiet"
        icon="cross"
        aria-label={`Remove the breakpoint ${words}`}
        onClick={() => changeMarks(protocol, (marks) => removeBreakpoint(marks, one.id))}
      />
    </li>
  );
};

/** Stops on roles, picked from a list. */
const AddRole = ({ protocol }: { readonly protocol: string }) => {
  const { data } = useOpenSession();
  const roles = data.view.roles.slice(0, 200).map(({ role }) => role);
  const add = (text: string): void => {
    const [kind, ...rest] = text.split(" ");
    const role = rest.join(" ");
    const stop: Stop = kind === "blocked" ? { kind: "blocked", role } : { kind: "role", role };
    if (role !== "") changeMarks(protocol, (marks) => toggleStop(marks, stop));
  };
  return (
    <select
      className="input"
      aria-label="Stop when a role"
      value=""
      onChange={({ target }) => add(target.value)}
    >
      <option value="">Stop when a role …</option>
      {roles.flatMap((role) => [
        <option key={`role ${role}`} value={`role ${role}`}>
          {role} does something
        </option>,
        <option key={`blocked ${role}`} value={`blocked ${role}`}>
          {role} waits
        </option>,
      ])}
    </select>
  );
};

/** What is watched and what runs stop at, kept for every session of the protocol. */
export const WatchPanel = () => {
  const { data, commands } = useOpenSession();
  const protocol = data.head.protocol.id;
  const { breakpoints, watches } = useMarks(protocol);
  return (
    <section aria-label="Watch and breakpoints" className="detail debugging">
      <Watches protocol={protocol} exprs={watches} />
      <h3>Breakpoints</h3>
      <ul className="plain watches" aria-label="Breakpoints">
        {breakpoints.map((one) => (
          <Line key={one.id} protocol={protocol} one={one} />
        ))}
      </ul>
      {breakpoints.length === 0 ? (
        <p className="quiet-note">
          Click left of a message on the diagram, or press <kbd>b</kbd> on a selected one.
        </p>
      ) : null}
      <AddLine
        label="Stop when a predicate holds"
        hint="Buyer.done && inFlight() == 0"
        onAdd={(text) => changeMarks(protocol, (marks) => toggleStop(marks, { kind: "predicate", text }))}
      />
      <div className="add-line">
        <AddRole protocol={protocol} />
      </div>
      <div className="act-row pad">
        <Button
          small
          variant="primary"
          icon="end"
          disabled={commands.busy || !commands.canStep}
          onClick={() => commands.run()}
        >
          Run to next breakpoint
        </Button>
      </div>
      <PredicateHelp />
    </section>
  );
};

/** What may stand in an expression. */
export const PredicateHelp = () => (
  <details className="predicate-help">
    <summary>What can be asked</summary>
    <dl>
      <dt>
        <code>sent(Order)</code> <code>received(A, B)</code> <code>decided(Buy)</code>
      </dt>
      <dd>how often, by label or by sender and receiver</dd>
      <dt>
        <code>performed</code> <code>discarded</code> <code>faults</code> <code>expired</code>
      </dt>
      <dd>deeds, lost messages, faults, timers that ran out</dd>
      <dt>
        <code>inFlight(A, B)</code> <code>tick</code> <code>status</code> <code>stuck</code>
      </dt>
      <dd>messages on their way, rounds, the session</dd>
      <dt>
        <code>A.done</code> <code>A.blocked</code> <code>A.waitsFor</code> <code>A.inbox</code>{" "}
        <code>A.step</code>
      </dt>
      <dd>a role; also every name it has bound</dd>
      <dt>
        <code>!</code> <code>&amp;&amp;</code> <code>||</code> <code>== != &lt; &lt;= &gt; &gt;=</code>
      </dt>
      <dd>
        for example <code>sent(Order) &gt;= 2 &amp;&amp; !Buyer.done</code>, <code>status == "faulted"</code>
      </dd>
    </dl>
  </details>
);
