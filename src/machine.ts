import type { Machine } from "#state/view.ts";

interface Gpu {
  requestAdapter(): Promise<{ readonly info?: { readonly isFallbackAdapter?: boolean } } | null>;
}

/** Whether WebGPU has a real adapter; a software one is slower than WASM and counts as none. */
export async function probeGpu(): Promise<Machine["gpu"]> {
  const gpu = (navigator as { readonly gpu?: Gpu }).gpu;
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (!adapter) return "none";
  return adapter.info?.isFallbackAdapter ? "fallback" : "available";
}
