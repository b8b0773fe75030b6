import { useEffect, useMemo, useState } from "react";
import type { Page } from "#core/model.ts";
import type { OutlineNode } from "#pdf/viewer/outline.ts";
import type { PdfView } from "#pdf/viewer/open.ts";
import { entriesOf, headingEntries, type OutlineEntry } from "./outline-entries.ts";

/** The file's own outline; without one the headings of its text; null while it is being read. */
export function useOutline(pdf: PdfView | null, pages: readonly Page[]): readonly OutlineEntry[] | null {
  const [nodes, setNodes] = useState<readonly OutlineNode[] | null>(null);
  useEffect(() => {
    if (pdf === null) return undefined;
    let isWanted = true;
    // A broken outline is as good as none.
    pdf
      .outline()
      .catch(() => [])
      .then(
        (read) => {
          if (isWanted) setNodes(read);
        },
        () => {},
      );
    return () => {
      isWanted = false;
      setNodes(null);
    };
  }, [pdf]);
  return useMemo(() => {
    if (nodes === null) return null;
    return nodes.length > 0 ? entriesOf(nodes, pages) : headingEntries(pages);
  }, [nodes, pages]);
}
