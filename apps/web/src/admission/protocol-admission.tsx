import type { PackAcceptance } from "@parley/core";
import { isAdmissionCode } from "@parley/core";
import { artifactPath } from "@parley/wire/client";
import type { ProtocolDetail } from "@parley/wire/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import type { Problem } from "../editor/analysis.ts";
import { AdmissionView } from "../open-session/admission-view.tsx";
import { PackConditions } from "../protocol/pack-conditions.tsx";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { useCommand } from "../ui/use-command.ts";
import "./admission.css";
import { RuntimeSelect } from "./runtime-select.tsx";

const route = getRouteApi("/protocols/$id");

/** What the present text can mend, in the order of its lines. */
const mendable = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ severity, code }) => severity === "error" || isAdmissionCode(code));

const Mend = ({
  problem,
  onShow,
  onFix,
}: {
  readonly problem: Problem;
  readonly onShow: (problem: Problem) => void;
  readonly onFix: (problem: Problem) => void;
}) => (
  <li className="adm-mend">
    <p>
      <span className="mono">{problem.code}</span> {problem.message} <small>line {problem.line}</small>
    </p>
    <Button small onClick={() => onShow(problem)} aria-label={`Show line ${problem.line}: ${problem.code}`}>
      Show line {problem.line}
    </Button>
    {problem.fix ? (
      <Button small variant="primary" onClick={() => onFix(problem)}>
        {problem.fix.title.replaceAll("`", "")}
      </Button>
    ) : null}
  </li>
);

const Artifacts = ({ id, version }: { readonly id: string; readonly version: string }) => (
  <>
    <h2>Artifacts</h2>
    <p>
      What an engine opens a session of one role from:{" "}
      {(["manifest", "global", "locals"] as const).map((kind, at) => (
        <span key={kind}>
          {at === 0 ? "" : ", "}
          <a href={artifactPath(id, version, kind)} download={`${id}.${kind}.json`}>
            {{ manifest: "manifest", global: "global type", locals: "local types" }[kind]}
          </a>
        </span>
      ))}
      .
    </p>
  </>
);

interface AdmissionTabProps {
  readonly protocol: ProtocolDetail;
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly packs: readonly PackAcceptance[];
  readonly onShow: (problem: Problem) => void;
  readonly onFix: (problem: Problem) => void;
}

const useReport = (protocol: string, version: string | undefined, runtime: string) =>
  useQuery({
    queryKey: ["admission", "protocol", protocol, version, runtime],
    queryFn: () => api.admission({ protocol, ...(version === undefined ? {} : { version }), runtime }),
    enabled: version !== undefined,
    retry: false,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });

/** Whether a protocol would be admitted on a runtime: every rule with its evidence, and what mends it in the text. */
export const ProtocolAdmission = ({ protocol, text, problems, packs, onShow, onFix }: AdmissionTabProps) => {
  const { runtime = "full" } = route.useSearch();
  const navigate = route.useNavigate();
  const versions = useQuery({
    queryKey: keys.versions(protocol.id),
    queryFn: () => api.protocols.versions(protocol.id),
  });
  const latest = versions.data?.items[0];
  const report = useReport(protocol.id, latest?.version, runtime);
  const command = useCommand(keys.versions(protocol.id), keys.protocol(protocol.id), ["admission"]);
  const save = (): void =>
    void command.run(
      () => api.protocols.saveVersion(protocol.id, text),
      () => announce("Saved; judged again"),
    );
  const pick = (name: string): void =>
    void navigate({
      search: (before) => ({ ...before, runtime: name === "full" ? undefined : name }),
      replace: true,
    });
  if (versions.error) return <ErrorState error={versions.error} retry={() => void versions.refetch()} />;
  if (!versions.data) return <LoadingState what="the versions" />;
  const mends = mendable(problems);
  const saveButton = (
    <Button variant="primary" disabled={command.busy} onClick={save}>
      Save and judge
    </Button>
  );
  if (latest === undefined)
    return (
      <div className="adm-report">
        <EmptyState title="Nothing to judge yet" actions={saveButton}>
          Admission judges a saved version, because a session is opened from one.
        </EmptyState>
        <PackConditions packs={packs} />
      </div>
    );
  const onRuntime =
    report.data?.rules.some(({ outcome, needs }) => outcome === "needs" && needs?.startsWith("a runtime")) ??
    false;
  return (
    <div className="adm-report">
      <div className="adm-mend">
        <RuntimeSelect label="Runtime" value={runtime} onValue={pick} />
        <Link to="/admission" search={{ tab: "runtimes", runtime }}>
          Its keys
        </Link>
        <Link to="/admission" search={{ tab: "matrix", runtime }}>
          What it refuses
        </Link>
      </div>
      {latest.source === text ? null : (
        <div className="adm-mend" role="status">
          <p>The text differs from the version that is judged.</p>
          {saveButton}
        </div>
      )}
      {report.error ? <ErrorState error={report.error} retry={() => void report.refetch()} /> : null}
      {!report.error && report.data ? (
        <div className={report.isPlaceholderData ? "dimmed" : undefined}>
          <AdmissionView report={report.data} />
        </div>
      ) : null}
      {!report.error && !report.data ? <LoadingState what="the admission report" /> : null}
      {onRuntime && runtime !== "full" ? (
        <div className="adm-mend">
          <p>{runtime} lacks what the protocol requires.</p>
          <Button onClick={() => pick("full")}>Judge on full contracts</Button>
        </div>
      ) : null}
      {mends.length === 0 ? null : (
        <section aria-label="Mend in the text">
          <h2>Mend in the text</h2>
          <ul className="plain">
            {mends.slice(0, 20).map((problem) => (
              <Mend
                key={`${problem.code} ${problem.start} ${problem.end}`}
                problem={problem}
                onShow={onShow}
                onFix={onFix}
              />
            ))}
          </ul>
        </section>
      )}
      {packs.length === 0 ? null : <h2>Theorem packs</h2>}
      <PackConditions packs={packs} />
      <Artifacts id={protocol.id} version={latest.version} />
    </div>
  );
};
