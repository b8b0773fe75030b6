import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Library } from "#engine/library.ts";
import { SearchEngine } from "#engine/search.ts";
import { createLibraryStore } from "#state/library-store.ts";
import { createSearchStore, type SearchStore } from "#state/search-store.ts";
import { libraryFiles } from "#storage/library-file.ts";
import { openStore } from "#storage/store.ts";
import { App } from "#ui/app/app.tsx";
import { settingsFromHash } from "#ui/app/hash.ts";
import { embedClient } from "#workers/embed/embed.client.ts";
import { indexClient } from "#workers/index/index.client.ts";
import { pdfClient } from "#workers/pdf/pdf.client.ts";
import { rerankClient } from "#workers/rerank/rerank.client.ts";
import { probeGpu } from "./machine.ts";
import { sampleFiles } from "./samples.ts";

/** The composition root: the only file that sees every folder. */
async function start(root: HTMLElement): Promise<void> {
  const site = new URL("./", document.baseURI).href;
  const embedder = embedClient({ site });
  const reranker = rerankClient({ site });
  const retriever = indexClient();
  const reader = pdfClient({ site });
  const store = await openStore();
  const library = new Library({ store, retriever, embedder, files: libraryFiles });

  let search: SearchStore | null = null;
  const libraryStore = createLibraryStore({
    library,
    store,
    reader,
    embedder,
    reranker,
    samples: (signal) => sampleFiles(site, signal),
    machine: { isolated: crossOriginIsolated, gpu: await probeGpu() },
    onRemoved: () => search?.refresh(),
    settings: () => search?.getState().settings,
  });
  search = createSearchStore(
    new SearchEngine({ library, embedder, retriever, reranker }),
    library,
    settingsFromHash(location.hash),
  );

  createRoot(root).render(
    <StrictMode>
      <App library={libraryStore} search={search} />
    </StrictMode>,
  );
  await libraryStore.open();
}

const root = document.getElementById("root");
if (root) void start(root);
