import type { UpgradeView } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { Icon } from "../ui/icon.tsx";
import { when } from "../ui/when.ts";
import { TopologySides } from "./topology-drawing.tsx";
import { memberSides } from "./topology-nodes.ts";

interface UpgradeProps {
  readonly upgrade: UpgradeView;
  readonly name: (member: string) => string;
}

/** One upgrade: its phases with what each left, and who ran the bundle before and after it. */
export const UpgradePanel = ({ upgrade, name }: UpgradeProps) => (
  <section className="auth-panel" aria-label={`Upgrade ${upgrade.upgrade_id}`}>
    <h2>
      {upgrade.upgrade_id}{" "}
      <small>
        of {upgrade.bundle}, {when(upgrade.at)}, entry #{upgrade.seq}
      </small>
    </h2>
    {upgrade.session === null ? null : (
      <p>
        Part of a handoff of{" "}
        <Link to="/sessions/$id" params={{ id: upgrade.session }} search={{ side: "ownership" }}>
          {upgrade.session}
        </Link>
        .
      </p>
    )}
    <ol className="rec-phases" aria-label="Phases">
      {upgrade.artifacts.map(({ phase, members, reason }) => {
        const bad = phase === "failed" || phase === "rolled_back";
        return (
          <li key={phase} className={bad ? "bad" : "ok"} data-phase={phase}>
            <Icon name={bad ? "cross" : "check"} size={14} />
            <div>
              <b>{phase.replaceAll("_", " ")}</b>
              <p className="quiet">{members.map(name).join(", ") || "nobody"}</p>
              {reason === undefined ? null : <p className="own-bad">{reason}</p>}
            </div>
          </li>
        );
      })}
    </ol>
    <TopologySides
      label="Topology before and after"
      centre={upgrade.bundle}
      {...memberSides(upgrade.before, upgrade.after, name)}
    />
  </section>
);
