import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { ocrAssets } from "./tools/vite-ocr-assets.ts";
import { pdfAssets } from "./tools/vite-pdf-assets.ts";
import { serviceWorker } from "./tools/vite-service-worker.ts";

/** Threads and precise timers need a cross-origin isolated page; on header-less hosts the service worker adds these. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  // Relative: the built site works under any sub-path.
  base: "./",
  // The service worker comes last: it lists what the others wrote.
  plugins: [react(), pdfAssets(), ocrAssets(), serviceWorker()],
  // Without this condition Vite emits a 27 MB WebGPU runtime that is never loaded.
  resolve: { conditions: ["onnxruntime-web-use-extern-wasm", "module", "browser", "development|production"] },
  worker: { format: "es" },
  optimizeDeps: {
    // voy-search loads its WASM beside itself, which pre-bundling breaks; parse5 and marked are ES modules already.
    exclude: ["voy-search", "@huggingface/transformers", "onnxruntime-web", "parse5", "marked"],
    // Found late, in a worker or behind the first test: bundled then, Vite would reload the page in the middle of a run.
    include: [
      "@noble/hashes/legacy.js",
      "@noble/hashes/sha2.js",
      "@tanstack/react-virtual",
      "mammoth",
      "react-dom/client",
      "zustand",
      "zustand/vanilla",
    ],
  },
  build: {
    // The other pages ask the model hub, and an endpoint that a person named, each with a policy of its own.
    rolldownOptions: { input: ["index.html", "hub.html", "endpoint.html"] },
    target: ["chrome125", "firefox128", "safari18"],
    cssTarget: ["chrome125", "firefox128", "safari18"],
    sourcemap: true,
    assetsInlineLimit: 0,
  },
  server: { headers: isolation },
  preview: { headers: isolation },
});
