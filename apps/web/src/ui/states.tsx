import type { ReactNode } from "react";
import { ApiError } from "../api/api.ts";
import { Button } from "./button.tsx";
import { toast } from "./toast.tsx";
import "./ui.css";

/** Nothing here yet: what it is and how to make one. */
export const EmptyState = ({
  title,
  children,
  actions,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) => (
  <div className="state">
    <h2>{title}</h2>
    <p>{children}</p>
    {actions ? <div className="row">{actions}</div> : null}
  </div>
);

/** The sentence, code and hint of a refusal or failure. */
export const problemOf = (
  error: unknown,
): { readonly code: string; readonly text: string; readonly hint?: string | undefined } =>
  error instanceof ApiError
    ? {
        code: error.problem.code,
        text: error.problem.detail || error.problem.title,
        hint: error.problem.hint,
      }
    : { code: "PAR7999", text: error instanceof Error ? error.message : String(error) };

/** Something failed: code, sentence, retry, copy. */
export const ErrorState = ({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) => {
  const { code, text, hint } = problemOf(error);
  return (
    <div className="state" role="alert">
      <h2>{text}</h2>
      <p>
        <span className="mono">{code}</span>
        {hint ? ` · ${hint}` : null}
      </p>
      <div className="row">
        {retry ? <Button onClick={retry}>Try again</Button> : null}
        <Button
          variant="quiet"
          icon="copy"
          onClick={() =>
            void navigator.clipboard.writeText(`${code} ${text}`).then(() => toast({ text: "Copied" }))
          }
        >
          Copy details
        </Button>
      </div>
    </div>
  );
};

export const LoadingState = ({ what }: { readonly what: string }) => (
  <div className="state" role="status">
    <p>Loading {what} …</p>
  </div>
);
