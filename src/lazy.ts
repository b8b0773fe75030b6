import type { EvaluationEngine } from "#engine/evaluate/engine.ts";
import type { Evaluation } from "#engine/evaluate/evaluation.ts";
import type { LibraryFiles, ProofFiles } from "#core/ports.ts";
import type { EvaluationPorts } from "#engine/evaluate/ports.ts";

/** The evaluation engine, loaded with its first call: who only compares never needs it. */
export function lazyEvaluation(ports: EvaluationPorts): Evaluation {
  let loading: Promise<EvaluationEngine> | undefined;
  const engine = (): Promise<EvaluationEngine> =>
    (loading ??= import("#engine/evaluate/engine.ts").then(({ EvaluationEngine: Engine }) => new Engine(ports)));
  return {
    estimate: async (...args) => (await engine()).estimate(...args),
    run: async (...args) => (await engine()).run(...args),
  };
}

/** The library as one file: loaded with the first export or import. */
export const lazyLibraryFiles: LibraryFiles = {
  encode: async (...args) => (await import("#storage/library-file.ts")).libraryFiles.encode(...args),
  decode: async (file) => (await import("#storage/library-file.ts")).libraryFiles.decode(file),
};

/** Proof bundles, loaded with the first one. */
export const lazyProofs: ProofFiles = {
  encode: async (data) => (await import("#storage/proof-file.ts")).proofFiles.encode(data),
  decode: async (file) => (await import("#storage/proof-file.ts")).proofFiles.decode(file),
};
