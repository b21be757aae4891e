import { allCodes, isAdmissionCode, type Severity } from "@parley/core";
import { useMemo, useState } from "react";
import type { Severities } from "../editor/worker-messages.ts";
import { LearnDialog } from "../protocol/learn-dialog.tsx";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import "./findings.css";
import { PageFindings } from "./page-findings.tsx";
import { useFindingSettings, useSetSeverity } from "./use-finding-settings.ts";

type Code = (typeof allCodes)[number];

const crumbs = [{ label: "Findings" }];

const words: Readonly<Record<Severity | "off", string>> = {
  error: "Error",
  warning: "Warning",
  info: "Hint",
  off: "Off",
};

/** Why a finding stays an error whatever is set. */
const lockedBecause = ({ id }: Code): string =>
  isAdmissionCode(id) ? "fails closed: no session is admitted with it" : "what it finds cannot run";

const Setting = ({ code, severities }: { readonly code: Code; readonly severities: Severities }) => {
  const set = useSetSeverity();
  if (code.severity === "error") {
    return (
      <span className="locked">
        <Icon name="cross" size={12} /> Error: {lockedBecause(code)}
      </span>
    );
  }
  const chosen = severities[code.id];
  return (
    <select
      className="input"
      aria-label={`Severity of ${code.id}`}
      value={chosen ?? ""}
      onChange={({ target }) =>
        void set(code.id, target.value === "" ? undefined : (target.value as Severity | "off"))
      }
    >
      <option value="">{words[code.severity]} (as the language says)</option>
      {(["error", "warning", "info", "off"] as const).map((word) => (
        <option key={word} value={word}>
          {words[word]}
        </option>
      ))}
    </select>
  );
};

const fits = (code: Code, q: string): boolean =>
  `${code.id} ${code.title}`.toLowerCase().includes(q.trim().toLowerCase());

/** Every finding with how much it counts in this workspace. */
export const FindingsPage = () => {
  useBreadcrumbs(crumbs);
  const severities = useFindingSettings();
  const [q, setQ] = useState("");
  const [only, setOnly] = useState(true);
  const [learning, setLearning] = useState<string>();
  const shown = useMemo(
    () => allCodes.filter((code) => (!only || code.severity !== "error") && fits(code, q)),
    [q, only],
  );
  return (
    <div className="page findings">
      <h1>Findings</h1>
      <p>
        What counts, in this workspace and for everybody in it. A hint or a warning can be raised, lowered or
        switched off. An error stays one: what it finds would not run. Sessions are admitted by the language's
        own severities, whatever is set here.
      </p>
      <div className="findings-tools">
        <input
          className="input"
          type="search"
          aria-label="Search findings"
          placeholder="Code or words"
          value={q}
          onChange={({ target }) => setQ(target.value)}
        />
        <label>
          <input type="checkbox" checked={only} onChange={({ target }) => setOnly(target.checked)} /> Only
          those that can be changed
        </label>
        <span role="status">
          {shown.length} of {allCodes.length}
        </span>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Finding</th>
            <th scope="col">Counts as</th>
            <th scope="col">
              <span className="visually-hidden">Documentation</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((code) => (
            <tr key={code.id}>
              <td className="mono">{code.id}</td>
              <th scope="row">{code.title}</th>
              <td>
                <Setting code={code} severities={severities} />
              </td>
              <td>
                <Button
                  small
                  variant="quiet"
                  aria-label={`Learn about ${code.id}`}
                  onClick={() => setLearning(code.id)}
                >
                  Learn
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <PageFindings />
      <LearnDialog code={learning} onClose={() => setLearning(undefined)} />
    </div>
  );
};
