import { Fragment, type ReactNode } from "react";
import "./markdown.css";

const inline = (text: string): ReactNode =>
  text.split(/(\*\*[^*]+\*\*|`[^`]+`|\*[^*]+\*)/).map((part, index) => {
    const key = `${index}-${part}`;
    if (part.startsWith("**")) return <strong key={key}>{part.slice(2, -2)}</strong>;
    if (part.startsWith("`")) return <code key={key}>{part.slice(1, -1)}</code>;
    if (part.startsWith("*") && part.length > 2) return <em key={key}>{part.slice(1, -1)}</em>;
    return <Fragment key={key}>{part}</Fragment>;
  });

const cells = (line: string): readonly string[] =>
  line
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

const Table = ({ lines }: { readonly lines: readonly string[] }) => {
  const [head = "", , ...rows] = lines;
  return (
    <table>
      <thead>
        <tr>
          {cells(head).map((cell, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns of a fixed text never move.
            <th key={at}>{inline(cell)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row}>
            {cells(row).map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns of a fixed text never move.
              <td key={at}>{inline(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Block = ({ text }: { readonly text: string }) => {
  const fence = /^```(\w*) ?(\w*)\n([\s\S]*?)\n?```$/.exec(text);
  if (fence) {
    return (
      <figure>
        {fence[2] ? <figcaption>{fence[2]}</figcaption> : null}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: code that scrolls must be reachable by keyboard. */}
        <pre tabIndex={0}>{fence[3]}</pre>
      </figure>
    );
  }
  const heading = /^(#+) (.*)$/.exec(text);
  if (heading)
    return heading[1]?.length === 1 ? (
      <h2>{inline(heading[2] ?? "")}</h2>
    ) : (
      <h3>{inline(heading[2] ?? "")}</h3>
    );
  const lines = text.split("\n");
  if (lines.every((line) => line.startsWith("|"))) return <Table lines={lines} />;
  if (lines.every((line) => /^[-*] /.test(line))) {
    return (
      <ul>
        {lines.map((line) => (
          <li key={line}>{inline(line.slice(2))}</li>
        ))}
      </ul>
    );
  }
  return <p>{inline(text)}</p>;
};

/** The Markdown our own pages use: headings, paragraphs, lists, tables, fenced code. Never HTML. */
export const Markdown = ({ text }: { readonly text: string }) => (
  <div className="markdown">
    {(text.match(/```[\s\S]*?```|(?:(?!\n\n|```)[\s\S])+/g) ?? [])
      .map((block) => block.trim())
      .filter((block) => block !== "")
      .map((block) => (
        <Block key={block} text={block} />
      ))}
  </div>
);
