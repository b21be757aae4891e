import { Button } from "./button.tsx";
import { toast } from "./toast.tsx";

/** The first digits of a hash or key; all of it on hover. */
export const HashText = ({ value, digits = 10 }: { readonly value: string; readonly digits?: number }) => (
  <span className="mono" title={value}>
    {value.slice(0, digits)}
    {value.length > digits ? "…" : ""}
  </span>
);

/** A hash or key in full, to be copied. */
export const HashLine = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <span className="hash-line">
    <code>{value}</code>
    <Button
      small
      variant="quiet"
      icon="copy"
      aria-label={`Copy ${name}`}
      onClick={() => void navigator.clipboard.writeText(value).then(() => toast({ text: "Copied" }))}
    />
  </span>
);
