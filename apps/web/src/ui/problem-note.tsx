import "./problem-note.css";
import { problemOf } from "./states.tsx";

/** Why something was refused, where it was asked for: the sentence, the code, what to do. */
export const ProblemNote = ({ error }: { readonly error: unknown }) => {
  if (error === undefined) return null;
  const { code, text, hint } = problemOf(error);
  return (
    <p className="problem-note" role="alert">
      {text} <span className="mono">{code}</span>
      {hint ? <small>{hint}</small> : null}
    </p>
  );
};
