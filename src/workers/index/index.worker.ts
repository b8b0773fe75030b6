import { breathe, exposeApi } from "../wire/expose.ts";
import { createExactIndex } from "./exact-wasm.ts";
import { IndexRetriever } from "./index-retriever.ts";
import { loadVoy } from "./load-voy.ts";

const api = new IndexRetriever({ newExact: createExactIndex, loadVoy, pause: breathe });
export type IndexApi = typeof api;
exposeApi(api);
