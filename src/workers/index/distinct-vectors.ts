import type { RowRef } from "#core/index/vector-index.ts";
import type { DocumentId } from "#core/model.ts";

/** Rows whose vectors are equal number by number. */
export interface Group {
  readonly key: string;
  readonly vector: Float32Array;
  readonly rows: RowRef[];
}

/** Groups equal vectors, so that an engine that cannot hold many equal points holds each point once. */
export class DistinctVectors {
  /** hash → groups with that hash. */
  readonly #buckets = new Map<number, Group[]>();
  readonly #groups = new Map<string, Group>();
  readonly #byDocument = new Map<DocumentId, Group[]>();
  #next = 0;

  get size(): number {
    return this.#groups.size;
  }

  group(key: string): Group | undefined {
    return this.#groups.get(key);
  }

  /** Returns the group if it is new. A vector with NaN or an infinity belongs to no group. */
  add(ref: RowRef, vector: Float32Array): Group | undefined {
    if (!vector.every(Number.isFinite)) return undefined;
    const hash = hashOf(vector);
    const bucket = this.#buckets.get(hash) ?? [];
    let group = bucket.find((other) => equal(other.vector, vector));
    const isNew = group === undefined;
    if (group === undefined) {
      group = { key: String(this.#next), vector, rows: [] };
      this.#next += 1;
      this.#groups.set(group.key, group);
      bucket.push(group);
      this.#buckets.set(hash, bucket);
    }
    group.rows.push(ref);
    const mine = this.#byDocument.get(ref.document) ?? [];
    mine.push(group);
    this.#byDocument.set(ref.document, mine);
    return isNew ? group : undefined;
  }

  /** Returns the groups that no row is left in. */
  remove(document: DocumentId): Group[] {
    const gone: Group[] = [];
    for (const group of new Set(this.#byDocument.get(document))) {
      const left = group.rows.filter((ref) => ref.document !== document);
      group.rows.splice(0, group.rows.length, ...left);
      if (left.length > 0) continue;
      gone.push(group);
      this.#groups.delete(group.key);
      const hash = hashOf(group.vector);
      const others = (this.#buckets.get(hash) ?? []).filter((other) => other !== group);
      if (others.length === 0) this.#buckets.delete(hash);
      else this.#buckets.set(hash, others);
    }
    this.#byDocument.delete(document);
    return gone;
  }
}

function equal(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** FNV-1a over the numbers' bits; −0 counts as 0, as it does in `equal`. */
function hashOf(vector: Float32Array): number {
  const bits = new Uint32Array(Float32Array.from(vector, (value) => value + 0).buffer);
  return bits.reduce((hash, word) => Math.imul(hash ^ word, 0x01000193) >>> 0, 0x811c9dc5);
}
