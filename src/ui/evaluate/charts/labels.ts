export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

interface Wanted extends Point {
  readonly text: string;
}

export interface Label extends Box {
  readonly text: string;
  /** Far enough from its point to need a line to it. */
  readonly isFar: boolean;
}

/** Of a label's line at 12 px, and the mean width of a letter at that size in the faces of the font stack. */
const LINE = 15;
const LETTER = 6.4;
/** Room around a point that no label covers. */
const GAP = 7;

/**
 * Places for direct labels, one for each point in its order: beside the point where there is room, else in the nearest free
 * place above or below. No label covers another, or a point, and all lie inside the frame, as long as it has room.
 */
export function placeLabels(points: readonly Wanted[], frame: Box): Label[] {
  const taken: Box[] = points.map(({ x, y }) => ({
    x: x - GAP + 2,
    y: y - GAP + 2,
    width: 2 * GAP - 4,
    height: 2 * GAP - 4,
  }));
  return points.map((point) => {
    const size = { width: point.text.length * LETTER, height: LINE };
    const places = candidates(point, size).map((place) => into({ ...place, ...size }, frame));
    const isFree = (box: Box): boolean => !taken.some((other) => overlap(box, other));
    const place = places.find(isFree) ?? anywhere(point, size, frame).find(isFree) ?? places[0]!;
    taken.push(place);
    return { ...place, text: point.text, isFar: distance(place, point) > 2 * GAP };
  });
}

function candidates({ x, y }: Point, { width, height }: Pick<Box, "width" | "height">): Point[] {
  const beside = [0, 1, -1, 2, -2, 3, -3, 4, -4, 6, -6, 8, -8].flatMap((step) => {
    const top = y - height / 2 + step * height;
    return [
      { x: x + GAP, y: top },
      { x: x - GAP - width, y: top },
    ];
  });
  const [right, left, ...far] = beside;
  return [right!, left!, { x: x - width / 2, y: y - GAP - height }, { x: x - width / 2, y: y + GAP }, ...far];
}

/** Every place of a grid over the frame, the nearest first. */
function anywhere(point: Point, size: Pick<Box, "width" | "height">, frame: Box): Box[] {
  const boxes: Box[] = [];
  for (let y = frame.y; y + size.height <= frame.y + frame.height; y += size.height / 2)
    for (let x = frame.x; x + size.width <= frame.x + frame.width; x += 2 * GAP) boxes.push({ x, y, ...size });
  return boxes.toSorted((a, b) => distance(a, point) - distance(b, point));
}

function into(box: Box, frame: Box): Box {
  return {
    ...box,
    x: Math.max(frame.x, Math.min(box.x, frame.x + frame.width - box.width)),
    y: Math.max(frame.y, Math.min(box.y, frame.y + frame.height - box.height)),
  };
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function distance(box: Box, { x, y }: Point): number {
  const dx = Math.max(box.x - x, 0, x - box.x - box.width);
  const dy = Math.max(box.y - y, 0, y - box.y - box.height);
  return Math.hypot(dx, dy);
}
