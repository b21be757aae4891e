import type { Pictures } from "../editor/analysis.ts";
import { Button } from "../ui/button.tsx";
import { toast } from "../ui/toast.tsx";

const copy = (text: string): void =>
  void navigator.clipboard.writeText(text).then(() => toast({ text: "Copied" }));

/** The global type and every role's local type, as text. */
export const TypesTab = ({ pictures }: { readonly pictures: Pictures }) => (
  <div className="types">
    <section>
      <h3>
        Global type
        <Button
          small
          variant="quiet"
          icon="copy"
          aria-label="Copy the global type"
          onClick={() => copy(pictures.global.join("\n"))}
        />
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>{pictures.global.join("\n")}</pre>
    </section>
    {pictures.sizes === "" ? null : <p className="note">Local types for {pictures.sizes}.</p>}
    {pictures.roles.map(({ role, type }) => (
      <section key={role}>
        <h3>
          {role}
          <Button
            small
            variant="quiet"
            icon="copy"
            aria-label={`Copy the local type of ${role}`}
            onClick={() => copy(type)}
          />
        </h3>
        <pre className="wrap">{type}</pre>
      </section>
    ))}
  </div>
);
