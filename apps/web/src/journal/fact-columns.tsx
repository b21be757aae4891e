import type { FactView } from "@parley/wire/http";
import type { Column } from "../ui/data-table.tsx";
import { HashText } from "../ui/hash-text.tsx";
import { timeWords } from "./time-words.ts";

/** What a fact says, on one line. */
export const payloadText = ({ payload }: FactView): string => JSON.stringify(payload) ?? "";

/** The columns of a list of facts. */
export const factColumns: readonly Column<FactView>[] = [
  {
    id: "fact",
    head: "Fact",
    width: "116px",
    text: ({ id }) => id,
    show: ({ id }) => <HashText value={id} digits={9} />,
  },
  { id: "type", head: "Type", text: ({ type }) => type, show: ({ type }) => <code>{type}</code> },
  { id: "by", head: "By", width: "minmax(40px, 0.5fr)", text: ({ by }) => by },
  {
    id: "time",
    head: "Time",
    width: "minmax(0, 1.1fr)",
    wide: true,
    text: ({ time }) => JSON.stringify(time),
    show: ({ time }) => timeWords(time),
  },
  {
    id: "payload",
    head: "Says",
    width: "minmax(0, 2fr)",
    wide: true,
    text: payloadText,
    show: (fact) => (
      <span className="mono" title={payloadText(fact)}>
        {payloadText(fact)}
      </span>
    ),
  },
  { id: "seq", head: "Entry", width: "58px", text: ({ seq }) => seq, show: ({ seq }) => `#${seq}` },
  {
    id: "replicas",
    head: "Held by",
    wide: true,
    text: ({ replicas }) => replicas.join(" "),
    show: ({ replicas }) => replicas.join(", "),
  },
];
