import type { NewTree } from "../voy-index.ts";

/**
 * voy-search's browser build in Node, which can neither import .wasm nor see that the package's files are modules.
 * `read` gives the bytes of a file of the package.
 */
export async function voyInNode(read: (name: string) => Promise<Uint8Array<ArrayBuffer>>): Promise<NewTree> {
  const source = new TextDecoder().decode(await read("voy_search_bg.js"));
  const glue = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`);
  const module = await WebAssembly.compile(await read("voy_search_bg.wasm"));
  glue.__wbg_set_wasm((await WebAssembly.instantiate(module, { "./voy_search_bg.js": glue })).exports);
  return () => new glue.Voy();
}
