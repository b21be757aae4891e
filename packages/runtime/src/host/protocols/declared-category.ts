import type { OperationCategory } from "../../guards/categories/operation-category.ts";
import { type PageFinding, type PageMetadata, readPage } from "../../guards/categories/page-metadata.ts";
import type { HostCore } from "../core.ts";
import type { ProtocolRecord } from "../streams/workspace-state.ts";

/** The operation category a protocol declares, where, and what is wrong with the declaration. */
export interface DeclaredCategory {
  readonly category: OperationCategory | null;
  /** In the front matter of its page, or picked in the studio. */
  readonly by: "page" | "studio" | null;
  readonly findings: readonly { readonly code: PageFinding["code"]; readonly text: string }[];
}

const pages = new Map<string, PageMetadata>();

/** A page never changes while the server runs. */
const pageOf = (text: string): PageMetadata => {
  const page = pages.get(text) ?? readPage(text);
  pages.set(text, page);
  return page;
};

/** A finding in one sentence. */
const sentence = (finding: PageFinding): string => {
  switch (finding.kind) {
    case "category-undeclared":
      return "It declares no operation category: nobody can tell what its effects wait for.";
    case "category-unknown":
      return `Its page says category “${finding.value}”; there are A, B and C.`;
    case "category-repeated":
      return `Its page says the category again on line ${finding.line}; the first counts.`;
    case "front-matter-open":
      return "The front matter of its page never ends.";
  }
};

/**
 * What a protocol says of its operation category (spec/aura-protocols.md §2.6):
 * its page decides, where it has one that does; else what was picked for it.
 */
export const declaredCategory = (
  core: Pick<HostCore, "catalogue">,
  record: Pick<ProtocolRecord, "id" | "category">,
): DeclaredCategory => {
  const page = pageOf(core.catalogue.get(record.id)?.page ?? "");
  if (page.category === undefined && record.category !== undefined)
    return { category: record.category, by: "studio", findings: [] };
  return {
    category: page.category ?? null,
    by: page.category === undefined ? null : "page",
    findings: page.findings.map((finding) => ({ code: finding.code, text: sentence(finding) })),
  };
};
