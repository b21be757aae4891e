import codes from "../../../../docs/codes.md?raw";

/** The section of the docs on one code, as Markdown; undefined for a code without one. */
export const docsOf = (code: string): string | undefined => {
  const start = codes.indexOf(`## ${code}\n`);
  if (start < 0) return undefined;
  const end = codes.indexOf("\n## ", start + 1);
  const section = codes.slice(codes.indexOf("\n", start) + 1, end < 0 ? undefined : end).trim();
  return section
    .replaceAll("```tell wrong", "**Wrong**\n\n```tell")
    .replaceAll("```tell right", "**Right**\n\n```tell");
};
