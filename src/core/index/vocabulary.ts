/** Terms as small numbers, with the number of chunks that hold each. A term no chunk holds is forgotten. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #terms: string[] = [];
  readonly #chunks: number[] = [];
  readonly #free: number[] = [];

  get size(): number {
    return this.#ids.size;
  }

  /** The term's number, new where it was unknown. */
  intern(term: string): number {
    let id = this.#ids.get(term);
    if (id === undefined) {
      id = this.#free.pop() ?? this.#terms.length;
      this.#ids.set(term, id);
      this.#terms[id] = term;
      this.#chunks[id] = 0;
    }
    return id;
  }

  idOf(term: string): number | undefined {
    return this.#ids.get(term);
  }

  /** How many chunks hold the term. */
  chunksWith(id: number): number {
    return this.#chunks[id] ?? 0;
  }

  /** Adds `difference` to the number of chunks that hold the term. */
  count(id: number, difference: number): void {
    const left = this.chunksWith(id) + difference;
    this.#chunks[id] = left;
    if (left > 0) return;
    this.#ids.delete(this.#terms[id] ?? "");
    this.#terms[id] = "";
    this.#free.push(id);
  }
}
