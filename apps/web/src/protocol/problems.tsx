import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Problem } from "../editor/analysis.ts";
import { Button } from "../ui/button.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { LearnDialog } from "./learn-dialog.tsx";

interface ProblemsProps {
  readonly problems: readonly Problem[];
  readonly onShow: (problem: Problem) => void;
  readonly onFix: (problem: Problem) => void;
}

const icons: Record<Problem["severity"], IconName> = { error: "cross", warning: "warn", info: "list" };

const FixPreview = ({ problem }: { readonly problem: Problem }) =>
  problem.fix ? (
    <p className="fix">
      {problem.fix.title}
      {problem.fix.edits.map((edit) => (
        <code key={`${edit.start}-${edit.text}`}>{edit.text === "" ? "(removed)" : edit.text.trim()}</code>
      ))}
    </p>
  ) : null;

/** Everything that is wrong, each with its code, its sentence and what can be done. */
export const Problems = ({ problems, onShow, onFix }: ProblemsProps) => {
  const [learning, setLearning] = useState<string>();
  return (
    <section className="problems" aria-label="Problems">
      <h2>
        {problems.length === 0
          ? "No problems"
          : `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`}
        <Link to="/findings" className="what-counts">
          What counts
        </Link>
      </h2>
      <ul>
        {problems.slice(0, 100).map((problem) => (
          <li key={`${problem.code}-${problem.start}-${problem.end}`} className={problem.severity}>
            <Icon name={icons[problem.severity]} size={14} />
            <div>
              <p>
                <span className="mono code">{problem.code}</span>
                <span className="visually-hidden">{problem.severity}</span> {problem.message}{" "}
                <span className="place">line {problem.line}</span>
              </p>
              {problem.related.map((place) => (
                <p key={`${place.start}-${place.message}`} className="related">
                  {place.message}
                </p>
              ))}
              <FixPreview problem={problem} />
            </div>
            <div className="does">
              <Button small onClick={() => onShow(problem)}>
                Show
              </Button>
              {problem.fix ? (
                <Button small onClick={() => onFix(problem)}>
                  Fix
                </Button>
              ) : null}
              <Button small variant="quiet" onClick={() => setLearning(problem.code)}>
                Learn
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <LearnDialog code={learning} onClose={() => setLearning(undefined)} />
    </section>
  );
};
