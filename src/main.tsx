import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { toEngineError } from "#core/base/errors.ts";
import { BUNDLED, type DocumentId, type VectorStamp } from "#core/model.ts";
import { ChosenEmbedder } from "#engine/chosen-embedder.ts";
import { asksLanguageModel, LLM_METHODS, llmId, RERANK_API } from "#core/rerank/llm/settings.ts";
import { chosenOf, rerankerId, waysOf } from "#core/rerank/way.ts";
import { Courtesy } from "#engine/courtesy.ts";
import { Library } from "#engine/library.ts";
import { readerByFormat } from "#engine/reader.ts";
import { SearchEngine } from "#engine/search.ts";
import { createEvaluateStore } from "#state/evaluate-store.ts";
import { createLibraryStore } from "#state/library-store.ts";
import { createJudgementStore } from "#state/judgement-store.ts";
import { createModelsStore } from "#state/models-store.ts";
import { createReaderStore } from "#state/reader-store.ts";
import { createWhyStore } from "#state/why-store.ts";
import { createSearchStore, type SearchStore } from "#state/search-store.ts";
import { openEvaluationStore } from "#storage/evaluation-store.ts";
import { deleteLibrary, libraryDatabase, namedLibraries } from "#storage/libraries.ts";
import { openStore } from "#storage/store.ts";
import { unavailableStore } from "#storage/unavailable-store.ts";
import { App } from "#ui/app/app.tsx";
import { chunkSettingsFrom, deviceFrom, settingsFrom } from "#state/settings.ts";
import { settingsFromHash } from "#ui/app/hash.ts";
import { hubClient } from "#workers/hub/hub.client.ts";
import { indexClient } from "#workers/index/index.client.ts";
import { modelsClient } from "#workers/models/models.client.ts";
import { readManifest } from "#workers/model/manifest.ts";
import { once } from "#workers/model/once.ts";
import { threadsFor } from "#workers/model/threads.ts";
import { ocrClient } from "#workers/ocr/ocr.client.ts";
import { renderClient } from "#workers/pdf/render.client.ts";
import { pdfClient } from "#workers/pdf/pdf.client.ts";
import { reportClient } from "#workers/report/report.client.ts";
import { textClient } from "#workers/text/text.client.ts";
import { version } from "../package.json" with { type: "json" };
import { languageModels } from "./language.ts";
import { lazyEvaluation, lazyLibraryFiles, lazyProofs } from "./lazy.ts";
import { probeGpu } from "./machine.ts";
import { modelRegistry } from "./model-registry.ts";
import { readPreference, writePreference } from "./preferences.ts";
import { sampleLibrary } from "./samples.ts";
import { applyUpdate, registerServiceWorker, reloadForIsolation } from "./service-worker/register.ts";

const CHUNKING = "chunking";
const OCR_LANGUAGES = "ocr-languages";
const LIBRARY = "library";
const DEVICE = "device";
const EMBEDDER = "embedder";

/** The composition root: the only file that sees every folder. */
async function start(root: HTMLElement): Promise<void> {
  const site = new URL("./", document.baseURI).href;
  const siteModels = once(() => readManifest(site));
  const hub = hubClient(site);
  const gpu = await probeGpu();
  let deviceChoice = deviceFrom(readPreference(DEVICE));
  const registry = modelRegistry({ site, siteModels, gpu, device: () => deviceChoice });
  const { embedders, rerankers } = registry;
  const language = languageModels({ site, inTab: registry.languageModels, rerankers });
  const embedder = new ChosenEmbedder(BUNDLED, embedders.get(BUNDLED)!);
  const reranker = rerankers.get(BUNDLED)!;
  const retriever = indexClient();
  const reader = readerByFormat({ pdf: pdfClient(new URL("pdfjs/", site).href), text: textClient() });
  const wanted = readPreference(LIBRARY);
  // One that was deleted in another tab would come back empty.
  const current = typeof wanted === "string" && (await namedLibraries()).includes(wanted) ? wanted : null;
  const { store, broken, close } = await openStore(libraryDatabase(current)).then(
    (opened) => ({ store: opened, broken: opened.broken, close: () => opened.close() }),
    (thrown: unknown) => ({
      store: unavailableStore(toEngineError(thrown, "STORE_BROKEN")),
      broken: [],
      close: () => {},
    }),
  );
  const evaluations = await openEvaluationStore(libraryDatabase(current));
  const chunking = chunkSettingsFrom(readPreference(CHUNKING));
  const models = { chosen: embedder, find: (stamp: VectorStamp) => registry.find(stamp) };
  const library = new Library({ store, reader, retriever, embedder, files: lazyLibraryFiles, models }, chunking);
  const passwords = new Map<DocumentId, string>();

  const courtesy = new Courtesy();
  let search: SearchStore | null = null;
  const libraryStore = createLibraryStore({
    library,
    store,
    reader,
    embedder,
    reranker,
    passwords,
    ocr: { renderer: renderClient(new URL("pdfjs/", site).href), ocr: ocrClient({ site }) },
    ocrLanguages: {
      saved: readPreference(OCR_LANGUAGES),
      save: (codes) => writePreference(OCR_LANGUAGES, codes),
    },
    saveChunking: (settings) => writePreference(CHUNKING, settings),
    samples: (signal) => sampleLibrary(site, signal),
    machine: { isolated: crossOriginIsolated, gpu: gpu.adapter, threads: threadsFor() },
    onRemoved: () => search?.refresh(),
    settings: async () => {
      const { extrasOf } = await import("./library-extras.ts");
      return extrasOf(search?.getState().settings, evaluations);
    },
    applyUpdate: () => void applyUpdate(),
    libraries: {
      current,
      list: namedLibraries,
      open(name) {
        writePreference(LIBRARY, name);
        // The hash holds settings and a place in a document of this library.
        location.replace(location.pathname + location.search);
      },
      async delete(name) {
        close();
        evaluations.close();
        await deleteLibrary(name);
      },
    },
    onSettings(extras) {
      const { reranker: wanted, ...settings } = settingsFrom(extras);
      // A file from elsewhere never has passages sent to a server.
      const isOurs = wanted !== undefined && !asksLanguageModel(wanted);
      search?.getState().change(isOurs ? { ...settings, reranker: wanted } : settings);
      const taking = import("./library-extras.ts").then(({ takeSets }) => takeSets(extras, evaluations));
      void taking.then(
        async (taken) => taken > 0 && Promise.all([judgement.open(), evaluate.refresh()]),
        (thrown: unknown) => libraryStore.notify({ kind: "error", error: toEngineError(thrown, "STORE_BROKEN").data }),
      );
    },
  });
  search = createSearchStore(
    new SearchEngine({ library, embedder, retriever, rerankers, courtesy }),
    library,
    settingsFromHash(location.hash),
  );
  // A model of hundreds of megabytes that is no longer asked gives its memory back; the bundled one costs little.
  search.subscribe(({ settings: { reranker: after } }, { settings: { reranker } }) => {
    const [now, before] = [chosenOf(after).model, chosenOf(reranker).model];
    const { phase } = evaluate.getState();
    // A language model also answers and writes questions: it goes when another is set up.
    const isOurs = before !== BUNDLED && !asksLanguageModel(before);
    const isFree = now !== before && isOurs && phase !== "running" && phase !== "preparing";
    if (isFree) rerankers.get(before)?.release();
  });
  const judgement = createJudgementStore({
    evaluations,
    fail: (error) => libraryStore.notify({ kind: "error", error: error.data }),
    changed: () => void evaluate.refresh(),
  });
  const evaluate = createEvaluateStore({
    evaluation: lazyEvaluation({
      library,
      store,
      retriever,
      embedders,
      own: () => embedder.id,
      rerankers,
      evaluations,
      spareIndex: indexClient,
      courtesy,
    }),
    evaluations,
    library,
    store,
    choices: { embedders: [BUNDLED], rerankers: [BUNDLED] },
    counter: reportClient(),
    importCorpus: async (...args) => {
      const { corpusLibraries } = await import("./corpus-library.ts");
      return corpusLibraries({ embedder, reader, chunking: () => library.chunking })(...args);
    },
    proofs: lazyProofs,
    appVersion: version,
    async modelFiles({ id }) {
      return (await siteModels()).find((model) => model.id === id)?.files ?? [];
    },
    onJudged: () => void judgement.open(),
  });
  const readerStore = createReaderStore({
    store,
    search,
    library: libraryStore,
    passwords,
    notify: (notice) => libraryStore.notify(notice),
  });

  // Not part of the first load: who compares may never ask for an answer.
  const answers = once(async () => {
    const { createAnswerStore } = await import("#state/answer-store.ts");
    return createAnswerStore({ search, rerankers, languageModel: language.model, courtesy });
  });

  const synthetic = once(async () => {
    const { createSyntheticStore } = await import("#state/synthetic-store.ts");
    return createSyntheticStore({
      library,
      evaluations,
      languageModel: language.model,
      async onSaved(id) {
        const isNew = evaluate.getState().sets.every((set) => set.id !== id);
        await evaluate.refresh();
        if (isNew) evaluate.getState().choose(id);
      },
    });
  });

  const modelsStore = createModelsStore({
    library,
    store,
    registry,
    chosen: embedder,
    siteModels,
    models: modelsClient(site, hub),
    hub,
    onRemoved(id) {
      if (chosenOf(search.getState().settings.reranker).model === id) search.getState().change({ reranker: BUNDLED });
      if (language.store.getState().tab === id) language.store.getState().change({ tab: null });
      if (embedder.id === id) modelsStore.getState().useEmbedder(BUNDLED);
    },
    gpu,
    device: {
      saved: deviceChoice,
      save(choice) {
        deviceChoice = choice;
        writePreference(DEVICE, choice);
      },
    },
    savedEmbedder: readPreference(EMBEDDER),
    saveEmbedder: (id) => writePreference(EMBEDDER, id),
    inTurn: (work) => libraryStore.inTurn(work),
    fail: (error) => libraryStore.notify({ kind: "error", error: error.data }),
    onChanged: () => libraryStore.renew(),
  });
  const offer = (): void => {
    const { choices, embedder: own } = modelsStore.getState();
    const others = choices.filter(({ entry }) => entry.kind === "embedder").map(({ id }) => id);
    const rerankable = choices
      .filter(({ entry }) => entry.kind === "reranker")
      .flatMap(({ id }) => waysOf(id).map((way) => rerankerId({ model: id, way })));
    const { isSetUp, isRerankSetUp } = language.store.getState();
    const asked = [...(isSetUp ? LLM_METHODS.map(llmId) : []), ...(isRerankSetUp ? [RERANK_API] : [])];
    evaluate.offer({
      embedders: [own, ...others.filter((id) => id !== own)],
      rerankers: [...rerankable, ...asked],
    });
  };
  modelsStore.subscribe((now, before) => {
    if (now.choices !== before.choices || now.embedder !== before.embedder) offer();
  });
  language.store.subscribe((now, before) => {
    if (now.isSetUp !== before.isSetUp || now.isRerankSetUp !== before.isRerankSetUp) offer();
  });

  createRoot(root).render(
    <StrictMode>
      <App
        library={libraryStore}
        search={search}
        reader={readerStore}
        judgement={judgement}
        evaluate={evaluate}
        models={modelsStore}
        language={language.store}
        answers={answers}
        synthetic={synthetic}
        why={createWhyStore(search, rerankers, courtesy)}
      />
    </StrictMode>,
  );
  if (broken.length > 0)
    libraryStore.notify({ kind: "removed-broken", names: broken.map(({ id, name }) => name ?? id.slice(0, 8)) });
  void judgement.open();
  await modelsStore.open();
  await libraryStore.open();
  modelsStore.follow();
  await evaluate.open();
  libraryStore.subscribe((now, before) => {
    // Another tab may have changed the model.
    if (now.items !== before.items) modelsStore.follow();
    // Another library costs another time.
    if (now.app === "ready" && now.items !== before.items) void evaluate.refresh();
  });

  await registerServiceWorker({
    onUpdateReady: () => libraryStore.notify({ kind: "update-ready" }),
    onOfflineReady: () => {},
    onUnavailable: (reason) => libraryStore.notify({ kind: "not-offline", reason }),
    // A reload costs nothing while nothing runs and nothing was asked; later it would cost the person their place.
    onIsolationAvailable: () => {
      const typed = root.querySelector<HTMLInputElement>("input[type=search]")?.value ?? "";
      const { phase, importing } = evaluate.getState();
      const evaluates = phase === "preparing" || phase === "running" || importing !== null;
      const idle = libraryStore.getState().app === "ready" && search.getState().phase === "idle" && !evaluates;
      if (idle && typed === "" && readerStore.getState().phase === "closed") reloadForIsolation();
    },
  });
}

const root = document.getElementById("root");
if (root) void start(root);
