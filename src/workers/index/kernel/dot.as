// AssemblyScript. Compiled by tools/build-kernel.mjs into dot.generated.ts.

/**
 * Dot product of one query with `count` rows of float32.
 * `stride` is the bytes of a row and of the query, a multiple of 64; query and rows are 16-byte aligned.
 * Four accumulators hide the latency of the additions; the scan is then bound by memory.
 */
export function dots(query: usize, rows: usize, stride: usize, count: usize, out: usize): void {
  const end = rows + stride * count;
  for (let row = rows; row < end; row += stride) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    for (let i: usize = 0; i < stride; i += 64) {
      a = f32x4.add(a, f32x4.mul(v128.load(row + i), v128.load(query + i)));
      b = f32x4.add(b, f32x4.mul(v128.load(row + i, 16), v128.load(query + i, 16)));
      c = f32x4.add(c, f32x4.mul(v128.load(row + i, 32), v128.load(query + i, 32)));
      d = f32x4.add(d, f32x4.mul(v128.load(row + i, 48), v128.load(query + i, 48)));
    }
    const sum = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
    store<f32>(
      out,
      f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)),
    );
    out += 4;
  }
}
