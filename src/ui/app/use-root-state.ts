import { useLayoutEffect } from "react";
import type { AppState, SearchPhase } from "#state/view.ts";
import { useLibrary, useSearch } from "./stores.ts";

/** The one word for everything: what `data-app-state` on the root element says. */
export function rootState(app: AppState, phase: SearchPhase, isTransferring: boolean): AppState {
  if (app === "error" || app === "starting") return app;
  const isBusy = app === "busy" || phase === "retrieving" || phase === "reranking" || isTransferring;
  return isBusy ? "busy" : "ready";
}

export function useRootState(): void {
  const app = useLibrary((view) => view.app);
  const isTransferring = useLibrary((view) => view.transfer !== null);
  const phase = useSearch((view) => view.phase);
  const state = rootState(app, phase, isTransferring);
  useLayoutEffect(() => {
    const root = document.getElementById("root");
    if (root !== null) root.dataset["appState"] = state;
  }, [state]);
}
