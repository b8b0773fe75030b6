import type { Page, PageIndex } from "#core/model.ts";
import { percent, type Zoom } from "../pages/zoom.ts";
import { PageBox } from "./page-box.tsx";
import { Tool } from "./tool.tsx";
import styles from "./toolbar.module.css";

interface ToolbarProps {
  readonly pages: readonly Page[];
  readonly current: PageIndex;
  readonly zoom: Zoom;
  /** CSS pixels per point as shown. */
  readonly scale: number | null;
  readonly panel: boolean;
  readonly find: boolean;
  readonly onPage: (page: PageIndex) => void;
  readonly onZoom: (zoom: Zoom) => void;
  readonly onStepZoom: (direction: 1 | -1) => void;
  readonly onRotate: () => void;
  readonly onPanel: () => void;
  readonly onFind: () => void;
}

/** Everything that can be done with the pages, each with its key. */
export function Toolbar(props: ToolbarProps) {
  const { pages, current, zoom, scale, panel, find, onPage, onZoom, onStepZoom, onRotate, onPanel, onFind } = props;
  return (
    <div className={styles["toolbar"]} role="group" aria-label="Pages and zoom">
      <Tool icon="panel" label="Thumbnails and outline" keys="t" pressed={panel} onClick={onPanel} />
      <span className={styles["group"]}>
        <span className={styles["steps"]}>
          <Tool
            icon="previous"
            label="Previous page"
            keys="←"
            disabled={current === 0}
            onClick={() => onPage(current - 1)}
          />
          <Tool
            icon="next"
            label="Next page"
            keys="→"
            disabled={current >= pages.length - 1}
            onClick={() => onPage(current + 1)}
          />
        </span>
        <PageBox pages={pages} current={current} onPage={onPage} />
      </span>
      <span className={styles["group"]}>
        <Tool icon="remove" label="Zoom out" keys="−" onClick={() => onStepZoom(-1)} />
        <output className={styles["percent"]} aria-label="Zoom">
          {scale === null ? "" : percent(scale)}
        </output>
        <Tool icon="add" label="Zoom in" keys="+" onClick={() => onStepZoom(1)} />
        <Tool icon="fit-width" label="Fit width" keys="0" pressed={zoom === "width"} onClick={() => onZoom("width")} />
        <Tool icon="fit-page" label="Fit page" keys="9" pressed={zoom === "page"} onClick={() => onZoom("page")} />
      </span>
      <Tool icon="rotate" label="Rotate clockwise" keys="r" onClick={onRotate} />
      <Tool icon="search" label="Find in this document" keys="Ctrl+F" pressed={find} onClick={onFind} />
    </div>
  );
}
