import { KERNEL_BASE64 } from "./dot.generated.ts";

/** Addresses and sizes in bytes; see dot.as. */
export type Dots = (query: number, rows: number, stride: number, count: number, out: number) => void;

let bytes: Uint8Array<ArrayBuffer> | undefined;
let module: WebAssembly.Module | undefined;

function kernelBytes(): Uint8Array<ArrayBuffer> {
  return (bytes ??= Uint8Array.from(atob(KERNEL_BASE64), (letter) => letter.charCodeAt(0)));
}

/** Whether this runtime knows WASM SIMD (all browsers since 2023; not, for one, an older WebView). */
export function hasSimd(): boolean {
  return typeof WebAssembly === "object" && WebAssembly.validate(kernelBytes());
}

/** The kernel over one memory. The module is 0.4 KB: compiling it at once, in a worker, takes less than a message. */
export function kernelOver(memory: WebAssembly.Memory): Dots {
  module ??= new WebAssembly.Module(kernelBytes());
  return new WebAssembly.Instance(module, { env: { memory } }).exports["dots"] as Dots;
}
