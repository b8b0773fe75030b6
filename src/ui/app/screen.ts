import { useCallback, useSyncExternalStore } from "react";
import { hashOf, type Screen, screenFromHash } from "./hash.ts";
import { useStores } from "./stores.ts";

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

/** The screen that the URL hash names. */
export function useScreen(): Screen {
  return useSyncExternalStore(subscribe, () => screenFromHash(location.hash));
}

/** Goes to a screen as a link would: one step of the browser's history. */
export function useGoTo(): (screen: Screen) => void {
  const { search } = useStores();
  return useCallback(
    (screen) => {
      if (screenFromHash(location.hash) === screen) return;
      location.hash = hashOf(screen, search.getState().settings);
    },
    [search],
  );
}
