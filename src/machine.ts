import type { Machine } from "#state/view.ts";

interface Gpu {
  requestAdapter(): Promise<{ readonly info?: { readonly isFallbackAdapter?: boolean } } | null>;
}

/** Whether WebGPU has a real adapter; a software one is slower than WASM and counts as none. */
export async function probeGpu(): Promise<Machine["gpu"]> {
  const gpu = (navigator as { readonly gpu?: Gpu }).gpu;
  // A driver that hangs must not keep the page from starting.
  const late = new Promise<null>((resolve) => setTimeout(resolve, 1000, null));
  const adapter = await Promise.race([gpu?.requestAdapter().catch(() => null), late]);
  if (!adapter) return "none";
  return adapter.info?.isFallbackAdapter ? "fallback" : "available";
}
