/**
 * Views over exactly their own bytes. Structured clone and Blob take a view's whole buffer along, which for a view into
 * WASM memory is megabytes, and a view into shared memory cannot be cloned at all.
 */
export function ownFloats(view: Float32Array): Float32Array<ArrayBuffer> {
  const buffer = ownBuffer(view);
  return buffer === null ? new Float32Array(view) : new Float32Array(buffer);
}

export function ownWords(view: Uint32Array): Uint32Array<ArrayBuffer> {
  const buffer = ownBuffer(view);
  return buffer === null ? new Uint32Array(view) : new Uint32Array(buffer);
}

export function ownHalves(view: Uint16Array): Uint16Array<ArrayBuffer> {
  const buffer = ownBuffer(view);
  return buffer === null ? new Uint16Array(view) : new Uint16Array(buffer);
}

export function ownBytes(view: Uint8Array): Uint8Array<ArrayBuffer> {
  const buffer = ownBuffer(view);
  return buffer === null ? new Uint8Array(view) : new Uint8Array(buffer);
}

function ownBuffer({ buffer, byteLength }: ArrayBufferView): ArrayBuffer | null {
  return buffer instanceof ArrayBuffer && byteLength === buffer.byteLength ? buffer : null;
}
