import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import "./markdown.css";

const plugins = [remarkGfm];

const components: Components = {
  // A page has one first-level heading already.
  h1: ({ children }) => <h2>{children}</h2>,
  h2: ({ children }) => <h3>{children}</h3>,
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: code that scrolls must be reachable by keyboard.
    <pre tabIndex={0}>{children}</pre>
  ),
};

/** A page of the catalogue or of the docs. HTML in it stays text. */
export const Markdown = ({ text }: { readonly text: string }) => (
  <div className="markdown">
    <ReactMarkdown remarkPlugins={plugins} components={components}>
      {text}
    </ReactMarkdown>
  </div>
);
