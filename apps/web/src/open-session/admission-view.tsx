import type { AdmissionReport } from "@parley/wire/http";
import { Icon, type IconName } from "../ui/icon.tsx";
import "./open-session.css";

type Rule = AdmissionReport["rules"][number];

const groups: readonly {
  readonly outcome: Rule["outcome"];
  readonly title: string;
  readonly icon: IconName;
  readonly tone: string;
}[] = [
  { outcome: "refused", title: "Refused", icon: "cross", tone: "bad-note" },
  { outcome: "needs", title: "Needs something", icon: "warn", tone: "warn-note" },
  { outcome: "passed", title: "Passed", icon: "check", tone: "ok-note" },
];

const RuleItem = ({ rule }: { readonly rule: Rule }) => (
  <li>
    <details open={rule.outcome !== "passed"}>
      <summary>
        {rule.title}
        {rule.reason ? <span>: {rule.reason}</span> : null}
      </summary>
      {rule.needs ? <p>Would be admitted with: {rule.needs}</p> : null}
      <dl className="facts">
        {rule.evidence.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>rule</dt>
          <dd>{rule.source}</dd>
        </div>
      </dl>
    </details>
  </li>
);

/** The rules of an admission by outcome, what stands in the way first. */
export const AdmissionView = ({ report }: { readonly report: AdmissionReport }) => (
  <div className="admission">
    <p role="status">
      <b className={report.admitted ? "ok-note" : "bad-note"}>
        {report.admitted ? "Admitted" : "Not admitted"}
      </b>{" "}
      under <span className="mono">{report.policy}</span>
    </p>
    {groups.map(({ outcome, title, icon, tone }) => {
      const rules = report.rules.filter((rule) => rule.outcome === outcome);
      return rules.length === 0 ? null : (
        <section key={outcome}>
          <h3 className={tone}>
            <Icon name={icon} size={14} /> {title} · {rules.length}
          </h3>
          <ul className="plain">
            {rules.map((rule) => (
              <RuleItem key={rule.rule} rule={rule} />
            ))}
          </ul>
        </section>
      );
    })}
  </div>
);
