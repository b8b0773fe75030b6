import { use } from "react";
import { usePointerActions, useReaderActions, useStores } from "../app/stores.ts";
import type { SearchResult } from "#state/view.ts";
import { AnswerPanel } from "./answer-panel.tsx";

/** The panel over its store, which is loaded with it. */
export function Answers({ result }: { readonly result: SearchResult }) {
  const store = use(useStores().answers());
  const reader = useReaderActions();
  const pointer = usePointerActions();
  return (
    <AnswerPanel
      store={store}
      result={result}
      onOpen={(chunkId, opener) => {
        pointer.leave(opener, true);
        reader.openChunk(chunkId);
      }}
    />
  );
}
