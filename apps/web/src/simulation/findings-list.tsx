import type { ScenarioFinding } from "@parley/runtime/simulation";
import { Icon } from "../ui/icon.tsx";

interface FindingsListProps {
  readonly findings: readonly ScenarioFinding[];
  readonly onShow: (finding: ScenarioFinding) => void;
}

/** What is wrong with a scenario, each thing at its line. */
export const FindingsList = ({ findings, onShow }: FindingsListProps) =>
  findings.length === 0 ? null : (
    <ul className="sim-findings" aria-label="Problems of the scenario">
      {findings.map((finding) => (
        <li key={`${finding.start} ${finding.code} ${finding.reason}`}>
          <Icon name="cross" size={14} />
          <span>
            <button type="button" className="sim-link" onClick={() => onShow(finding)}>
              line {finding.line}
            </button>{" "}
            <span className="mono">{finding.code}</span> {finding.reason}
            <small>{finding.fix}</small>
          </span>
        </li>
      ))}
    </ul>
  );
