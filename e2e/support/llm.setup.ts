import type { TestProject } from "vitest/node";
import { startLlm } from "./llm-server.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** Addresses of servers that speak the chat and rerank protocols: one that anybody may ask, one with a key, one without CORS. */
    llm: { readonly open: string; readonly locked: string; readonly closed: string };
  }
}

export const KEY = "secret-key";

/** Runs in Node beside the browser tests of Vitest. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const [open, locked, closed] = await Promise.all([startLlm(), startLlm({ key: KEY }), startLlm({ cors: false })]);
  provide("llm", { open: open.origin, locked: locked.origin, closed: closed.origin });
  return async () => {
    await Promise.all([open.stop(), locked.stop(), closed.stop()]);
  };
}
