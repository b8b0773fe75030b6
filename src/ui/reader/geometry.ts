/** From points of the unrotated page to CSS pixels of the page as it is shown. No pdf.js: it works before anything is drawn. */
import type { Page, Points, Quad } from "#core/model.ts";

/** Clockwise turns. */
export type Rotation = Page["rotation"];

/** CSS pixels from the top left corner of the page's box. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** For lines that stand aslant, around the top left corner of the box (`transform-origin: 0 0`). */
  readonly transform?: string;
}

/** Where a quad stands on the page as it is shown now: at this zoom, turned as it is. */
export type QuadToBox = (quad: Quad) => Box;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Lines that lean by less than this over their whole box are straight: half a pixel is not seen. */
const STRAIGHT = 0.5;

/** The page's own turn and the reader's together. */
export function turned(own: Rotation, by: Rotation): Rotation {
  return ((own + by) % 360) as Rotation;
}

/** Width and height of a page that is turned by `rotation`, in the unit of the page. */
export function turnedSize(page: Size, rotation: Rotation): Size {
  return rotation % 180 === 0 ? { width: page.width, height: page.height } : { width: page.height, height: page.width };
}

/** `rotation` is the page's own and the reader's together; `scale` is CSS pixels per point. */
export function quadToBox(page: Size, rotation: Rotation, scale: number): QuadToBox {
  const place = placer(page, rotation, scale);
  return ([x0, y0, x1, y1, x2, y2, x3, y3]) => {
    const corners = [place(x0, y0), place(x1, y1), place(x2, y2), place(x3, y3)] as const;
    const [startBelow, , endAbove, startAbove] = corners;
    const along = { x: endAbove.x - startAbove.x, y: endAbove.y - startAbove.y };
    if (Math.min(Math.abs(along.x), Math.abs(along.y)) >= STRAIGHT) {
      return {
        left: startAbove.x,
        top: startAbove.y,
        width: Math.hypot(along.x, along.y),
        height: Math.hypot(startBelow.x - startAbove.x, startBelow.y - startAbove.y),
        transform: `rotate(${Math.atan2(along.y, along.x)}rad)`,
      };
    }
    const left = Math.min(...corners.map(({ x }) => x));
    const top = Math.min(...corners.map(({ y }) => y));
    return {
      left,
      top,
      width: Math.max(...corners.map(({ x }) => x)) - left,
      height: Math.max(...corners.map(({ y }) => y)) - top,
    };
  };
}

function placer(page: Size, rotation: Rotation, scale: number): (x: Points, y: Points) => { x: number; y: number } {
  const { width, height } = page;
  switch (rotation) {
    case 0:
      return (x, y) => ({ x: x * scale, y: (height - y) * scale });
    case 90:
      return (x, y) => ({ x: y * scale, y: x * scale });
    case 180:
      return (x, y) => ({ x: (width - x) * scale, y: y * scale });
    case 270:
      return (x, y) => ({ x: (height - y) * scale, y: (width - x) * scale });
  }
}
