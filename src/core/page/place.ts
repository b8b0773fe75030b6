import type { Points } from "../model.ts";
import type { Line } from "./line.ts";
import type { SourcePage } from "./source.ts";

/** Where a line stands on the page as people see it, rotation applied. Points from the top left corner. */
export interface Place {
  readonly top: Points;
  readonly left: Points;
  readonly right: Points;
  /** Reads from left to right or right to left, neither up nor down. */
  readonly upright: boolean;
}

type Sheet = Pick<SourcePage, "width" | "height" | "rotation">;

/** `top` is that of the baseline. */
export function placeOf(line: Line, page: Sheet): Place {
  // Along and across are coordinates in the turned frame (dir, dir turned left): turn them back.
  const ends = [line.from, line.to].map((along) => ({
    x: along * line.dirX - line.base * line.dirY,
    y: along * line.dirY + line.base * line.dirX,
  }));
  const seen = ends.map((point) => turn(point, page));
  const [start, end] = [seen[0] ?? { x: 0, y: 0 }, seen[1] ?? { x: 0, y: 0 }];
  return {
    top: (start.y + end.y) / 2,
    left: Math.min(start.x, end.x),
    right: Math.max(start.x, end.x),
    upright: Math.abs(start.y - end.y) < 0.1 * Math.max(line.size, Math.abs(end.x - start.x)),
  };
}

/** Height of the page as people see it. */
export function seenHeight(page: Sheet): Points {
  return page.rotation === 90 || page.rotation === 270 ? page.width : page.height;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function turn({ x, y }: Point, { width, height, rotation }: Sheet): Point {
  if (rotation === 90) return { x: y, y: x };
  if (rotation === 180) return { x: width - x, y };
  if (rotation === 270) return { x: height - y, y: width - x };
  return { x, y: height - y };
}
