/**
 * TREC's columns are parted by white space, so an id must not hold any: white space and `%` are written as `%` and two
 * hexadecimal digits for each UTF-8 byte, as in addresses; so is a `#` in front,
 * which trec_eval takes for a comment. An empty id becomes a lone `%`. Ids without either stay as they are.
 */
export function encodeTrecId(id: string): string {
  if (id === "") return "%";
  // A lone surrogate has no UTF-8; none of what is matched here is one.
  return id.replaceAll(/^#|[\s%\p{Cc}\u180e]/gu, (letter) => {
    const encoded = encodeURIComponent(letter);
    return encoded === letter ? `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}` : encoded;
  });
}

/** The id as it was before; what is no such escape stays, so that ids of other tools come through. */
export function decodeTrecId(written: string): string {
  if (written === "%") return "";
  return written.replaceAll(/(?:%[0-9A-F]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
