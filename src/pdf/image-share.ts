import { numbersOf, OPS, type Operators } from "./operators.ts";

type Matrix = readonly [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
/** A unit square of this many square points is not a unit of measure but a picture: 32 × 32. */
const SMALLEST = 1000;
/** Nothing that is seen. */
const SILENT = new Set([OPS.dependency, OPS.clip, OPS.eoClip, OPS.setRenderingIntent, OPS.setGState, OPS.endPath]);

/**
 * Share of the page that images cover, 0 to 1, overlaps counted twice. Images are drawn in a unit square that `cm`
 * has blown up. pdf.js was told to drop them undecoded, so what is left of one is a large unit square in which
 * nothing is drawn.
 */
export function toImageShare(operators: Operators, view: readonly number[]): number {
  const [left = 0, bottom = 0, right = 0, top = 0] = view;
  const stack: Matrix[] = [];
  let matrix = IDENTITY;
  let fresh = false;
  let covered = 0;
  const close = (): void => {
    if (fresh) covered += areaWithin(matrix, left, bottom, right, top);
    fresh = false;
  };
  for (const [operator, args] of operators) {
    if (operator === OPS.save) stack.push(matrix);
    else if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd) {
      close();
      matrix = stack.pop() ?? IDENTITY;
    } else if (operator === OPS.transform) {
      close();
      matrix = times(matrix, toMatrix(args));
      fresh = Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) >= SMALLEST;
    } else if (operator === OPS.paintFormXObjectBegin) {
      stack.push(matrix);
      matrix = times(matrix, Array.isArray(args) ? toMatrix(args[0]) : IDENTITY);
      fresh = false;
    } else if (!SILENT.has(operator)) fresh = false;
  }
  const area = (right - left) * (top - bottom);
  return area > 0 ? Math.min(1, covered / area) : 0;
}

/** Area of the box of the unit square, clipped to the page. */
function areaWithin([a, b, c, d, e, f]: Matrix, left: number, bottom: number, right: number, top: number): number {
  const xs = [e, e + a, e + c, e + a + c];
  const ys = [f, f + b, f + d, f + b + d];
  const width = Math.min(right, Math.max(...xs)) - Math.max(left, Math.min(...xs));
  const height = Math.min(top, Math.max(...ys)) - Math.max(bottom, Math.min(...ys));
  return width > 0 && height > 0 ? width * height : 0;
}

function toMatrix(args: unknown): Matrix {
  const [a, b, c, d, e, f] = numbersOf(args);
  return a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined
    ? IDENTITY
    : [a, b, c, d, e, f];
}

function times([a, b, c, d, e, f]: Matrix, [p, q, r, s, t, u]: Matrix): Matrix {
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}
