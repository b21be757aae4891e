/** Characters that XML 1.0 cannot carry, not even as references. */
const isXmlChar = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff);

const XML: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for an XML element or attribute; characters XML cannot carry become U+FFFD. */
export const escapeXml = (text: string): string =>
  [...text].map((char) => (isXmlChar(char.codePointAt(0) ?? 0) ? (XML[char] ?? char) : "\uFFFD")).join("");

/**
 * Text for a Mermaid message or label: its own entity form for what it would
 * read as syntax, on one line. Mermaid has no empty text; that becomes `…`.
 */
export const escapeMermaid = (text: string): string =>
  [...text]
    .map((char) => {
      const code = char.codePointAt(0) ?? 0;
      if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029) return " ";
      return MERMAID_SYNTAX.includes(char) ? `#${code};` : char;
    })
    .join("")
    .trim() || "…";

const MERMAID_SYNTAX = "#;<>&\"'`:{}%\\";

/** A double-quoted DOT string. */
export const quoteDot = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\r", "").replaceAll("\n", "\\n").replaceAll("\0", "")}"`;
