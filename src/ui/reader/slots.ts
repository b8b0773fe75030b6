import { createContext, type ReactNode, useContext } from "react";
import type { PageIndex } from "#core/model.ts";
import type { PageMark } from "#state/reader-view.ts";
import type { QuadToBox } from "./geometry.ts";

/** What others draw inside the reader. Each is called with what is on the page only, never for all pages. */
export interface ReaderSlots {
  /**
   * Over a page, above its text layer. The layer is positioned, as large as the page, and lets the pointer through:
   * what can be clicked in it sets `pointer-events: auto`.
   */
  readonly marks?: (page: PageIndex, toBox: QuadToBox) => ReactNode;
  /** A mark was clicked in a document without pages, where marks are part of the text. */
  readonly onTextMark?: (mark: PageMark) => void;
  /** Over the thumbnail of a page, as large as it, e.g. its heat. */
  readonly thumbnail?: (page: PageIndex) => ReactNode;
  /** Between the header and the pages: e.g. the citation of the chosen passage. */
  readonly bar?: ReactNode;
  /** Above the list of thumbnails: e.g. which stage tints them. */
  readonly thumbnailsBar?: ReactNode;
}

export const SlotsContext = createContext<ReaderSlots>({});

export function useSlots(): ReaderSlots {
  return useContext(SlotsContext);
}
