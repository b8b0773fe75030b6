import { expect, it } from "vitest";
import { rootState } from "./use-root-state.ts";

it.each([
  ["starting", "idle", false, "starting"],
  ["error", "reranking", true, "error"],
  ["ready", "idle", false, "ready"],
  ["ready", "failed", false, "ready"],
  ["ready", "stopped", false, "ready"],
  ["ready", "retrieving", false, "busy"],
  ["ready", "reranking", false, "busy"],
  ["busy", "done", false, "busy"],
  ["ready", "done", true, "busy"],
] as const)("A1 library %s, search %s, transfer %s: %s", (app, phase, isTransferring, state) => {
  expect(rootState(app, phase, isTransferring)).toBe(state);
});
