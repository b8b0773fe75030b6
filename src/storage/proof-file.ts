import * as v from "valibot";
import { EngineError } from "#core/base/errors.ts";
import { runOfPlain } from "#core/evaluate/proof/plain-run.ts";
import { proofHtml } from "#core/evaluate/proof/proof-html.ts";
import { plainProof, PROOF_VERSION, proofJson, proofParts, type ProofData } from "#core/evaluate/proof/proof.ts";
import type { ProofFiles } from "#core/ports.ts";
import { proofSchema } from "./proof-schema.ts";
import { sha256Hex } from "./sha256.ts";

/** A set of 1,000 questions with lists of ten has about 30 MB; what is larger was not made here. */
const MOST_BYTES = 536_870_912;

/** Proof bundles: written by core, checked here, where valibot and the digest are. Runs in page, worker and Node. */
export const proofFiles: ProofFiles = {
  async encode(data) {
    const json = proofJson(plainProof(data));
    const parts = [...proofHtml(data, json, await checksum(json))];
    return new Blob(parts, { type: "text/html" });
  },

  async decode(file) {
    if (file.size > MOST_BYTES) throw new EngineError("PROOF_NOT_ONE", "larger than any bundle", { bytes: file.size });
    const parts = proofParts(await file.text());
    if (parts === null) throw new EngineError("PROOF_NOT_ONE");
    if ((await checksum(parts.json)) !== parts.sha256) throw new EngineError("PROOF_DAMAGED", "checksum");
    const value = parsed(parts.json);
    const version = v.safeParse(v.object({ version: v.number() }), value);
    if (version.success && version.output.version > PROOF_VERSION)
      throw new EngineError("PROOF_TOO_NEW", "", { version: version.output.version });
    const result = v.safeParse(proofSchema, value);
    if (!result.success) {
      const [issue] = result.issues;
      throw new EngineError("PROOF_DAMAGED", `${v.getDotPath(issue) ?? ""} ${issue.message}`.trim());
    }
    const { format: _format, version: _version, run, ...rest } = result.output;
    return { ...rest, run: runOfPlain(run) } satisfies ProofData;
  },
};

function checksum(json: string): Promise<string> {
  return sha256Hex(new TextEncoder().encode(json));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new EngineError("PROOF_DAMAGED", String(error), {}, error);
  }
}
