/** All that Node 20 lacks of what pdf.js's legacy build needs. Import it before the first file is opened. */
function withResolvers(): object {
  let settle = {};
  const promise = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}
if (!("withResolvers" in Promise)) Object.assign(Promise, { withResolvers });

function transferToFixedLength(this: ArrayBuffer): ArrayBuffer {
  return this.slice(0);
}
if (!("transferToFixedLength" in ArrayBuffer.prototype))
  Object.assign(ArrayBuffer.prototype, { transferToFixedLength });

/** pdf.js hands every font over to be loaded; without one it would draw glyphs as paths, at ten times the time. */
class NoFontFace {
  readonly loaded = Promise.resolve();
}
if (!("FontFace" in globalThis)) Object.assign(globalThis, { FontFace: NoFontFace });
