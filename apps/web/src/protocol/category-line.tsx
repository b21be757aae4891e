import type { ProtocolDetail } from "@parley/wire/http";
import { useState } from "react";
import { api } from "../api/api.ts";
import { keys, queryClient } from "../api/query-client.ts";
import { announce } from "../ui/announcer.tsx";
import { toastProblem } from "../ui/toast.tsx";

const words = {
  A: "A: applied at once",
  B: "B: proposed, applied once approved",
  C: "C: a ceremony, nothing holds until it commits",
} as const;

type Category = keyof typeof words;

const isCategory = (text: string): text is Category => Object.hasOwn(words, text);

/** The operation category a protocol declares; picked here where its page declares none. */
export const CategoryLine = ({ protocol }: { readonly protocol: ProtocolDetail }) => {
  const { declared, by, findings } = protocol.category;
  const [busy, setBusy] = useState(false);
  const pick = async (text: string): Promise<void> => {
    setBusy(true);
    try {
      const { category } = await api.protocols.categorise(protocol.id, isCategory(text) ? text : null);
      queryClient.setQueryData<ProtocolDetail>(keys.protocol(protocol.id), (before) =>
        before ? { ...before, category } : before,
      );
      announce(category.declared ? `Category ${category.declared}` : "No category declared");
    } catch (error) {
      toastProblem(error);
    }
    setBusy(false);
  };
  return (
    <section className="category-line" aria-label="Operation category">
      {by === "page" && declared ? (
        <span>
          Category <b>{words[declared]}</b>, as its page declares
        </span>
      ) : (
        <label>
          Category{" "}
          <select
            className="input"
            disabled={busy}
            value={declared ?? ""}
            onChange={({ target }) => void pick(target.value)}
          >
            <option value="">undeclared</option>
            {Object.entries(words).map(([id, text]) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
          </select>
        </label>
      )}
      {findings.map(({ code, text }) => (
        <span key={code} className="category-finding">
          <span className="mono">{code}</span> {text}
        </span>
      ))}
    </section>
  );
};
